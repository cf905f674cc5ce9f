// Opening files, and reading, writing and copying whole ones.

import { EMPTY, encode, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError } from '../errno.ts';
import { isBlockDevice, isCharDevice, isDirectory, isFifo, isRegular, isSocket, isSymlink, S_IFREG, S_ISGID, S_ISUID } from '../stat.ts';
import { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDONLY, O_TRUNC, O_WRONLY } from '../syscalls.ts';
import { isSpecial } from './attributes.ts';
import { DirectoryFile } from './directory-file.ts';
import { dataSize, type FileData, readData, shareData } from './file-data.ts';
import type { FileDescription } from './file-description.ts';
import { flock } from './flock.ts';
import type { FsContext } from './fs-context.ts';
import { Names } from './names.ts';
import { MAY_EXEC, MAY_READ, MAY_WRITE, require } from './permissions.ts';
import { pathBetween } from './place-path.ts';
import { RegularFile } from './regular-file.ts';
import { replaceData, resize, writeAt } from './resize.ts';
import type { SpecialFiles } from './special-files.ts';
import { touchAccess } from './times.ts';
import type { VirtualDentry } from './virtual-dentry.ts';

export interface Executable {
  readonly place: VirtualDentry;
  /** Absolute, symbolic links resolved, as `/proc/<pid>/exe` shows it. */
  readonly path: string;
  /** Its first bytes, which say what runs it. */
  readonly content: Bytes;
  /** The owner's id when the file is setuid (setgid) and its mount lets that count. */
  readonly setuid?: number;
  readonly setgid?: number;
}

/** As BINPRM_BUF_SIZE. */
const HEAD = 256;

const WRITES = [0, MAY_WRITE, MAY_WRITE, 0];
const READS = [MAY_READ, 0, MAY_READ, 0];

export abstract class Opening extends Names {
  protected abstract readonly specialFiles: SpecialFiles;

  /** The open file of a path. For O_CREAT, `mode` is masked by the context's umask. */
  open(context: FsContext, path: string, flags: number, mode = 0o666): FileDescription {
    this.#prepare(context, path, flags, mode);
    return this.#describe(context, path, flags);
  }

  /** Walk to what is to be opened, make it if need be, check permission, truncate. */
  #prepare(context: FsContext, path: string, flags: number, mode: number): void {
    if (flags & O_CREAT) {
      if (this.#locateOrCreate(context, path, flags, mode)) return;
    } else {
      this.locate(context, path, !(flags & O_NOFOLLOW));
    }
    const { onMount: mount, dentry } = this;
    const { inode } = dentry;
    const kind = inode.mode;
    const access = flags & 3;
    const wanted = READS[access]! | WRITES[access]! | (flags & O_TRUNC ? MAY_WRITE : 0);
    if (isSymlink(kind)) throw new KernelError('ELOOP');
    if (isDirectory(kind)) {
      if (wanted & MAY_WRITE || flags & O_CREAT) throw new KernelError('EISDIR');
    } else if (flags & O_DIRECTORY) {
      throw new KernelError('ENOTDIR');
    }
    if ((isCharDevice(kind) || isBlockDevice(kind)) && mount.flags.nodev && !mount.superblock.opensItself) throw new KernelError('EACCES');
    // A mount that is read-only is told of first only when the file is cut.
    if (flags & O_TRUNC && isRegular(kind)) this.requireWritableMount();
    require(context.credentials, inode, wanted);
    if (wanted & MAY_WRITE && !isSpecial(kind)) this.requireWritableMount();
    if (wanted & MAY_WRITE && isRegular(kind)) {
      const truncates = (flags & O_TRUNC) !== 0;
      const target = mount.superblock.writable(dentry, truncates);
      if (truncates) resize(target, 0);
    }
  }

