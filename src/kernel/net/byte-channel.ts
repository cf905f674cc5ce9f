// Bytes on their way from writers to readers: a bounded queue that makes writers wait. Pipes, sockets and terminals are made of it.

import { type Bytes, concat, EMPTY } from '../../base/bytes.ts';
import { type Task, WaitQueue } from '../../base/task.ts';
import { KernelError } from '../errno.ts';
import { O_NONBLOCK } from '../syscalls.ts';

/** Writes up to this size are never torn apart. */
const PIPE_BUF = 4096;

export class ByteChannel {
  readonly capacity: number;
  /** Woken by every change. */
  readonly changed: WaitQueue;
  readers = 0;
  writers = 0;
  /** Bytes that wait. */
  size = 0;
  #chunks: Bytes[] = [];
  #first = 0;

  constructor(capacity = 65536, changed = new WaitQueue()) {
    this.capacity = capacity;
    this.changed = changed;
  }

  /** Whether there is room for something. */
  get hasRoom(): boolean {
    return this.size < this.capacity;
  }

  /** Add without regard to room. */
  push(bytes: Bytes): void {
    if (!bytes.length) return;
    this.#chunks.push(bytes);
    this.size += bytes.length;
    this.changed.wakeAll();
  }

  /** What there is, at most `max` bytes. */
  take(max: number): Bytes {
    const parts: Bytes[] = [];
    let left = Math.min(max, this.size);
    this.size -= left;
    while (left > 0) {
      const chunk = this.#chunks[this.#first]!;
      if (chunk.length <= left) {
        parts.push(chunk);
        this.#first++;
      } else {
        parts.push(chunk.subarray(0, left));
        this.#chunks[this.#first] = chunk.subarray(left);
      }
      left -= Math.min(left, chunk.length);
    }
    if (this.#first === this.#chunks.length) this.#chunks.length = this.#first = 0;
    else if (this.#first > 256) {
      this.#chunks = this.#chunks.slice(this.#first);
      this.#first = 0;
    }
    if (!parts.length) return EMPTY;
    this.changed.wakeAll();
    return concat(parts);
  }

  clear(): void {
    if (this.size) this.take(this.size);
  }

  /** `flags` are the description's. EMPTY once the writers are gone. @throws EAGAIN */
  *read(max: number, flags: number, ended = () => this.writers === 0): Task<Bytes> {
    if (max === 0) return EMPTY;
    while (!this.size) {
      if (ended()) return EMPTY;
      if (flags & O_NONBLOCK) throw new KernelError('EAGAIN');
      yield* this.changed.wait();
    }
    return this.take(max);
  }

  /** @returns how many were written: fewer than given only when a signal or O_NONBLOCK came between. @throws EPIPE EAGAIN */
  *write(bytes: Bytes, flags: number, broken = () => this.readers === 0): Task<number> {
    const { length } = bytes;
    for (let written = 0; written < length; ) {
      if (broken()) throw new KernelError('EPIPE');
      const room = this.capacity - this.size;
      const left = length - written;
      if (room >= Math.min(left, length <= PIPE_BUF ? length : 1)) {
        const end = written + Math.min(room, left);
        this.push(written === 0 && end === length ? bytes : bytes.subarray(written, end));
        written = end;
      } else if (flags & O_NONBLOCK) {
        if (written) return written;
        throw new KernelError('EAGAIN');
      } else {
        try {
          yield* this.changed.wait();
        } catch (error) {
          if (written && error instanceof KernelError) return written;
          throw error;
        }
      }
    }
    return length;
  }
}
