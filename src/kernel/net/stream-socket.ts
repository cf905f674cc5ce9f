// One end of a connection: a stream of bytes each way.

import type { Bytes } from '../../base/bytes.ts';
import { type Task, WaitQueue } from '../../base/task.ts';
import { S_IFSOCK, type Stat } from '../stat.ts';
import { O_RDWR } from '../syscalls.ts';
import { FileDescription } from '../vfs/file-description.ts';
import { ByteChannel } from './byte-channel.ts';

export interface SocketOptions {
  readonly ino: number;
  stat(ino: number, mode: number): Stat;
}

const CAPACITY = 131_072;

export class StreamSocket extends FileDescription {
  readonly name: string;
  readonly #stat: Stat;
  readonly #incoming: ByteChannel;
  readonly #outgoing: ByteChannel;
  #shut = false;

  private constructor(incoming: ByteChannel, outgoing: ByteChannel, { ino, stat }: SocketOptions) {
    super(O_RDWR);
    this.#incoming = incoming;
    this.#outgoing = outgoing;
    incoming.readers++;
    outgoing.writers++;
    this.#stat = stat(ino, S_IFSOCK | 0o777);
    this.name = `socket:[${ino}]`;
  }

  /** Both ends of a connection. */
  static pair(first: SocketOptions, second: SocketOptions): readonly [StreamSocket, StreamSocket] {
    const changed = new WaitQueue();
    const there = new ByteChannel(CAPACITY, changed);
    const back = new ByteChannel(CAPACITY, changed);
    return [new StreamSocket(back, there, first), new StreamSocket(there, back, second)];
  }

  override get changed(): WaitQueue {
    return this.#incoming.changed;
  }

  stat(): Stat {
    return this.#stat;
  }

  read(max: number): Task<Bytes> {
    return this.#incoming.read(max, this.flags);
  }

  write(bytes: Bytes): Task<number> {
    return this.#outgoing.write(bytes, this.flags, () => this.#shut || !this.#outgoing.readers);
  }

  /** No more will be written: the other end reads to the end. */
  shutdown(): void {
    if (this.#shut) return;
    this.#shut = true;
    this.#outgoing.writers--;
    this.changed.wakeAll();
  }

  get readable(): boolean {
    return this.#incoming.size > 0 || !this.#incoming.writers;
  }

  get writable(): boolean {
    return this.#outgoing.hasRoom || !this.#outgoing.readers;
  }

  release(): void {
    this.shutdown();
    this.#incoming.readers--;
    this.changed.wakeAll();
  }
}
