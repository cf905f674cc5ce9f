// Metadata by path: stat, access, chmod, chown, utimes, extended attributes, truncate.

import type { Bytes } from '../../base/bytes.ts';
import { KernelError } from '../errno.ts';
import { isBlockDevice, isCharDevice, isDirectory, isFifo, isRegular, isSocket, isSymlink, S_IFMT, S_ISGID, S_ISUID, type Stat, type StatFs } from '../stat.ts';
import type { FsContext } from './fs-context.ts';
import type { Inode } from './inode.ts';
import { PathWalk, type NoFollow } from './path-walk.ts';
import { inGroup, isAdmin, isCapable, MAY_EXEC, MAY_READ, MAY_WRITE, require, requireOwner } from './permissions.ts';
import { resize } from './resize.ts';
import { touchAccess } from './times.ts';

export class Attributes extends PathWalk {
  stat(context: FsContext, path: string): Stat {
    this.locate(context, path, true);
    return this.onMount.superblock.getattr(this.dentry);
  }

  lstat(context: FsContext, path: string): Stat {
    this.locate(context, path, false);
    return this.onMount.superblock.getattr(this.dentry);
  }

  statfs(context: FsContext, path: string): StatFs {
    this.locate(context, path, true);
    return this.onMount.superblock.statfs();
  }

  access(context: FsContext, path: string, mode: string): void {
    this.locate(context, path, true);
    const { inode } = this.dentry;
    if (mode.includes('w') && (isRegular(inode.mode) || isDirectory(inode.mode))) this.requireWritableMount();
    require(context.credentials, inode,
      (mode.includes('r') ? MAY_READ : 0) | (mode.includes('w') ? MAY_WRITE : 0) | (mode.includes('x') ? MAY_EXEC : 0));
  }

  can(context: FsContext, path: string, mode: string): boolean {
    try {
      this.access(context, path, mode);
      return true;
    } catch (error) {
      if (error instanceof KernelError) return false;
      throw error;
    }
  }

  readlink(context: FsContext, path: string): string {
    this.locate(context, path, false);
    const { inode } = this.dentry;
    if (!isSymlink(inode.mode)) throw new KernelError('EINVAL');
    touchAccess(this.onMount, this.dentry);
    return this.onMount.superblock.readlink(this.dentry, context);
  }

  chmod(context: FsContext, path: string, mode: number): void {
    const inode = this.#change(context, path, true, (inode) => requireOwner(context.credentials, inode));
    let permissions = mode & 0o7777;
    if (permissions & S_ISGID && !isCapable(context.credentials, 'CAP_FSETID') && !inGroup(context.credentials, inode.gid)) permissions &= ~S_ISGID;
    inode.mode = (inode.mode & S_IFMT) | permissions;
  }

  chown(context: FsContext, path: string, uid: number, gid: number): void {
    this.#chown(context, path, uid, gid, true);
  }

  lchown(context: FsContext, path: string, uid: number, gid: number): void {
    this.#chown(context, path, uid, gid, false);
  }

