// Making, linking, renaming and removing names.

import { KernelError } from '../errno.ts';
import { isBlockDevice, isCharDevice, isDirectory, isRegular, S_IFDIR, S_IFLNK, S_IFMT, S_IFREG, S_ISGID, S_ISUID, makedev } from '../stat.ts';
import type { DirectoryEntry } from '../syscalls.ts';
import { Attributes } from './attributes.ts';
import type { Dentry } from './dentry.ts';
import type { FsContext } from './fs-context.ts';
import type { Mount } from './mount.ts';
import { isCapable, MAY_EXEC, MAY_READ, MAY_WRITE, permitted, require, requireRemoval } from './permissions.ts';
import { touchAccess } from './times.ts';

const isDot = (name: string): boolean => name === '' || name === '.' || name === '..';

export abstract class Names extends Attributes {
  /** Every mount attached to a dentry, in whatever namespace. */
  protected abstract mountsAt(dentry: Dentry): Iterable<Mount>;
  /** A name was removed: what other namespaces have mounted on it goes. */
  protected abstract detachMounts(dentry: Dentry): void;

  /** Entries without `.` and `..`. */
  readdir(context: FsContext, path: string): readonly DirectoryEntry[] {
    const { mount, dentry } = this.locateDirectory(context, path);
    require(context.credentials, dentry.inode, MAY_READ);
    touchAccess(mount, dentry);
    const list: DirectoryEntry[] = [];
    for (const { name, inode, ino } of mount.superblock.entries(dentry, context)) {
      list.push({ name, ino: ino ?? inode.ino, type: inode.mode & S_IFMT });
    }
    return list;
  }

  mkdir(context: FsContext, path: string, mode = 0o777): void {
    this.make(context, path, S_IFDIR | (mode & 0o1777 & ~context.umask));
  }

  /** Type and permissions in `mode`. @throws EPERM for device nodes unless root */
  mknod(context: FsContext, path: string, mode: number, rdev = 0): void {
    const type = mode & S_IFMT || S_IFREG;
    if (type === S_IFDIR) throw new KernelError('EPERM');
    if (type === S_IFLNK) throw new KernelError('EINVAL');
    const device = isCharDevice(type) || isBlockDevice(type);
    this.make(context, path, type | (mode & 0o7777 & ~context.umask), device ? rdev : 0);
  }

  symlink(context: FsContext, target: string, path: string): void {
    if (target === '') throw new KernelError('ENOENT');
    this.make(context, path, S_IFLNK | 0o777, 0, target);
  }

  protected make(context: FsContext, path: string, mode: number, rdev = 0, target?: string): void {
    const name = this.#locateNew(context, path, isDirectory(mode));
    const isNode = isCharDevice(mode) || isBlockDevice(mode);
    // A 0:0 character device is a whiteout, which anyone may make.
    if (isNode && !isCapable(context.credentials, 'CAP_MKNOD') && !(isCharDevice(mode) && rdev === makedev(0, 0))) throw new KernelError('EPERM');
    this.createHere(context, name, mode, rdev, target);
  }

  /** Make a name in the directory where the walk is; permission was checked. */
  protected createHere(context: FsContext, name: string, mode: number, rdev?: number, target?: string): Dentry {
    const { credentials: { uid, gid } } = context;
    const parent = this.dentry.inode;
    const inherits = (parent.mode & S_ISGID) !== 0;
    return this.onMount.superblock.create(this.dentry, name, {
      mode: inherits && isDirectory(mode) ? mode | S_ISGID : mode, uid, gid: inherits ? parent.gid : gid, rdev, target,
    });
  }

