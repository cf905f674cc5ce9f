// A container's (or exec's) standard streams inside the daemon: who is attached, and the way in for standard input.

import { type Bytes, EMPTY } from '../../base/bytes.ts';
import { type Task, WaitQueue } from '../../base/task.ts';
import type { AttachedStream, LogChunk, Stream } from '../../api/engine-client.ts';
import { KernelError } from '../../kernel/errno.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';

/** Bytes that may lie unread for one client before the container has to wait. */
const BACKLOG = 65536;

/** One client's share of the output. */
export class AttachedOutput implements Stream<LogChunk> {
  readonly #queue: LogChunk[] = [];
  #bytes = 0;
  #ended = false;
  closed = false;
  readonly #changed = new WaitQueue();

  *offer(chunk: LogChunk): Task<void> {
    while (this.#bytes > BACKLOG && !this.closed) yield* this.#changed.wait();
    this.push(chunk);
  }

  /** Without waiting. */
  push(chunk: LogChunk): void {
    if (this.closed || this.#ended || !chunk.data.length) return;
    this.#queue.push(chunk);
    this.#bytes += chunk.data.length;
    this.#changed.wakeAll();
  }

  end(): void {
    this.#ended = true;
    this.#changed.wakeAll();
  }

  *next(): Task<LogChunk | undefined> {
    while (!this.#queue.length) {
      if (this.#ended || this.closed) return undefined;
      let alive = false;
      try {
        yield* this.#changed.wait();
        alive = true;
      } finally {
        // The client was killed where it waited: the container must not wait for it.
        if (!alive) this.close();
      }
    }
    const chunk = this.#queue.shift()!;
    this.#bytes -= chunk.data.length;
    this.#changed.wakeAll();
    return chunk;
  }

  close(): void {
    this.closed = true;
    this.#changed.wakeAll();
  }
}

export class ContainerStreams {
  readonly #sys: Syscalls;
  readonly #clients = new Set<{ readonly output: AttachedOutput; readonly stdout: boolean; readonly stderr: boolean }>();
  /** The daemon's end of standard input: a pipe or the terminal's master. */
  #stdin: number | undefined;
  #stdinClosed = false;
  readonly #stdinChanged = new WaitQueue();
  /** The terminal's master, with a tty. */
  master: number | undefined;

  constructor(sys: Syscalls) {
    this.#sys = sys;
  }

  attach(stdout = true, stderr = true): AttachedOutput {
    const output = new AttachedOutput();
    this.#clients.add({ output, stdout, stderr });
    return output;
  }

  /** To every client; waits for the slow ones. */
  *broadcast(chunk: LogChunk): Task<void> {
    for (const client of [...this.#clients]) {
      if (client.output.closed) this.#clients.delete(client);
      else if (client[chunk.stream]) yield* client.output.offer(chunk);
    }
  }

  openStdin(fd: number | undefined): void {
    this.#stdin = fd;
    if (this.#stdinClosed || fd === undefined) this.closeStdin();
    this.#stdinChanged.wakeAll();
  }

  /** Waits until the process runs. What is written after the end is dropped. */
  *writeStdin(data: Bytes): Task<void> {
    while (this.#stdin === undefined && !this.#stdinClosed) yield* this.#stdinChanged.wait();
    if (this.#stdin === undefined) return;
    try {
      yield* this.#sys.write(this.#stdin, data);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
    }
  }

  closeStdin(): void {
    this.#stdinClosed = true;
    if (this.#stdin !== undefined && this.#stdin !== this.master) this.#sys.close(this.#stdin);
    this.#stdin = undefined;
    this.#stdinChanged.wakeAll();
  }

  /** The process is gone: every client is told, and the streams are as new for the next start. */
  end(): void {
    this.closeStdin();
    for (const { output } of this.#clients) output.end();
    this.#clients.clear();
    this.#stdinClosed = false;
    if (this.master !== undefined) this.#sys.close(this.master);
    this.master = undefined;
  }
}

/** What a client holds: output, and standard input when it asked for it. `onDetach` runs when the detach keys were typed. */
export function attachedStream(
  streams: ContainerStreams,
  output: AttachedOutput,
  options: { readonly stdin: boolean; readonly closeStdin: boolean; readonly detachKeys?: Bytes; onDetach?(): void },
): AttachedStream {
  let matched = 0;
  const keys = options.detachKeys ?? EMPTY;
  return {
    next: () => output.next(),
    *write(data) {
      if (!options.stdin || output.closed) return;
      if (!keys.length) return yield* streams.writeStdin(data);
      const passed: number[] = [];
      for (const byte of data) {
        if (byte === keys[matched]) {
          if (++matched < keys.length) continue;
          options.onDetach?.();
          output.close();
          break;
        }
        passed.push(...keys.subarray(0, matched));
        matched = byte === keys[0] ? 1 : 0;
        if (!matched) passed.push(byte);
      }
      if (passed.length) yield* streams.writeStdin(Uint8Array.from(passed));
    },
    closeWrite() {
      if (options.stdin && options.closeStdin) streams.closeStdin();
    },
    close() {
      output.close();
      if (options.stdin && options.closeStdin) streams.closeStdin();
    },
  };
}
