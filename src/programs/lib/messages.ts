// What a tool says: standard output and error, buffered as the real program's are, and the ways it fails.

import { concat, encode, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { busyboxUsage } from './busybox-usage.ts';
import type { Dialect } from './tool.ts';

/** Thrown by `die` and `usage` to end the program; only `toolProgram` catches it. */
export class Exit extends Error {
  readonly status: number;

  constructor(status: number) {
    super('exit');
    this.status = status;
  }
}

/** stdio's buffer for pipes and files. */
export const BUFFER = 4096;

/** The text of what a system call threw. Anything but a KernelError is a bug and goes on. */
export function reason(error: unknown): string {
  if (error instanceof KernelError) return strerror(error.errno);
  throw error;
}

/**
 * The voice of one running tool. `out` and `err` only queue; a Task of the tool must pass by `relieve` (loops) or `flush`
 * for the queue to be written. Standard output is buffered by 4096 bytes, by line on a terminal; standard error is not:
 * so the order on a shared destination is the real one.
 */
export class Io {
  readonly sys: Syscalls;
  /** The name in front of messages. */
  readonly name: string;
  readonly dialect: Dialect;
  readonly gnu: boolean;
  /** The exit status so far. */
  status = 0;
  /** What a GNU program prints after a wrong option. */
  hint: string;
  /** Standard output could not be written: what was thrown last came from there. */
  writeFailed = false;
  /** Set by a program that printed its own write error. */
  writeErrorShown = false;
  readonly #usageStatus: number;
  readonly #synopsis: string;
  #pending: Bytes[] = [];
  #pendingSize = 0;
  #queue: { readonly fd: number; readonly bytes: Bytes }[] = [];
  #terminal: boolean | undefined;

  constructor(sys: Syscalls, name: string, dialect: Dialect, usageStatus = 1, synopsis = '') {
    this.sys = sys;
    this.name = name;
    this.dialect = dialect;
    this.gnu = dialect === 'gnu';
    this.hint = `Try '${name} --help' for more information.`;
    this.#usageStatus = usageStatus;
    this.#synopsis = synopsis;
  }

  /** Whether standard output is a terminal. */
  get terminal(): boolean {
    return (this.#terminal ??= this.sys.isatty(1));
  }

  /** Bytes of standard output that are not written yet. */
  get waiting(): number {
    return this.#queue.reduce((size, { fd, bytes }) => size + (fd === 1 ? bytes.length : 0), this.#pendingSize);
  }

  /** Onto standard output. Bytes must not be changed afterwards. */
  out(text: string | Bytes): void {
    const bytes = typeof text === 'string' ? encode(text) : text;
    this.#pending.push(bytes);
    this.#pendingSize += bytes.length;
    if (this.#pendingSize >= BUFFER || this.terminal) this.#queuePending();
  }

  /** Onto standard error, as it is. */
  err(text: string): void {
    this.#queue.push({ fd: 2, bytes: encode(text) });
  }

  /** `name: text` on standard error. */
  warn(text: string): void {
    // BusyBox writes out its standard output before it complains.
    if (!this.gnu) this.#queuePending();
    this.err(`${this.name}: ${text}\n`);
  }

  /** `warn`, and the exit status is at least `status`. */
  fail(text: string, status = 1): void {
    this.warn(text);
    this.status = Math.max(this.status, status);
  }

  /** `warn` and end. */
  die(text: string, status = 1): never {
    this.warn(text);
    throw new Exit(status);
  }

  exit(status: number): never {
    throw new Exit(status);
  }

  /** Wrong usage: the message, if any, then GNU's hint or BusyBox's usage text; ends. */
  usage(text?: string, status = this.#usageStatus): never {
    if (text !== undefined) this.warn(text);
    this.err(this.gnu ? this.#synopsis + (this.#synopsis.includes('\n\n') ? '' : `${this.hint}\n`) : busyboxUsage(this.name));
    throw new Exit(status);
  }

  /** What the real program would do and this one does not; ends. */
  notSimulated(what: string): never {
    this.err(`stowage: ${this.name}: not simulated: ${what}\n`);
    throw new Exit(69);
  }

  /** Write what is ready to be written, and let others run. @throws KernelError */
  *relieve(): Task<void> {
    yield* this.#drain();
    yield* this.sys.step();
  }

  /** Write everything, as `fflush(stdout)`. @throws KernelError */
  *flush(): Task<void> {
    this.#queuePending();
    yield* this.#drain();
  }

  /** Forget output that could not be written; standard error stays. */
  discard(): void {
    this.#pending = [];
    this.#pendingSize = 0;
    this.#queue = this.#queue.filter((chunk) => chunk.fd === 2);
  }

  #queuePending(): void {
    if (!this.#pendingSize) return;
    this.#queue.push({ fd: 1, bytes: concat(this.#pending) });
    this.#pending = [];
    this.#pendingSize = 0;
  }

  *#drain(): Task<void> {
    while (this.#queue.length) {
      const chunk = this.#queue.shift()!;
      try {
        yield* this.sys.write(chunk.fd, chunk.bytes);
      } catch (error) {
        // Nobody hears that standard error is closed.
        if (chunk.fd === 2 && error instanceof KernelError) continue;
        this.writeFailed = true;
        throw error;
      }
    }
  }
}
