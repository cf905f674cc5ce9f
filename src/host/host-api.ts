// What a host offers to whoever drives it: the page's worker, the headless door, the tests, the course.

import type { Bytes } from '../base/bytes.ts';
import type { Event } from '../base/emitter.ts';
import type { HostSnapshot } from './host-snapshot.ts';

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** One thing that came in from outside, with the virtual time (ms) at which it was taken in. The log of these is the host's whole state. */
export type HostInput =
  | { readonly at: number; readonly kind: 'open'; readonly terminal: number; readonly columns: number; readonly rows: number }
  | { readonly at: number; readonly kind: 'keys'; readonly terminal: number; readonly text: string }
  | { readonly at: number; readonly kind: 'resize'; readonly terminal: number; readonly columns: number; readonly rows: number }
  | { readonly at: number; readonly kind: 'close'; readonly terminal: number }
  /** A command in the host's own root shell, as the headless door runs it. */
  | { readonly at: number; readonly kind: 'run'; readonly command: string }
  /** A file put on the host by the person (base64). */
  | { readonly at: number; readonly kind: 'upload'; readonly path: string; readonly content: string }
  /** Nothing but time: the host was idle until `at`. */
  | { readonly at: number; readonly kind: 'wait' };

/** What a host is made from: with the log, all that a save holds. */
export interface HostOptions {
  readonly seed: number;
  /** Virtual ms since the epoch at boot. */
  readonly startTime: number;
  /** Who the terminals log in as. */
  readonly user?: 'root' | 'dev';
}

export interface HostSave {
  readonly version: 1;
  readonly options: HostOptions;
  readonly log: readonly HostInput[];
}

/** A terminal with a login shell on the host. Output is bytes for a terminal emulator. */
export interface HostTerminal {
  readonly id: number;
  readonly onOutput: Event<Bytes>;
  /** Whether its shell waits at a prompt for a new command. */
  readonly atPrompt: boolean;
}

/** Told after each command line of a terminal or of `run` has ended and the prompt is back. */
export interface CommandEnd {
  readonly terminal: number | undefined;
  readonly command: string;
  readonly exit: number;
}

export interface HostApi {
  readonly options: HostOptions;
  readonly log: readonly HostInput[];
  /** Virtual ms since the epoch. */
  readonly now: number;
  readonly onCommandEnd: Event<CommandEnd>;
  /** A bug of ours that escaped: said plainly, the host goes on. */
  readonly onFault: Event<Error>;

  openTerminal(size: { columns: number; rows: number }): HostTerminal;
  type(terminal: number, text: string): void;
  resize(terminal: number, size: { columns: number; rows: number }): void;
  closeTerminal(terminal: number): void;

  /** Run until every process waits or `steps` are used up. 'idle': only input or time can change anything now. */
  advance(steps: number): 'idle' | 'busy';
  /** When idle: the next virtual time at which something happens by itself. */
  readonly nextDeadline: number | undefined;
  /** When idle: move time on to `time`, running everything that becomes due on the way (at most `steps`). */
  advanceTo(time: number, steps: number): 'idle' | 'busy';

  /** Run a command in the host's own root shell to its end, time jumping as needed; nothing on standard input. */
  run(command: string): RunResult;
  /** A file of the host as root sees it. @throws KernelError */
  readFile(path: string): Bytes;
  upload(path: string, content: Bytes): void;

  snapshot(): HostSnapshot;
  /** A digest of the whole state: equal logs give equal hashes. */
  hash(): string;
  save(): HostSave;
}
