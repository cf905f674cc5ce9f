// Pipes: nameless ones with two ends, and named ones where readers and writers meet at an inode.

import type { Bytes } from '../../base/bytes.ts';
import type { Task, WaitQueue } from '../../base/task.ts';
import { KernelError } from '../errno.ts';
import { S_IFIFO, type Stat } from '../stat.ts';
import { O_NONBLOCK, O_RDONLY, O_WRONLY } from '../syscalls.ts';
import { FileDescription } from '../vfs/file-description.ts';
import { OpenedFile } from '../vfs/opened-file.ts';
import type { VirtualDentry } from '../vfs/virtual-dentry.ts';
import type { Machine } from './machine.ts';
import { ByteChannel } from '../net/byte-channel.ts';

/** `stat` of what has no place: a pipe or a socket. */
export function anonymousStat({ anonymousDevice, bootTime }: Machine, ino: number, mode: number): Stat {
  return {
    dev: anonymousDevice, ino, mode, nlink: 1, uid: 0, gid: 0, rdev: 0, size: 0, blksize: 4096, blocks: 0,
    atime: bootTime, mtime: bootTime, ctime: bootTime,
  };
}

class PipeEnd extends FileDescription {
  readonly name: string;
  readonly #machine: Machine;
  readonly #channel: ByteChannel;
  readonly #ino: number;

  constructor(machine: Machine, channel: ByteChannel, ino: number, flags: number) {
    super(flags);
    this.#machine = machine;
    this.#channel = channel;
    this.#ino = ino;
    this.name = `pipe:[${ino}]`;
    if (this.canRead) channel.readers++;
    else channel.writers++;
  }

  override get changed(): WaitQueue {
    return this.#channel.changed;
  }

  stat(): Stat {
    return anonymousStat(this.#machine, this.#ino, S_IFIFO | 0o600);
  }

  read(max: number): Task<Bytes> {
    return this.#channel.read(max, this.flags);
  }

  write(bytes: Bytes): Task<number> {
    return this.#channel.write(bytes, this.flags);
  }

  get readable(): boolean {
    return this.#channel.size > 0 || this.#channel.writers === 0;
  }

  get writable(): boolean {
    return this.#channel.hasRoom || this.#channel.readers === 0;
  }

  release(): void {
    if (this.canRead) this.#channel.readers--;
    else this.#channel.writers--;
    this.#channel.changed.wakeAll();
  }
}

/** @returns read end, write end */
export function makePipe(machine: Machine): readonly [FileDescription, FileDescription] {
  const channel = new ByteChannel();
  const ino = machine.nextIno();
  return [new PipeEnd(machine, channel, ino, O_RDONLY), new PipeEnd(machine, channel, ino, O_WRONLY)];
}

/** A named pipe in use. */
class Fifo extends ByteChannel {
  /** How many have ever come. */
  readersCame = 0;
  writersCame = 0;
  /** Writers that came and went while there was no reader to meet: the next reader is at the end at once. */
  missed = 0;
}

const fifos = new WeakMap<object, Fifo>();

/** An end of a named pipe. Opening does not wait here: the first read waits for a writer, the first write for a reader. */
export class FifoEnd extends OpenedFile {
  readonly #fifo: Fifo;
  /** Of the other side, when this was opened. */
  readonly #met: number;

  /** @throws ENXIO to write without waiting where nobody reads */
  constructor(inode: object, flags: number, place: VirtualDentry) {
    let fifo = fifos.get(inode);
    if (!fifo) fifos.set(inode, fifo = new Fifo());
    if ((flags & 3) === O_WRONLY && flags & O_NONBLOCK && !fifo.readers) throw new KernelError('ENXIO');
    super(place, flags);
    this.#fifo = fifo;
    this.#met = this.canRead ? fifo.writersCame - fifo.writers - fifo.missed : fifo.readersCame - fifo.readers;
    if (this.canRead) {
      fifo.readers++;
      fifo.readersCame++;
      fifo.missed = 0;
    }
    if (this.canWrite) {
      fifo.writers++;
      fifo.writersCame++;
    }
    fifo.changed.wakeAll();
  }

  override get changed(): WaitQueue {
    return this.#fifo.changed;
  }

  get #ended(): boolean {
    return !this.#fifo.writers && (this.#fifo.writersCame > this.#met || (this.flags & O_NONBLOCK) !== 0);
  }

  get #broken(): boolean {
    return !this.#fifo.readers && this.#fifo.readersCame > this.#met;
  }

  read(max: number): Task<Bytes> {
    return this.#fifo.read(max, this.flags, () => this.#ended);
  }

  *write(bytes: Bytes): Task<number> {
    while (!this.#fifo.readers && !this.#broken) yield* this.#fifo.changed.wait();
    return yield* this.#fifo.write(bytes, this.flags, () => this.#broken);
  }

  override get readable(): boolean {
    return this.#fifo.size > 0 || this.#ended;
  }

  override get writable(): boolean {
    return this.#fifo.hasRoom || this.#broken;
  }

  override release(): void {
    const fifo = this.#fifo;
    super.release();
    if (this.canRead) fifo.readers--;
    if (this.canWrite) {
      fifo.writers--;
      if (!fifo.readers && fifo.readersCame <= this.#met) fifo.missed++;
    }
    if (!fifo.readers && !fifo.writers) fifo.clear();
    fifo.changed.wakeAll();
  }
}
