// An open regular file.

import type { Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError } from '../errno.ts';
import { S_ISGID, S_ISUID } from '../stat.ts';
import { O_APPEND, type Whence } from '../syscalls.ts';
import { dropPrivilegeBits } from './attributes.ts';
import { dataSize, type FileData, readData } from './file-data.ts';
import type { FsContext } from './fs-context.ts';
import { OpenedFile } from './opened-file.ts';
import { isCapable } from './permissions.ts';
import { resize, writeAt } from './resize.ts';
import { touchAccess } from './times.ts';
import type { VirtualDentry } from './virtual-dentry.ts';

export class RegularFile extends OpenedFile {
  #offset = 0;
  readonly #privileged: boolean;

  constructor(place: VirtualDentry, flags: number, context: FsContext) {
    super(place, flags);
    this.#privileged = isCapable(context.credentials, 'CAP_FSETID');
  }

  get size(): number {
    return dataSize(this.inode.data as FileData);
  }

  // eslint-disable-next-line require-yield
  override *read(max: number): Task<Bytes> {
    const bytes = this.pread(max, this.#offset);
    this.#offset += bytes.length;
    return bytes;
  }

  // eslint-disable-next-line require-yield
  override *write(bytes: Bytes): Task<number> {
    const at = this.flags & O_APPEND ? this.size : this.#offset;
    try {
      const written = this.pwrite(bytes, at);
      this.#offset = at + written;
      return written;
    } catch (error) {
      if (error instanceof KernelError) this.#offset = at + error.written;
      throw error;
    }
  }

  override pread(max: number, offset: number): Bytes {
    if (offset < 0) throw new KernelError('EINVAL');
    const { inode } = this;
    touchAccess(this.place.mount, this.place.dentry);
    return readData(inode.data as FileData, offset, max);
  }

  override pwrite(bytes: Bytes, offset: number): number {
    if (offset < 0) throw new KernelError('EINVAL');
    const { inode } = this;
    if (!this.#privileged && inode.mode & (S_ISUID | S_ISGID)) dropPrivilegeBits(inode);
    return writeAt(inode, offset, bytes);
  }

  override seek(offset: number, whence: Whence): number {
    const to = offset + (whence === 'set' ? 0 : whence === 'current' ? this.#offset : this.size);
    if (!Number.isSafeInteger(to) || to < 0) throw new KernelError('EINVAL');
    this.#offset = to;
    return to;
  }

  override truncate(size: number): void {
    if (!this.canWrite) throw new KernelError('EINVAL');
    resize(this.inode, size);
  }
}
