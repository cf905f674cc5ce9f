// The virtual file system: names, metadata, open files and mounts, for whoever an FsContext stands for.

import type { Bytes } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import type { Task } from '../../base/task.ts';
import type { Stat, StatFs } from '../stat.ts';
import type { DirectoryEntry, MountFlags } from '../syscalls.ts';
import type { Dentry } from './dentry.ts';
import type { FileDescription } from './file-description.ts';
import type { FilesystemType } from './filesystem-type.ts';
import type { FsContext } from './fs-context.ts';
import type { Mount } from './mount.ts';
import type { MountNamespace } from './mount-namespace.ts';
import type { SpecialFiles } from './special-files.ts';
import type { Superblock } from './superblock.ts';
import type { VirtualDentry } from './virtual-dentry.ts';

export interface VfsOptions {
  readonly clock: Clock;
  readonly specialFiles: SpecialFiles;
  /** All contexts of living processes: their root and working directories keep mounts busy. */
  readonly contexts?: () => Iterable<FsContext>;
}

export interface NoFollow {
  readonly noFollow?: boolean;
}

export interface MountEntry {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly options: string;
  readonly root: string;
}

export interface Executable {
  readonly place: VirtualDentry;
  /** Absolute, symbolic links resolved, as `/proc/<pid>/exe` shows it. */
  readonly path: string;
  /** The whole content (share it, never change it). */
  readonly content: Bytes;
  /** Set when the file is setuid/setgid and its mount lets that count. */
  readonly setuid?: number;
  readonly setgid?: number;
}

export interface Visit {
  /** Relative to where the walk began; '' for itself. */
  readonly path: string;
  readonly dentry: Dentry;
}

export declare class Vfs {
  constructor(options: VfsOptions);
  readonly clock: Clock;

  registerFilesystem(type: FilesystemType): void;
  readonly filesystems: ReadonlyMap<string, FilesystemType>;
  /** A new device number for a file system without a device. */
  anonymousDevice(): number;
  /** A namespace whose `/` is this file system. */
  newRootNamespace(superblock: Superblock, source: string): MountNamespace;
  /** The root of a namespace, to build a first FsContext from. */
  rootOf(namespace: MountNamespace): VirtualDentry;
  /** As CLONE_NEWNS: gives the context (changed in place: namespace, root, cwd) a copy of its namespace. */
  copyNamespace(context: FsContext): void;
  /** The last process of a namespace is gone: umount all of it. */
  releaseNamespace(namespace: MountNamespace): void;

  /** The open file of a path. For O_CREAT, `mode` is masked by the context's umask. */
  open(context: FsContext, path: string, flags: number, mode?: number): FileDescription;
  readFile(context: FsContext, path: string): Bytes;
  writeFile(context: FsContext, path: string, content: Bytes | string, mode?: number): void;
  copyFile(from: FileDescription, to: FileDescription): void;
  executable(context: FsContext, path: string): Executable;
  flock(file: FileDescription, operation: 'shared' | 'exclusive' | 'unlock', options?: { readonly nonblocking?: boolean }): Task<void>;

  truncate(context: FsContext, path: string, size: number): void;
  stat(context: FsContext, path: string): Stat;
  lstat(context: FsContext, path: string): Stat;
  statfs(context: FsContext, path: string): StatFs;
  access(context: FsContext, path: string, mode: string): void;
  can(context: FsContext, path: string, mode: string): boolean;
  readdir(context: FsContext, path: string): readonly DirectoryEntry[];
  mkdir(context: FsContext, path: string, mode?: number): void;
  rmdir(context: FsContext, path: string): void;
  unlink(context: FsContext, path: string): void;
  rename(context: FsContext, from: string, to: string): void;
  link(context: FsContext, from: string, to: string): void;
  symlink(context: FsContext, target: string, path: string): void;
  readlink(context: FsContext, path: string): string;
  mknod(context: FsContext, path: string, mode: number, rdev?: number): void;
  chmod(context: FsContext, path: string, mode: number): void;
  chown(context: FsContext, path: string, uid: number, gid: number): void;
  lchown(context: FsContext, path: string, uid: number, gid: number): void;
  utimes(context: FsContext, path: string, atime: number | 'now' | undefined, mtime: number | 'now' | undefined, options?: NoFollow): void;
  getxattr(context: FsContext, path: string, name: string, options?: NoFollow): Bytes;
  setxattr(context: FsContext, path: string, name: string, value: Bytes, options?: NoFollow): void;
  removexattr(context: FsContext, path: string, name: string, options?: NoFollow): void;
  listxattr(context: FsContext, path: string, options?: NoFollow): readonly string[];

  /** Where a path leads. */
  resolve(context: FsContext, path: string, options?: NoFollow): VirtualDentry;
  realpath(context: FsContext, path: string): string;
  /** The path of a place as seen from the context's root; `(unreachable)/…` and ` (deleted)` as Linux has it. */
  pathOf(context: FsContext, place: VirtualDentry): string;
  getcwd(context: FsContext): string;
  chdir(context: FsContext, path: string): void;
  chroot(context: FsContext, path: string): void;

  mount(context: FsContext, source: string, target: string, type: string, flags: MountFlags, data?: string): void;
  umount(context: FsContext, target: string, options?: { readonly lazy?: boolean }): void;
  pivotRoot(context: FsContext, newRoot: string): void;
  mounts(context: FsContext): readonly MountEntry[];
  /** The text of `/proc/<pid>/mounts`. */
  mountsText(context: FsContext): string;
  /** The text of `/proc/<pid>/mountinfo`. */
  mountInfo(context: FsContext): string;
  /** The mount that a path is on. */
  mountOf(context: FsContext, path: string): Mount;

  /** Visit everything below a place of one file system, parents first, without permissions, mounts or access times. Hard links have the same `dentry.inode`. */
  walk(start: Superblock | Dentry, visit: (entry: Visit) => void): void;
}
