// Standard streams joined to a container's: raw terminals, detach keys, window sizes, signals passed on.

import type { AttachedStream } from '../api/engine-client.ts';
import { ApiError } from '../api/errors.ts';
import type { Bytes } from '../base/bytes.ts';
import { type Task, WaitQueue } from '../base/task.ts';
import { KernelError } from '../kernel/errno.ts';
import type { Signal, SignalDisposition } from '../kernel/signal.ts';
import type { Termios } from '../kernel/syscalls.ts';
import type { Cli } from './cli.ts';
import { CliError } from './errors.ts';

const RAW: Termios = { canonical: false, echo: false, signals: false, outputNewline: false, inputNewline: false };
const FORWARDED: readonly Signal[] = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGUSR1', 'SIGUSR2', 'SIGALRM', 'SIGCONT', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU', 'SIGWINCH'];

/** @throws CliError when a terminal is asked for and standard input is none */
export function checkTty(cli: Cli, attachStdin: boolean, tty: boolean): void {
  if (tty && attachStdin && !cli.isTerminal(0)) throw new CliError('the input device is not a TTY');
}

/** `ctrl-p,ctrl-q` as bytes. @throws CliError */
export function detachKeyBytes(text: string): number[] {
  return (text || 'ctrl-p,ctrl-q').split(',').map((key) => {
    const control = /^ctrl-([a-z@[\\\]^_])$/.exec(key);
    if (control) return control[1]!.toUpperCase().charCodeAt(0) - 64;
    if ([...key].length !== 1) throw new CliError(`invalid detach keys (${text}) provided`);
    return key.charCodeAt(0);
  });
}

export interface Piping {
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly detachKeys: string;
}

/** Pump both ways until the other side ends; tells whether the person detached. */
export function* pipe(cli: Cli, stream: AttachedStream, { stdin, tty, detachKeys }: Piping): Task<'ended' | 'detached'> {
  const { sys } = cli;
  const keys = tty ? detachKeyBytes(detachKeys) : [];
  const changed = new WaitQueue();
  let end: 'ended' | 'detached' | undefined;
  let fault: unknown;
  const saved = stdin && tty && cli.isTerminal(0) ? sys.tcgetattr(0) : undefined;
  if (saved) sys.tcsetattr(0, RAW);
  const watched = function* (body: () => Task<void>): Task<void> {
    try {
      yield* body();
    } catch (error) {
      fault ??= error;
      end = 'ended';
    }
    changed.wakeAll();
  };
  const output = sys.thread(() => watched(function* () {
    for (let chunk = yield* stream.next(); chunk; chunk = yield* stream.next()) yield* chunk.stream === 'stderr' ? cli.err(chunk.data) : cli.out(chunk.data);
    end ??= 'ended';
  }));
  const input = stdin ? sys.thread(() => watched(function* () {
    let matched: number[] = [];
    for (;;) {
      const bytes = yield* sys.read(0, 32_768);
      if (!bytes.length) break;
      if (!keys.length) {
        yield* stream.write(bytes);
        continue;
      }
      const through: number[] = [];
      for (const byte of bytes) {
        if (byte === keys[matched.length]) {
          matched.push(byte);
          if (matched.length < keys.length) continue;
          if (through.length) yield* stream.write(Uint8Array.from(through));
          end = 'detached';
          return;
        }
        through.push(...matched, byte);
        matched = [];
      }
      if (through.length) yield* stream.write(Uint8Array.from(through) as Bytes);
    }
    stream.closeWrite();
  })) : undefined;
  try {
    yield* changed.until(() => end !== undefined);
  } finally {
    output.cancel();
    input?.cancel();
    stream.close();
    if (saved) sys.tcsetattr(0, saved);
  }
  if (fault !== undefined && !(fault instanceof KernelError)) throw fault;
  return end!;
}

/** Do something in a thread for each of some signals, until the returned function is called. */
export function onSignals(cli: Cli, signals: readonly Signal[], act: (signal: Signal) => Task<void>): () => void {
  const { sys } = cli;
  const pending: Signal[] = [];
  const arrived = new WaitQueue();
  const handler = (signal: Signal) => {
    pending.push(signal);
    arrived.wakeAll();
  };
  const before = signals.map((signal): [Signal, SignalDisposition] => [signal, sys.sigaction(signal, { handler, restart: true })]);
  const thread = sys.thread(function* () {
    for (;;) {
      yield* arrived.until(() => pending.length > 0);
      try {
        yield* act(pending.shift()!);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
      }
    }
  });
  return () => {
    thread.cancel();
    for (const [signal, disposition] of before) sys.sigaction(signal, disposition);
  };
}

/** As `--sig-proxy`: signals go to the container; the third Ctrl-C gives up. */
export function forwardSignals(cli: Cli, id: string): () => void {
  let interrupts = 0;
  return onSignals(cli, FORWARDED, function* (signal) {
    if ((signal === 'SIGINT' || signal === 'SIGTERM') && ++interrupts === 3) {
      yield* cli.err('\ngot 3 SIGTERM/SIGINTs, forcefully exiting\n');
      yield* cli.sys.exit(1);
    }
    yield* cli.engine.containerKill(id, signal.slice(3));
  });
}

/** Keep the container's terminal as large as ours. `resize` sets it. */
export function* followSize(cli: Cli, resize: (size: { height: number; width: number }) => Task<void>): Task<() => void> {
  const send = function* (): Task<void> {
    const { rows, columns } = cli.sys.windowSize(1);
    if (rows || columns) yield* resize({ height: rows, width: columns });
  };
  try {
    yield* send();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
  return onSignals(cli, ['SIGWINCH'], send);
}
