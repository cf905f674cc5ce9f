// A file system whose dentries and inodes are all there is: what disks, tmpfs and device directories are made of.

import { encode } from '../../../base/bytes.ts';
import type { Clock } from '../../../base/clock.ts';
import { KernelError } from '../../errno.ts';
import { isDirectory, isRegular, isSymlink, S_IFDIR, type Stat, type StatFs } from '../../stat.ts';
import { Dentry } from '../../vfs/dentry.ts';
import { dataPages, dataSize, type FileData, PAGE } from '../../vfs/file-data.ts';
import { Inode } from '../../vfs/inode.ts';
import { type DirectoryItem, type NewInode, Superblock } from '../../vfs/superblock.ts';
import { touchChange } from '../../vfs/times.ts';

export interface MemoryOptions {
  readonly clock: Clock;
  readonly dev: number;
  readonly type: string;
  readonly rootMode: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Infinity where there is no limit. */
  readonly pages: number;
  readonly inodes: number;
  readonly firstIno: number;
}

const NONE: readonly Dentry[] = [];

/** Of a text in UTF-8. */
const byteLength = (text: string): number => (/^[\0-\x7f]*$/.test(text) ? text.length : encode(text).length);

export class MemorySuperblock extends Superblock {
  readonly type: string;
  readonly root: Dentry;
  protected pageLimit: number;
  protected inodeLimit: number;
  protected pagesUsed = 0;
  protected inodesUsed = 0;
  #nextIno: number;

  constructor({ clock, dev, type, rootMode, uid = 0, gid = 0, pages, inodes, firstIno }: MemoryOptions) {
    super(clock, dev);
    this.type = type;
    this.pageLimit = pages;
    this.inodeLimit = inodes;
    this.#nextIno = firstIno;
    this.root = new Dentry('/', undefined, this.newInode(S_IFDIR | rootMode, uid, gid, 0));
    this.root.inode.nlink = 2;
  }

  protected newInode(mode: number, uid: number, gid: number, rdev: number, target?: string): Inode {
    if (this.inodesUsed >= this.inodeLimit) throw new KernelError('ENOSPC');
    const pages = this.pagesOf(mode, target);
    if (pages && pages > this.freePages) throw new KernelError('ENOSPC');
    this.inodesUsed++;
    this.pagesUsed += pages;
    const inode = new Inode(this, this.#nextIno++, mode, uid, gid, rdev, this.clock.now);
    inode.data = target;
    return inode;
  }

  /** Pages of a directory. */
  protected readonly directoryPages: number = 0;
  /** The longest target of a symbolic link that fits into the inode. */
  protected readonly inlineTarget: number = 127;

  protected pagesOf(mode: number, data: FileData | string): number {
    if (isRegular(mode)) return dataPages(data as FileData);
    if (isDirectory(mode)) return this.directoryPages;
    return isSymlink(mode) && (data as string).length > this.inlineTarget ? 1 : 0;
  }

  override lookup(directory: Dentry, name: string): Dentry | undefined {
    return directory.children?.get(name);
  }

  override entries(directory: Dentry): Iterable<DirectoryItem> {
    return directory.children?.values() ?? NONE;
  }

  override getattr(dentry: Dentry): Stat {
    const { inode } = dentry;
    const { ino, mode, nlink, uid, gid, rdev, atime, mtime, ctime, btime, data } = inode;
    const size = isRegular(mode) ? dataSize(data as FileData) : isDirectory(mode) ? this.directorySize(dentry) : isSymlink(mode) ? byteLength(data as string) : 0;
    const blocks = this.pagesOf(mode, data) * 8;
    return { dev: this.dev, ino, mode, nlink, uid, gid, rdev, size, blksize: PAGE, blocks, atime, mtime, ctime, btime };
  }

  protected directorySize(_dentry: Dentry): number {
    return 0;
  }

  override create(directory: Dentry, name: string, { mode, uid, gid, rdev = 0, target }: NewInode): Dentry {
    const inode = this.newInode(mode, uid, gid, rdev, target);
    const dentry = new Dentry(name, directory, inode);
    if (isDirectory(mode)) {
      inode.nlink = 2;
      directory.inode.nlink++;
    }
    (directory.children ??= new Map()).set(name, dentry);
    touchChange(directory.inode);
    return dentry;
  }

  override link(existing: Dentry, directory: Dentry, name: string): void {
    const { inode } = existing;
    if (inode.nlink >= 65000) throw new KernelError('EMLINK');
    inode.nlink++;
    inode.ctime = this.clock.now;
    (directory.children ??= new Map()).set(name, new Dentry(name, directory, inode));
    touchChange(directory.inode);
  }

  override remove(dentry: Dentry): void {
    const { inode, parent } = dentry;
    if (isDirectory(inode.mode)) {
      if (dentry.children?.size) throw new KernelError('ENOTEMPTY');
      parent.inode.nlink--;
      inode.nlink = 0;
    } else {
      inode.nlink--;
    }
    parent.children!.delete(dentry.name);
    dentry.deleted = true;
    inode.ctime = this.clock.now;
    touchChange(parent.inode);
    if (!inode.nlink && !inode.opens) this.evict(inode);
  }

  override rename(dentry: Dentry, directory: Dentry, name: string, replaced: Dentry | undefined): void {
    if (replaced) this.remove(replaced);
    const from = dentry.parent;
    from.children!.delete(dentry.name);
    if (isDirectory(dentry.inode.mode) && from !== directory) {
      from.inode.nlink--;
      directory.inode.nlink++;
    }
    dentry.name = name;
    dentry.parent = directory;
    (directory.children ??= new Map()).set(name, dentry);
    dentry.inode.ctime = this.clock.now;
    touchChange(from.inode);
    touchChange(directory.inode);
  }

  override get freePages(): number {
    return this.pageLimit - this.pagesUsed;
  }

  override charge(pages: number): void {
    this.pagesUsed += pages;
  }

  override evict(inode: Inode): void {
    this.inodesUsed--;
    this.pagesUsed -= this.pagesOf(inode.mode, inode.data);
  }

  override statfs(): StatFs {
    const limited = Number.isFinite(this.pageLimit);
    const files = Number.isFinite(this.inodeLimit) ? this.inodeLimit : 0;
    const free = limited ? this.freePages : 0;
    return {
      type: this.type, bsize: PAGE, blocks: limited ? this.pageLimit : 0, bfree: free, bavail: free,
      files, ffree: files ? files - this.inodesUsed : 0,
    };
  }
}
