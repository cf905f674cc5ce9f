// Changing the content of an inode: what write and truncate share, with the disk space they take and give back.

import type { Bytes } from '../../base/bytes.ts';
import { KernelError } from '../errno.ts';
import { dataPages, type FileData, PAGE, pagesNeeded, resizeData, writeData } from './file-data.ts';
import type { Inode } from './inode.ts';
import { touchChange } from './times.ts';

/** ext4's limit with 4096-byte blocks, near enough the others'. */
const MAX_SIZE = 16 * 1024 ** 4 - PAGE;

/** Put in other data, accounting for its pages. */
export function replaceData(inode: Inode, data: FileData): void {
  const difference = dataPages(data) - dataPages(inode.data as FileData);
  if (difference > 0 && difference > inode.superblock.freePages) throw new KernelError('ENOSPC');
  if (difference) inode.superblock.charge(difference);
  inode.data = data;
  touchChange(inode);
}

/** @throws EFBIG EINVAL */
export function resize(inode: Inode, size: number): void {
  if (size < 0) throw new KernelError('EINVAL');
  if (size > MAX_SIZE) throw new KernelError('EFBIG');
  replaceData(inode, resizeData(inode.data as FileData, size));
}

/** @throws EFBIG, and ENOSPC with `written` set when only a part fitted */
export function writeAt(inode: Inode, offset: number, bytes: Bytes): number {
  const { length } = bytes;
  if (!length) return 0;
  if (offset + length > MAX_SIZE) throw new KernelError('EFBIG');
  const data = inode.data as FileData;
  const needed = pagesNeeded(data, offset, length);
  const { superblock } = inode;
  if (needed && needed > superblock.freePages) {
    let fits = 0;
    for (let end = offset; fits < length; fits = Math.min(length, end - offset)) {
      end += PAGE - end % PAGE;
      if (pagesNeeded(data, offset, Math.min(length, end - offset)) > superblock.freePages) break;
    }
    if (fits) writeAt(inode, offset, bytes.subarray(0, fits));
    throw new KernelError('ENOSPC', fits);
  }
  if (needed) superblock.charge(needed);
  inode.data = writeData(data, offset, bytes);
  touchChange(inode);
  return length;
}