  /** True when a new file was made and the walk is on it. */
  #locateOrCreate(context: FsContext, path: string, flags: number, mode: number): boolean {
    let name: string | undefined = this.locateParent(context, path);
    while (name !== undefined) {
      if (this.trailing || name === '' || name === '.' || name === '..') throw new KernelError('EISDIR');
      const child = this.lookup(context, name);
      if (!child) {
        this.requireCreation(context);
        this.dentry = this.createHere(context, name, S_IFREG | (mode & 0o7777 & ~context.umask));
        return true;
      }
      if (flags & O_EXCL) throw new KernelError('EEXIST');
      if (!isSymlink(child.inode.mode) || flags & O_NOFOLLOW) {
        this.enter(child);
        return false;
      }
      name = this.followToParent(context, child);
    }
    return false;
  }

  #describe(context: FsContext, path: string, flags: number): FileDescription {
    const { onMount: mount, dentry } = this;
    const kind = dentry.inode.mode;
    const place = { mount, dentry };
    if (isDirectory(kind)) return new DirectoryFile(place, flags);
    const made = mount.superblock.opensItself && mount.superblock.open(place, context, flags);
    if (made) return made;
    if (isRegular(kind)) return new RegularFile(place, flags, context);
    const { inode } = dentry;
    const name = pathBetween(context.root, place).path;
    if (isCharDevice(kind)) return this.specialFiles.openCharDevice(context, inode.rdev, flags, name, place);
    if (isBlockDevice(kind)) return this.specialFiles.openBlockDevice(context, inode.rdev, flags, name);
    if (isFifo(kind)) return this.specialFiles.openFifo(inode, flags, name, place);
    if (isSocket(kind)) throw new KernelError('ENXIO');
    throw new KernelError('ELOOP');
  }

  readFile(context: FsContext, path: string): Bytes {
    this.#prepare(context, path, O_RDONLY, 0);
    const { onMount: mount, dentry } = this;
    const { inode } = dentry;
    if (isDirectory(inode.mode)) throw new KernelError('EISDIR');
    if (!isRegular(inode.mode)) throw new KernelError('EINVAL');
    const made = mount.superblock.opensItself && mount.superblock.open({ mount, dentry }, context, O_RDONLY);
    if (made) return made.pread(Infinity, 0);
    touchAccess(mount, dentry);
    const data = inode.data as FileData;
    return readData(data, 0, dataSize(data));
  }

  writeFile(context: FsContext, path: string, content: Bytes | string, mode = 0o666): void {
    const bytes = typeof content === 'string' ? encode(content) : content;
    const flags = O_WRONLY | O_CREAT | O_TRUNC;
    this.#prepare(context, path, flags, mode);
    const { onMount: mount, dentry } = this;
    if (isRegular(dentry.inode.mode) && !mount.superblock.opensItself) {
      writeAt(dentry.inode, 0, bytes);
      return;
    }
    const file = this.#describe(context, path, flags);
    const { done } = file.write(bytes).next();
    file.release();
    if (!done) throw new KernelError('EAGAIN');
  }

  /** Make one regular file's content that of another, sharing it. @throws EINVAL EBADF ENOSPC */
  copyFile(from: FileDescription, to: FileDescription): void {
    if (!(from instanceof RegularFile) || !(to instanceof RegularFile)) throw new KernelError('EINVAL');
    if (!from.canRead || !to.canWrite) throw new KernelError('EBADF');
    const data = shareData(from.inode.data as FileData);
    to.pwrite(EMPTY, 0);
    replaceData(to.inode, data);
    touchAccess(from.place.mount, from.place.dentry);
    to.seek(0, 'end');
  }

  /** What exec needs of a file. @throws ENOENT ENOTDIR EACCES ELOOP */
  executable(context: FsContext, path: string): Executable {
    const place = this.resolve(context, path);
    const { mount, dentry } = place;
    const { inode } = dentry;
    if (!isRegular(inode.mode) || mount.flags.noexec) throw new KernelError('EACCES');
    require(context.credentials, inode, MAY_EXEC);
    const data = inode.data as FileData;
    touchAccess(mount, dentry);
    const privileged = mount.flags.nosuid ? 0 : inode.mode;
    return {
      place,
      path: pathBetween(context.root, place).path,
      content: readData(data, 0, HEAD),
      ...(privileged & S_ISUID ? { setuid: inode.uid } : {}),
      ...((privileged & (S_ISGID | 0o010)) === (S_ISGID | 0o010) ? { setgid: inode.gid } : {}),
    };
  }

  /** As `flock(2)`: 'exclusive' and 'shared' wait for others to let go. @throws EAGAIN */
  flock(file: FileDescription, operation: 'shared' | 'exclusive' | 'unlock', options?: { readonly nonblocking?: boolean }): Task<void> {
    return flock(file, operation, options?.nonblocking ?? false);
  }
}