  /** Walk to the parent of a name to be made and check that it can be. */
  #locateNew(context: FsContext, path: string, directory: boolean): string {
    const name = this.#nameNew(context, path, directory);
    this.requireCreation(context);
    return name;
  }

  /** @throws EEXIST ENOENT EROFS */
  #nameNew(context: FsContext, path: string, directory: boolean): string {
    const name = this.locateParent(context, path);
    if (isDot(name) || this.lookup(context, name)) throw new KernelError('EEXIST');
    if (this.trailing && !directory) throw new KernelError('ENOENT');
    this.requireWritableMount();
    return name;
  }

  /** Whether a new name may be made where the walk is. @throws EROFS ENOENT EACCES */
  protected requireCreation(context: FsContext): void {
    this.requireWritableMount();
    if (this.dentry.deleted) throw new KernelError('ENOENT');
    require(context.credentials, this.dentry.inode, MAY_WRITE | MAY_EXEC);
  }

  unlink(context: FsContext, path: string): void {
    const name = this.locateParent(context, path);
    if (isDot(name)) throw new KernelError('EISDIR');
    this.requireWritableMount();
    const child = this.lookup(context, name);
    if (!child) throw new KernelError('ENOENT');
    const directory = isDirectory(child.inode.mode);
    if (this.trailing) throw new KernelError(directory ? 'EISDIR' : 'ENOTDIR');
    requireRemoval(context.credentials, this.dentry.inode, child.inode);
    if (directory) throw new KernelError('EISDIR');
    this.#remove(context, child);
  }

  rmdir(context: FsContext, path: string): void {
    const name = this.locateParent(context, path);
    if (name === '') throw new KernelError('EBUSY');
    if (name === '.') throw new KernelError('EINVAL');
    if (name === '..') throw new KernelError('ENOTEMPTY');
    this.requireWritableMount();
    const child = this.lookup(context, name);
    if (!child) throw new KernelError('ENOENT');
    requireRemoval(context.credentials, this.dentry.inode, child.inode);
    if (!isDirectory(child.inode.mode)) throw new KernelError('ENOTDIR');
    this.#remove(context, child);
  }

  #remove(context: FsContext, child: Dentry): void {
    this.#requireNoMount(context, child);
    this.onMount.superblock.remove(child, context);
    child.deleted = true;
    if (child.mounts) this.detachMounts(child);
  }

  #requireNoMount(context: FsContext, dentry: Dentry): void {
    if (!dentry.mounts) return;
    for (const mount of this.mountsAt(dentry)) if (mount.namespace === context.namespace) throw new KernelError('EBUSY');
  }

  rename(context: FsContext, from: string, to: string): void {
    const oldName = this.locateParent(context, from);
    const { onMount: mount, dentry: oldDirectory, trailing } = this;
    const newName = this.locateParent(context, to);
    const newDirectory = this.dentry;
    if (this.onMount !== mount) throw new KernelError('EXDEV');
    if (isDot(oldName) || isDot(newName)) throw new KernelError('EBUSY');
    this.requireWritableMount();
    const { superblock } = mount;
    const { credentials } = context;
    const child = superblock.lookup(oldDirectory, oldName, context);
    if (!child) throw new KernelError('ENOENT');
    const replaced = this.lookup(context, newName);
    const directory = isDirectory(child.inode.mode);
    if (!directory && (trailing || this.trailing)) throw new KernelError('ENOTDIR');
    if (newDirectory.isWithin(child)) throw new KernelError('EINVAL');
    if (replaced && oldDirectory.isWithin(replaced)) throw new KernelError('ENOTEMPTY');
    if (child.inode === replaced?.inode) return;
    requireRemoval(credentials, oldDirectory.inode, child.inode);
    if (replaced) {
      requireRemoval(credentials, newDirectory.inode, replaced.inode);
      if (directory !== isDirectory(replaced.inode.mode)) throw new KernelError(directory ? 'ENOTDIR' : 'EISDIR');
    } else {
      this.requireCreation(context);
    }
    // The entry `..` of a directory that moves is written to.
    if (directory && oldDirectory !== newDirectory) require(credentials, child.inode, MAY_WRITE);
    this.#requireNoMount(context, child);
    if (replaced) this.#requireNoMount(context, replaced);
    superblock.rename(child, newDirectory, newName, replaced, context);
    if (replaced) {
      replaced.deleted = true;
      if (replaced.mounts) this.detachMounts(replaced);
    }
  }

  link(context: FsContext, from: string, to: string): void {
    this.locate(context, from, false);
    const { onMount: mount, dentry: existing } = this;
    const name = this.#nameNew(context, to, false);
    if (this.onMount !== mount) throw new KernelError('EXDEV');
    const { inode } = existing;
    const { credentials } = context;
    // fs.protected_hardlinks=1
    if (credentials.uid !== inode.uid && !isCapable(credentials, 'CAP_FOWNER')) {
      const safe = isRegular(inode.mode) && !(inode.mode & S_ISUID) && (inode.mode & (S_ISGID | 0o010)) !== (S_ISGID | 0o010);
      if (!safe || !permitted(credentials, inode, MAY_READ | MAY_WRITE)) throw new KernelError('EPERM');
    }
    this.requireCreation(context);
    if (isDirectory(inode.mode)) throw new KernelError('EPERM');
    if (inode.nlink === 0) throw new KernelError('ENOENT');
    mount.superblock.link(existing, this.dentry, name);
  }
}