  #chown(context: FsContext, path: string, uid: number, gid: number, follow: boolean): void {
    const who = context.credentials;
    const inode = this.#change(context, path, follow, (inode) => {
      if (isCapable(who, 'CAP_CHOWN')) return;
      if (uid !== -1 && (uid !== inode.uid || who.uid !== inode.uid)) throw new KernelError('EPERM');
      if (gid !== -1 && (who.uid !== inode.uid || (gid !== inode.gid && !inGroup(who, gid)))) throw new KernelError('EPERM');
    });
    if (uid !== -1) inode.uid = uid;
    if (gid !== -1) inode.gid = gid;
    if (!isDirectory(inode.mode)) dropPrivilegeBits(inode);
  }

  utimes(context: FsContext, path: string, atime: number | 'now' | undefined, mtime: number | 'now' | undefined, options?: NoFollow): void {
    if (atime === undefined && mtime === undefined) {
      this.locate(context, path, !options?.noFollow);
      return;
    }
    const who = context.credentials;
    const inode = this.#change(context, path, !options?.noFollow, (inode) => {
      if (who.uid === inode.uid || isCapable(who, 'CAP_FOWNER')) return;
      if (atime !== 'now' || mtime !== 'now') throw new KernelError('EPERM');
      require(who, inode, MAY_WRITE);
    });
    const { now } = this.clock;
    if (atime !== undefined) inode.atime = atime === 'now' ? now : atime;
    if (mtime !== undefined) inode.mtime = mtime === 'now' ? now : mtime;
  }

  truncate(context: FsContext, path: string, size: number): void {
    this.locate(context, path, true);
    const { inode } = this.dentry;
    if (isDirectory(inode.mode)) throw new KernelError('EISDIR');
    if (!isRegular(inode.mode) || size < 0) throw new KernelError('EINVAL');
    this.requireWritableMount();
    require(context.credentials, inode, MAY_WRITE);
    resize(this.onMount.superblock.writable(this.dentry, size === 0), size);
  }

  getxattr(context: FsContext, path: string, name: string, options?: NoFollow): Bytes {
    this.#locateXattr(context, path, name, options);
    const { inode } = this.dentry;
    if (name.startsWith('user.')) require(context.credentials, inode, MAY_READ);
    const value = name.startsWith('trusted.') && !isAdmin(context.credentials) ? undefined : inode.xattrs?.get(name);
    if (!value) throw new KernelError('ENODATA');
    return value;
  }

  setxattr(context: FsContext, path: string, name: string, value: Bytes, options?: NoFollow): void {
    this.#writableXattr(context, path, name, options);
    const inode = this.onMount.superblock.writable(this.dentry);
    (inode.xattrs ??= new Map()).set(name, value);
    inode.ctime = this.clock.now;
  }

  removexattr(context: FsContext, path: string, name: string, options?: NoFollow): void {
    this.#writableXattr(context, path, name, options);
    if (!this.dentry.inode.xattrs?.has(name)) throw new KernelError('ENODATA');
    const inode = this.onMount.superblock.writable(this.dentry);
    inode.xattrs?.delete(name);
    inode.ctime = this.clock.now;
  }

  listxattr(context: FsContext, path: string, options?: NoFollow): readonly string[] {
    this.locate(context, path, !options?.noFollow);
    const { superblock } = this.onMount;
    const names = [...this.dentry.inode.xattrs?.keys() ?? []];
    return names.filter((name) => !superblock.hidesXattr(name) && (!name.startsWith('trusted.') || isAdmin(context.credentials)));
  }

  #locateXattr(context: FsContext, path: string, name: string, options?: NoFollow): void {
    this.locate(context, path, !options?.noFollow);
    const { superblock } = this.onMount;
    if (!/^(user|trusted|security|system)\../.test(name) || superblock.hidesXattr(name)) throw new KernelError('EOPNOTSUPP');
  }

  #writableXattr(context: FsContext, path: string, name: string, options?: NoFollow): void {
    this.#locateXattr(context, path, name, options);
    const { inode } = this.dentry;
    const who = context.credentials;
    this.requireWritableMount();
    if (!name.startsWith('user.')) {
      if (!isAdmin(who)) throw new KernelError('EPERM');
    } else if (!isRegular(inode.mode) && !isDirectory(inode.mode)) {
      throw new KernelError('EPERM');
    } else {
      require(who, inode, MAY_WRITE);
    }
  }

  /** Find an inode whose metadata will change; `check` sees it before it is copied up. */
  #change(context: FsContext, path: string, follow: boolean, check: (inode: Inode) => void): Inode {
    this.locate(context, path, follow);
    this.requireWritableMount();
    check(this.dentry.inode);
    const inode = this.onMount.superblock.writable(this.dentry);
    inode.ctime = this.clock.now;
    return inode;
  }

  /** @throws EROFS */
  protected requireWritableMount(): void {
    if (this.onMount.flags.readonly || this.onMount.superblock.readonly) throw new KernelError('EROFS');
  }
}

/** Clear setuid, and setgid where it means that, as every change by others does. */
export function dropPrivilegeBits(inode: Inode): void {
  inode.mode &= ~S_ISUID;
  if (inode.mode & 0o010) inode.mode &= ~S_ISGID;
}

export function isSpecial(mode: number): boolean {
  return isCharDevice(mode) || isBlockDevice(mode) || isFifo(mode) || isSocket(mode);
}

