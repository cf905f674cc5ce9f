// An open file of /proc: its text is made when it is opened.

import { type Bytes, encode } from '../../../base/bytes.ts';
import type { Task } from '../../../base/task.ts';
import { KernelError } from '../../errno.ts';
import type { Whence } from '../../syscalls.ts';
import { OpenedFile } from '../../vfs/opened-file.ts';
import type { VirtualDentry } from '../../vfs/virtual-dentry.ts';

export class ProcFile extends OpenedFile {
  readonly #content: Bytes;
  #offset = 0;

  constructor(place: VirtualDentry, flags: number, content: string | Bytes) {
    super(place, flags);
    this.#content = typeof content === 'string' ? encode(content) : content;
  }

  // eslint-disable-next-line require-yield
  override *read(max: number): Task<Bytes> {
    const bytes = this.pread(max, this.#offset);
    this.#offset += bytes.length;
    return bytes;
  }

  // eslint-disable-next-line require-yield
  override *write(): Task<number> {
    throw new KernelError('EIO');
  }

  override pread(max: number, offset: number): Bytes {
    return this.#content.subarray(offset, Math.min(this.#content.length, offset + max));
  }

  override pwrite(): number {
    throw new KernelError('EIO');
  }

  override seek(offset: number, whence: Whence): number {
    if (whence === 'end') throw new KernelError('EINVAL');
    const to = offset + (whence === 'set' ? 0 : this.#offset);
    if (to < 0) throw new KernelError('EINVAL');
    return this.#offset = to;
  }
}
