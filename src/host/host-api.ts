// What a host offers to whoever drives it: the page's worker, the headless door, the tests, the course.

import type { EngineClient } from '../api/engine-client.ts';
import type { EventMessage } from '../api/system.ts';
import type { Bytes } from '../base/bytes.ts';
import type { Event } from '../base/emitter.ts';
import type { EditedLine } from '../kernel/syscalls.ts';
import type { Machine } from './boot/machine.ts';
import type { HostSnapshot } from './host-snapshot.ts';
import type { PathView } from './path-view.ts';

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** One thing that came in from outside, with the virtual time (ms) at which it was taken in. The log of these is the host's whole state. */
export type HostInput =
  | { readonly at: number; readonly kind: 'open'; readonly columns: number; readonly rows: number }
  | { readonly at: number; readonly kind: 'keys'; readonly terminal: number; readonly text: string }
  | { readonly at: number; readonly kind: 'resize'; readonly terminal: number; readonly columns: number; readonly rows: number }
  | { readonly at: number; readonly kind: 'close'; readonly terminal: number }
  /** A command in the host's own root shell, as the headless door runs it. */
  | { readonly at: number; readonly kind: 'run'; readonly command: string; readonly goods?: readonly string[] }
  /** A file put on the host by the person (base64). */
  | { readonly at: number; readonly kind: 'upload'; readonly path: string; readonly content: string }
  /** The rest of the machine: programs and daemon. */
  | { readonly at: number; readonly kind: 'equip' }
  /** What an image waited for has come from outside, or `problem` says why it has not ('' for no network). */
  | { readonly at: number; readonly kind: 'goods'; readonly name: string; readonly problem?: string }
  /** Nothing but time: the host was left alone until `at`. */
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
  /** 1, 2, 3 … in the order of opening. */
  readonly id: number;
  readonly onOutput: Event<Bytes>;
  /** Whether its shell waits at a prompt for a new command. */
  readonly atPrompt: boolean;
  /** Its login shell has ended. */
  readonly closed: boolean;
  /** The line that is being edited on it, by whatever shell of the host. */
  readonly line: EditedLine | undefined;
}

export interface HostApi {
  readonly options: HostOptions;
  readonly log: readonly HostInput[];
  /** Virtual ms since the epoch. */
  readonly now: number;
  /** A bug of ours that escaped: said plainly, the host goes on. */
  readonly onFault: Event<Error>;
  /** The engine as the goals ask it, with root's rights. @throws Error before the host is equipped */
  readonly engine: EngineClient;
  /** Whether programs and daemon are there; until then nothing but a shell is. */
  readonly isEquipped: boolean;

  openTerminal(size: { readonly columns: number; readonly rows: number }): HostTerminal;
  /** Those that are open. */
  readonly terminals: readonly HostTerminal[];
  /** @throws RangeError for a terminal that was never opened */
  terminal(id: number): HostTerminal;
  atPrompt(terminal: number): boolean;
  type(terminal: number, text: string): void;
  resize(terminal: number, size: { readonly columns: number; readonly rows: number }): void;
  closeTerminal(terminal: number): void;

  /** When idle: the next virtual time at which something happens by itself. */
  readonly nextDeadline: number | undefined;
  /**
   * Run what is ready, and let time go on to `time` at most, doing what becomes due on the way; at most `steps` steps.
   * 'idle': everything waits for input or for a later time. How this is cut into calls makes no difference to the state.
   */
  advanceTo(time: number, steps: number): 'idle' | 'busy';

  /** Run a command in the host's own root shell to its end, time jumping as needed; nothing on standard input. */
  run(command: string): RunResult;
  /** What images wait for that is not loaded with the app, by name: load it (`stock` in goods.ts), then `deliver` it, or say why not. */
  readonly wanted: readonly string[];
  /** @param problem why it does not come; '' for a network that is not there */
  deliver(name: string, problem?: string): void;

  /** A file of the host as root sees it. @throws KernelError */
  readFile(path: string): Bytes;
  upload(path: string, content: Bytes): void;

  snapshot(): HostSnapshot;
  /** Which file `web:/data/f` (in a container, by name) or `/srv/f` (on the host) is, and what serves it. */
  view(reference: string): PathView | undefined;
  /** Everything the engine has told of since the host was booted, oldest first. */
  events(): readonly EventMessage[];
  /** Places whose regular files hold this text: `volume:data/f`, `layer:web/tmp/f`, `tmpfs:web/run/f`, `host:/srv/f`. */
  search(text: string): readonly string[];
  /** Ask the machine itself, by a tool that is loaded later than the host; it must leave everything as it is. */
  look<T>(tool: (machine: Machine) => T): T;
  /** A digest of the whole state: equal logs give equal hashes. */
  hash(): string;
  save(): HostSave;
}
