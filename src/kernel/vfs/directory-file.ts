// An open directory.

import type { Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError } from '../errno.ts';
import type { Whence } from '../syscalls.ts';
import { OpenedFile } from './opened-file.ts';

export class DirectoryFile extends OpenedFile {
  // eslint-disable-next-line require-yield
  override *read(): Task<Bytes> {
    throw new KernelError('EISDIR');
  }

  // eslint-disable-next-line require-yield
  override *write(): Task<number> {
    throw new KernelError('EBADF');
  }

  override pread(): Bytes {
    throw new KernelError('EISDIR');
  }

  override seek(_offset: number, _whence: Whence): number {
    return 0;
  }
}
