// An open file: what a descriptor refers to, shared by dup and fork. Regular files, pipes, terminals and sockets are its kinds.

import { type Bytes } from '../../base/bytes.ts';
import { type Task, WaitQueue } from '../../base/task.ts';
import { KernelError } from '../errno.ts';
import type { Stat } from '../stat.ts';
import { O_WRONLY, O_RDWR, type Termios, type Whence, type WindowSize } from '../syscalls.ts';
import type { VirtualDentry } from './virtual-dentry.ts';

export abstract class FileDescription {
  /** Access mode and status flags, as given to open. */
  flags: number;
  /** Descriptors that refer to it; `close` runs when the last one goes. */
  references = 0;
  /** The path it was opened by, for `/proc/<pid>/fd`; `pipe:[12]` and the like for the nameless. */
  abstract readonly name: string;
  /** Woken whenever readiness may have changed. */
  get changed(): WaitQueue {
    return this.#changed ??= new WaitQueue();
  }
  #changed: WaitQueue | undefined;

  constructor(flags: number) {
    this.flags = flags;
  }

  get canRead(): boolean {
    return (this.flags & 3) !== O_WRONLY;
  }

  get canWrite(): boolean {
    const mode = this.flags & 3;
    return mode === O_WRONLY || mode === O_RDWR;
  }

  /** Where in the file system it is; undefined for the nameless. */
  readonly place: VirtualDentry | undefined = undefined;

  abstract stat(): Stat;
  /** At most `max` bytes; EMPTY at end of file. Permission to read was checked by the caller. @throws EIO EISDIR EAGAIN */
  abstract read(max: number): Task<Bytes>;
  /** All of it. @throws EPIPE (the caller raises SIGPIPE) ENOSPC EROFS EFBIG EAGAIN */
  abstract write(bytes: Bytes): Task<number>;
  /** Whether a read would not block. */
  abstract get readable(): boolean;
  /** Whether a write of one byte would not block. */
  abstract get writable(): boolean;
  /** The last descriptor went. */
  abstract release(): void;

  /** Opened again through `/proc/<pid>/fd`, when it has no place: pipes, sockets and terminals are shared. */
  reopen(_flags: number): FileDescription {
    return this;
  }
  pread(_max: number, _offset: number): Bytes {
    throw new KernelError('ESPIPE');
  }
  pwrite(_bytes: Bytes, _offset: number): number {
    throw new KernelError('ESPIPE');
  }
  seek(_offset: number, _whence: Whence): number {
    throw new KernelError('ESPIPE');
  }
  truncate(_size: number): void {
    throw new KernelError('EINVAL');
  }
  /** Terminals only; everything else answers ENOTTY. */
  get terminal(): TerminalFile | undefined {
    return undefined;
  }
}

/** What a terminal's descriptor offers beside reading and writing. */
export interface TerminalFile {
  /** `/dev/pts/0`, as seen in its devpts. */
  readonly path: string;
  termios: Termios;
  size: WindowSize;
  foregroundGroup: number;
}
