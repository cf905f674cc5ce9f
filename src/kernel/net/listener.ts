// A listening socket.

import type { Bytes } from '../../base/bytes.ts';
import { type Task, WaitQueue } from '../../base/task.ts';
import { KernelError } from '../errno.ts';
import { S_IFSOCK, type Stat } from '../stat.ts';
import { O_NONBLOCK, O_RDWR } from '../syscalls.ts';
import { FileDescription } from '../vfs/file-description.ts';
import type { NetworkNamespace } from './network-namespace.ts';
import type { SocketOptions, StreamSocket } from './stream-socket.ts';

const BACKLOG = 4096;

export class Listener extends FileDescription {
  readonly name: string;
  readonly namespace: NetworkNamespace;
  readonly address: string;
  readonly port: number;
  readonly #stat: Stat;
  readonly #waiting: StreamSocket[] = [];
  readonly #changed = new WaitQueue();
  #closed = false;

  /** @throws EADDRINUSE EADDRNOTAVAIL */
  constructor(namespace: NetworkNamespace, address: string, port: number, { ino, stat }: SocketOptions) {
    super(O_RDWR);
    this.namespace = namespace;
    this.address = address;
    this.port = port || namespace.ephemeralPort();
    this.#stat = stat(ino, S_IFSOCK | 0o777);
    this.name = `socket:[${ino}]`;
    namespace.bind(this);
  }

  override get changed(): WaitQueue {
    return this.#changed;
  }

  /** A connection has come. @returns false when too many wait */
  offer(socket: StreamSocket): boolean {
    if (this.#waiting.length >= BACKLOG) return false;
    this.#waiting.push(socket);
    this.#changed.wakeAll();
    return true;
  }

  /** @throws EINVAL once it is closed, EAGAIN */
  *accept(): Task<StreamSocket> {
    for (;;) {
      const socket = this.#waiting.shift();
      if (socket) return socket;
      if (this.#closed) throw new KernelError('EINVAL');
      if (this.flags & O_NONBLOCK) throw new KernelError('EAGAIN');
      yield* this.#changed.wait();
    }
  }

  stat(): Stat {
    return this.#stat;
  }

  // eslint-disable-next-line require-yield
  *read(): Task<Bytes> {
    throw new KernelError('ENOTCONN');
  }

  // eslint-disable-next-line require-yield
  *write(): Task<number> {
    throw new KernelError('ENOTCONN');
  }

  get readable(): boolean {
    return this.#waiting.length > 0;
  }

  get writable(): boolean {
    return false;
  }

  release(): void {
    this.#closed = true;
    this.namespace.unbind(this);
    for (const socket of this.#waiting) socket.release();
    this.#waiting.length = 0;
    this.#changed.wakeAll();
  }
}
