// A file system in use: how names are found and made in it. One subclass per kind.

import type { Clock } from '../../base/clock.ts';
import { KernelError } from '../errno.ts';
import type { Stat, StatFs } from '../stat.ts';
import type { Dentry } from './dentry.ts';
import type { FileDescription } from './file-description.ts';
import type { FsContext } from './fs-context.ts';
import type { Inode } from './inode.ts';
import type { Mount } from './mount.ts';
import type { VirtualDentry } from './virtual-dentry.ts';

/** What a new name is made of. */
export interface NewInode {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev?: number | undefined;
  /** Target of a symbolic link. */
  readonly target?: string | undefined;
}

export interface DirectoryItem {
  readonly name: string;
  readonly inode: Inode;
  /** When it is not the inode's own. */
  readonly ino?: number;
}

/**
 * Callers (the Vfs) have checked names, permissions and read-only mounts; a file system checks what only it knows
 * (space, emptiness, layers). Directories are given as dentries of this superblock.
 */
export abstract class Superblock {
  abstract readonly type: string;
  abstract readonly root: Dentry;
  readonly clock: Clock;
  readonly dev: number;
  readonly = false;
  /** As `sync`: what else it was mounted with. */
  words: readonly string[] = [];
  /** Files open for writing, through whatever mount. */
  writers = 0;

  constructor(clock: Clock, dev: number) {
    this.clock = clock;
    this.dev = dev;
  }

  /** Options as `/proc/mounts` shows them after the mount's own, each with its leading comma. */
  get options(): string {
    return '';
  }

  abstract lookup(directory: Dentry, name: string, context: FsContext): Dentry | undefined;
  /** Names of a directory with their inodes, in a stable order. */
  abstract entries(directory: Dentry, context: FsContext): Iterable<DirectoryItem>;
  abstract statfs(): StatFs;

  /** `stat` of what it shows. */
  getattr(dentry: Dentry, inode: Inode = dentry.inode): Stat {
    const { ino, mode, nlink, uid, gid, rdev, atime, mtime, ctime } = inode;
    return { dev: this.dev, ino, mode, nlink, uid, gid, rdev, size: 0, blksize: 4096, blocks: 0, atime, mtime, ctime };
  }

  /** The inode whose metadata or content is about to change, copied up where need be. `discard` when the content will be truncated. */
  writable(dentry: Dentry, _discard?: boolean): Inode {
    return dentry.inode;
  }

  create(_directory: Dentry, _name: string, _what: NewInode): Dentry {
    throw new KernelError('EPERM');
  }
  link(_existing: Dentry, _directory: Dentry, _name: string): void {
    throw new KernelError('EPERM');
  }
  /** Of a file or an empty directory (ENOTEMPTY). */
  remove(_dentry: Dentry, _context: FsContext): void {
    throw new KernelError('EPERM');
  }
  /** `replaced` is what has the new name now, of a compatible type. @throws ENOTEMPTY EXDEV */
  rename(_dentry: Dentry, _directory: Dentry, _name: string, _replaced: Dentry | undefined, _context: FsContext): void {
    throw new KernelError('EPERM');
  }

  /** The target of a symbolic link. */
  readlink(dentry: Dentry, _context: FsContext): string {
    return dentry.inode.data as string;
  }
  /** Where a magic link (`/proc/self/cwd`, `/proc/self/fd/3`), reached through this mount, leads without walking its text. */
  jump(_dentry: Dentry, _context: FsContext, _mount: Mount): VirtualDentry | undefined {
    return undefined;
  }
  /** Whether `open` makes all open files. */
  readonly opensItself: boolean = false;
  /** A file of its own making (a proc file); undefined lets the Vfs open it as a regular file. */
  open(_place: VirtualDentry, _context: FsContext, _flags: number): FileDescription | undefined {
    return undefined;
  }
  /** Whether reading it changes its access time. */
  recordsAccess(_dentry: Dentry): boolean {
    return true;
  }
  /** As `mount -o remount`. @throws EINVAL */
  remount(_data: string): void {}

  /** Pages of 4096 bytes that can still be taken. */
  get freePages(): number {
    return Infinity;
  }
  /** Account for pages taken (or, negative, given back) by an inode's content. */
  charge(_pages: number): void {}
  /** Extended attributes that are not for its users: all of them where they are not supported. */
  hidesXattr(_name: string): boolean {
    return false;
  }
  /** The last name and the last open file of an inode are gone. */
  evict(_inode: Inode): void {}
}
