// An inode: what a file is, whatever its names; the memory-backed file systems' truth and the layers an overlay shows.

import type { Bytes } from '../../base/bytes.ts';
import type { FileData } from './file-data.ts';
import type { Superblock } from './superblock.ts';

export class Inode {
  /** The file system that stores it and is charged for it; for what an overlay shows, that of the layer. */
  readonly superblock: Superblock;
  readonly ino: number;
  mode: number;
  uid: number;
  gid: number;
  nlink = 1;
  readonly rdev: number;
  /** Times are ms since the epoch. */
  atime: number;
  mtime: number;
  ctime: number;
  readonly btime: number;
  /** Content of a regular file, target of a symbolic link. */
  data: FileData | string = undefined;
  xattrs: Map<string, Bytes> | undefined = undefined;
  /** Open file descriptions: a nameless inode lives until the last is gone. */
  opens = 0;

  constructor(superblock: Superblock, ino: number, mode: number, uid: number, gid: number, rdev: number, now: number) {
    this.superblock = superblock;
    this.ino = ino;
    this.mode = mode;
    this.uid = uid;
    this.gid = gid;
    this.rdev = rdev;
    this.atime = now;
    this.mtime = now;
    this.ctime = now;
    this.btime = now;
  }
}
