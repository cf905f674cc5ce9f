// Calls on names and metadata: all of them the virtual file system's, on behalf of the process.

import type { Bytes } from '../../../base/bytes.ts';
import type { Stat, StatFs } from '../../stat.ts';
import type { DirectoryEntry } from '../../syscalls.ts';
import { CallBase } from './call-base.ts';

interface NoFollow {
  readonly noFollow?: boolean;
}

export abstract class NameCalls extends CallBase {
  readFile(path: string): Bytes {
    return this.vfs.readFile(this.context, path);
  }

  writeFile(path: string, content: Bytes | string, mode?: number): void {
    this.vfs.writeFile(this.context, path, content, mode);
  }

  truncate(path: string, size: number): void {
    this.vfs.truncate(this.context, path, size);
  }

  stat(path: string): Stat {
    return this.vfs.stat(this.context, path);
  }

  lstat(path: string): Stat {
    return this.vfs.lstat(this.context, path);
  }

  statfs(path: string): StatFs {
    return this.vfs.statfs(this.context, path);
  }

  access(path: string, mode: string): void {
    this.vfs.access(this.context, path, mode);
  }

  can(path: string, mode: string): boolean {
    return this.vfs.can(this.context, path, mode);
  }

  readdir(path: string): readonly DirectoryEntry[] {
    return this.vfs.readdir(this.context, path);
  }

  mkdir(path: string, mode?: number): void {
    this.vfs.mkdir(this.context, path, mode);
  }

  rmdir(path: string): void {
    this.vfs.rmdir(this.context, path);
  }

  unlink(path: string): void {
    this.vfs.unlink(this.context, path);
  }

  rename(from: string, to: string): void {
    this.vfs.rename(this.context, from, to);
  }

  link(from: string, to: string): void {
    this.vfs.link(this.context, from, to);
  }

  symlink(target: string, path: string): void {
    this.vfs.symlink(this.context, target, path);
  }

  readlink(path: string): string {
    return this.vfs.readlink(this.context, path);
  }

  mknod(path: string, mode: number, rdev?: number): void {
    this.vfs.mknod(this.context, path, mode, rdev);
  }

  chmod(path: string, mode: number): void {
    this.vfs.chmod(this.context, path, mode);
  }

  chown(path: string, uid: number, gid: number): void {
    this.vfs.chown(this.context, path, uid, gid);
  }

  lchown(path: string, uid: number, gid: number): void {
    this.vfs.lchown(this.context, path, uid, gid);
  }

  utimes(path: string, atime: number | 'now' | undefined, mtime: number | 'now' | undefined, options?: NoFollow): void {
    this.vfs.utimes(this.context, path, atime, mtime, options);
  }

  getxattr(path: string, name: string, options?: NoFollow): Bytes {
    return this.vfs.getxattr(this.context, path, name, options);
  }

  setxattr(path: string, name: string, value: Bytes, options?: NoFollow): void {
    this.vfs.setxattr(this.context, path, name, value, options);
  }

  removexattr(path: string, name: string, options?: NoFollow): void {
    this.vfs.removexattr(this.context, path, name, options);
  }

  listxattr(path: string, options?: NoFollow): readonly string[] {
    return this.vfs.listxattr(this.context, path, options);
  }

  realpath(path: string): string {
    return this.vfs.realpath(this.context, path);
  }

  getcwd(): string {
    return this.vfs.getcwd(this.context);
  }

  chdir(path: string): void {
    this.vfs.chdir(this.context, path);
  }

  chroot(path: string): void {
    this.vfs.chroot(this.context, path);
  }

  umask(): number {
    return this.context.umask;
  }

  setUmask(mask: number): number {
    const { umask } = this.context;
    this.context.umask = mask & 0o777;
    return umask;
  }
}
