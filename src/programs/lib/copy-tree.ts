// Copying a file or a tree, as cp does (and mv between file systems).

import type { Task } from '../../base/task.ts';
import { KernelError, strerror, type Errno } from '../../kernel/errno.ts';
import { isDirectory, isRegular, isSymlink, type Stat } from '../../kernel/stat.ts';
import { O_CREAT, O_EXCL, O_RDONLY, O_TRUNC, O_WRONLY } from '../../kernel/syscalls.ts';
import { confirm } from './confirm.ts';
import { copyBytes, type CopyFailure } from './copy-bytes.ts';
import { leadsTo } from './leads-to.ts';
import { reason, type Io } from './messages.ts';
import { joinPath } from './path.ts';
import { quoteAlways, quoteFile } from './quote.ts';
import { promptMode } from './remove-tree.ts';

export interface CopyOptions {
  readonly recursive?: boolean;
  /** Which symbolic links are followed: all, those named on the command line, none. */
  readonly follow: 'all' | 'named' | 'none';
  readonly preserve?: { readonly mode?: boolean; readonly ownership?: boolean; readonly timestamps?: boolean; readonly links?: boolean; readonly xattr?: boolean };
  /** New files get 0666 and 0777 by the umask, whatever the source's mode. */
  readonly ignoreMode?: boolean;
  readonly force?: boolean;
  readonly interactive?: boolean;
  readonly noClobber?: boolean;
  readonly update?: boolean;
  readonly verbose?: boolean;
  readonly make?: 'hard-links' | 'symbolic-links' | undefined;
  readonly oneFileSystem?: boolean;
  readonly removeDestination?: boolean;
  readonly attributesOnly?: boolean;
  /** The suffix of backups of what is overwritten. */
  readonly backup?: string | undefined;
  /** Copy the content of special files too (a recursive copy makes special files). */
  readonly contents?: boolean;
  /** In front of the verbose line: mv's `copied `. */
  readonly verbosePrefix?: string;
}

export class TreeCopier {
  readonly #io: Io;
  readonly #o: CopyOptions;
  /** Where the first name of a file with several was copied to, by device and inode. */
  readonly #seen = new Map<string, string>();
  /** The directory that the copy made first: copying must not go into it. */
  #top: string | undefined;
  /** It did: everything above stops, as GNU's does. */
  #intoItself = false;
  #device = 0;

  constructor(io: Io, options: CopyOptions) {
    this.#io = io;
    this.#o = options;
  }

  #quote(path: string): string {
    return this.#io.gnu ? quoteAlways(path) : `'${path}'`;
  }

  /** `cannot`, GNU's, or `can't`, BusyBox's. */
  #fail(what: string, error: unknown, gnuWhat = what): false {
    this.#io.fail(`${this.#io.gnu ? `cannot ${gnuWhat}` : `can't ${what}`}: ${reason(error)}`);
    return false;
  }

  stat(path: string, follow: boolean): Stat | undefined {
    return follow ? this.#io.sys.stat(path) : this.#io.sys.lstat(path);
  }

  /** @returns whether all went well; what did not was said */
  *copy(source: string, target: string, named = true): Task<boolean> {
    const { sys, gnu } = this.#io;
    const o = this.#o;
    yield* this.#io.relieve();
    let from: Stat;
    try {
      from = this.stat(source, o.follow === 'all' || (named && o.follow === 'named'))!;
    } catch (error) {
      // Links to what is not there can be made.
      if (!gnu && o.make) return this.#busyboxLink(source, target);
      return this.#fail(`stat ${this.#quote(source)}`, error);
    }
    if (named) this.#device = from.dev;
    else if (o.oneFileSystem && from.dev !== this.#device) return true;
    const omitted = isDirectory(from.mode) && !o.recursive;
    const omit = (): false => {
      this.#io.fail(`${gnu ? '-r not specified; ' : ''}omitting directory ${this.#quote(source)}`);
      return false;
    };
    if (omitted && gnu) return omit();
    let to: Stat | undefined;
    const replacesLink = isSymlink(from.mode) || o.make !== undefined || o.removeDestination;
    try {
      to = gnu && !replacesLink && !isDirectory(from.mode) ? sys.stat(target) : sys.lstat(target);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      if (error.errno === 'ELOOP' && gnu) to = undefined;
      else if (error.errno !== 'ENOENT') return this.#fail(`stat ${this.#quote(target)}`, error);
    }
    if (to && to.dev === from.dev && to.ino === from.ino && (!gnu || (!(isSymlink(from.mode) && !isSymlink(sys.lstat(target).mode)) && o.make !== 'hard-links'))) {
      if (!(gnu && o.removeDestination && !isDirectory(to.mode) && source !== target)) {
        this.#io.fail(`${this.#quote(source)} and ${this.#quote(target)} are the same file`);
        return false;
      }
    }
    if (gnu && to && o.follow === 'none' && isSymlink(from.mode) && !isSymlink(to.mode) && o.backup === undefined && leadsTo(sys, source, to)) {
      this.#io.fail(`${this.#quote(source)} and ${this.#quote(target)} are the same file`);
      return false;
    }
    if (omitted) return omit();
    if (isDirectory(from.mode)) return yield* this.#directory(source, target, from, to);
    if (to && isDirectory(to.mode) && (gnu || (!isRegular(from.mode) && !o.make))) {
      this.#io.fail(gnu ? `cannot overwrite directory ${this.#quote(target)} with non-directory ${this.#quote(source)}` : `can't create '${target}': File exists`);
      return false;
    }
    if (to) {
      if (o.noClobber) return true;
      if (o.update && to.mtime >= from.mtime) return true;
      if (o.interactive) {
        const denied = gnu && !sys.can(target, 'w') && !isSymlink(to.mode);
        const question = denied ? `${o.force ? 'replace' : 'unwritable'} ${this.#quote(target)}${o.force ? `, overriding mode ${promptMode(to.mode)}` : ` (mode ${promptMode(to.mode).replace(/ \(/, ', ').replace(/\)$/, '')}); try anyway`}? ` : `overwrite ${this.#quote(target)}? `;
        if (!(yield* confirm(this.#io, question))) {
          if (gnu) this.#io.status = Math.max(1, this.#io.status);
          return !gnu;
        }
      }
    }
    return !gnu && o.make ? this.#busyboxLink(source, target) : yield* this.#file(source, target, from, to);
  }

  /** Its `-l` and `-s`: what is in the way goes away only with `-f`. */
  #busyboxLink(source: string, target: string): boolean {
    const { sys } = this.#io;
    const link = (): void => (this.#o.make === 'hard-links' ? sys.link(source, target) : sys.symlink(source, target));
    try {
      link();
    } catch (error) {
      if (!this.#o.force && !this.#o.interactive) return this.#fail(`create '${target}'`, error);
      try {
        sys.unlink(target);
        link();
      } catch {
        return this.#fail(`create link '${target}'`, error);
      }
    }
    return true;
  }

  *#directory(source: string, target: string, from: Stat, to: Stat | undefined): Task<boolean> {
    const { sys, gnu } = this.#io;
    const o = this.#o;
    const key = `${from.dev}:${from.ino}`;
    if (key === this.#top) {
      if (gnu) this.#intoItself = true;
      else this.#io.fail(`recursion detected, omitting directory ${this.#quote(source)}`);
      return false;
    }
    const existing = to;
    if (existing && !isDirectory(existing.mode)) {
      this.#io.fail(gnu ? `cannot overwrite non-directory ${this.#quote(target)} with directory ${this.#quote(source)}` : `target ${this.#quote(target)} is not a directory`);
      return false;
    }
    if (!existing) {
      try {
        sys.mkdir(target, o.preserve?.mode ? 0o700 : o.ignoreMode ? 0o777 : (from.mode & 0o7777) | 0o700);
      } catch (error) {
        return this.#fail(`create directory ${this.#quote(target)}`, error);
      }
      if (o.verbose && gnu) this.#say(source, target);
    }
    const made = sys.stat(target);
    const isTop = this.#top === undefined;
    if (isTop) this.#top = `${made.dev}:${made.ino}`;
    let names: string[];
    let whole = true;
    try {
      names = sys.readdir(source).map((entry) => entry.name);
    } catch (error) {
      // BusyBox is silent about it.
      return gnu ? this.#fail('', error, `access ${this.#quote(source)}`) : (reason(error), false);
    }
    for (const name of names) {
      if (!(yield* this.copy(joinPath(source, name), joinPath(target, name), false))) whole = false;
      if (this.#intoItself) break;
    }
    if (isTop) {
      if (this.#intoItself) this.#io.fail(`cannot copy a directory, ${this.#quote(source)}, into itself, ${this.#quote(target)}`);
      this.#intoItself = false;
      this.#top = undefined;
    }
    if (!existing && !o.preserve?.mode && !o.ignoreMode) {
      const mode = from.mode & 0o7777 & ~sys.umask();
      if ((made.mode & 0o7777) !== mode) sys.chmod(target, mode);
    }
    if (!existing || gnu || o.preserve) this.#attributes(source, target, from);
    if (o.verbose && !gnu) this.#say(source, target);
    return whole;
  }

  *#file(source: string, target: string, from: Stat, to: Stat | undefined): Task<boolean> {
    const { sys, gnu } = this.#io;
    const o = this.#o;
    let note = '';
    let existing = to;
    if (existing && o.backup !== undefined) {
      sys.rename(target, target + o.backup);
      note = ` (backup: ${this.#quote(target + o.backup)})`;
      existing = undefined;
    }
    const key = `${from.dev}:${from.ino}`;
    const first = this.#seen.get(key);
    if (!this.#seen.has(key) && from.nlink > 1) this.#seen.set(key, target);
    const link = o.preserve?.links && first !== undefined && !o.make;
    const special = isSymlink(from.mode) || (!isRegular(from.mode) && o.recursive && !o.contents);
    if (existing && (o.make || link || special || o.removeDestination)) {
      if (!gnu && !o.force && !o.interactive && !o.removeDestination) {
        this.#io.fail(`can't create '${target}': File exists`);
        return false;
      }
      // Already what it would become.
      if (o.make === 'hard-links' && existing.ino === from.ino && existing.dev === from.dev) return true;
      if (gnu && o.make && !o.force && !o.removeDestination) {
        this.#io.fail(`cannot create ${o.make === 'hard-links' ? 'hard link' : 'symbolic link'} ${this.#quote(target)} to ${this.#quote(source)}: File exists`);
        return false;
      }
      try {
        sys.unlink(target);
      } catch (error) {
        return this.#fail(`remove ${this.#quote(target)}`, error);
      }
      if (gnu && o.removeDestination && o.verbose) this.#io.out(`removed ${this.#quote(target)}\n`);
      existing = undefined;
    }
    if (link) {
      try {
        sys.link(first, target);
      } catch (error) {
        return this.#fail(`create link '${target}'`, error, `create hard link ${this.#quote(target)} to ${this.#quote(first)}`);
      }
    } else if (o.make === 'hard-links') {
      try {
        sys.link(isSymlink(from.mode) || o.follow === 'none' ? source : sys.realpath(source), target);
      } catch (error) {
        return this.#fail('', error, `create hard link ${this.#quote(target)} to ${this.#quote(source)}`);
      }
    } else if (o.make === 'symbolic-links') {
      if (!source.startsWith('/') && target.includes('/')) {
        this.#io.fail(`${quoteFile(target)}: can make relative symbolic links only in current directory`);
        return false;
      }
      try {
        sys.symlink(source, target);
      } catch (error) {
        return this.#fail('', error, `create symbolic link ${this.#quote(target)} to ${this.#quote(source)}`);
      }
    } else if (isSymlink(from.mode)) {
      const linked = sys.readlink(source);
      try {
        sys.symlink(linked, target);
      } catch (error) {
        return this.#fail(`create symlink '${target}' to '${linked}'`, error, `create symbolic link ${this.#quote(target)}`);
      }
      if (o.preserve?.ownership) this.#own(target, from);
      if (o.preserve?.timestamps && gnu) sys.utimes(target, from.atime, from.mtime, { noFollow: true });
    } else if (special) {
      try {
        sys.mknod(target, (from.mode & ~(o.preserve?.mode ? 0 : sys.umask())) | 0, from.rdev);
      } catch (error) {
        return this.#fail(`create '${target}'`, error, `create ${isSymlink(from.mode) ? 'symbolic link' : 'special file'} ${this.#quote(target)}`);
      }
      this.#attributes(source, target, from);
    } else if (!(yield* this.#regular(source, target, from, existing))) return false;
    if (o.verbose && (gnu || !o.make)) this.#say(source, target, note);
    return true;
  }

  *#regular(source: string, target: string, from: Stat, existing: Stat | undefined): Task<boolean> {
    const { sys, gnu } = this.#io;
    const o = this.#o;
    let input: number;
    try {
      input = sys.open(source, O_RDONLY);
    } catch (error) {
      return this.#fail(`open '${source}'`, error, `open ${this.#quote(source)} for reading`);
    }
    try {
      let output: number;
      try {
        if (gnu && !existing && this.#isDangling(target)) {
          this.#io.fail(`not writing through dangling symlink ${this.#quote(target)}`);
          return false;
        }
        const mode = !gnu ? (isRegular(from.mode) ? from.mode & 0o7777 : 0o666) : o.ignoreMode ? 0o666 : o.preserve?.ownership ? from.mode & 0o700 : from.mode & 0o777;
        try {
          output = sys.open(target, O_WRONLY | (existing && gnu ? 0 : O_CREAT) | (o.attributesOnly ? 0 : O_TRUNC), mode);
        } catch (error) {
          if (!existing || !o.force || !(error instanceof KernelError)) throw error;
          sys.unlink(target);
          if (gnu && o.verbose) this.#io.out(`removed ${this.#quote(target)}\n`);
          output = sys.open(target, O_WRONLY | O_CREAT | O_EXCL, mode);
        }
      } catch (error) {
        // The kernel says EISDIR to a name that ends in a slash; cp says what it means.
        const errno: Errno | undefined = gnu && target.endsWith('/') && error instanceof KernelError && error.errno === 'EISDIR' ? 'ENOTDIR' : undefined;
        if (errno) {
          this.#io.fail(`cannot create regular file ${this.#quote(target)}: ${strerror(errno)}`);
          return false;
        }
        return this.#fail(`create '${target}'`, error, `create regular file ${this.#quote(target)}`);
      }
      try {
        if (!o.attributesOnly) {
          const failure = yield* this.#content(input, output, from);
          if (failure) {
            this.#io.fail(gnu ? `error ${failure.side === 'read' ? 'reading' : 'writing'} ${this.#quote(failure.side === 'read' ? source : target)}: ${reason(failure.error)}` : `${failure.side} error: ${reason(failure.error)}`);
            return false;
          }
        }
      } finally {
        sys.close(output);
      }
    } finally {
      sys.close(input);
    }
    this.#attributes(source, target, from);
    return true;
  }

  *#content(input: number, output: number, from: Stat): Task<CopyFailure | undefined> {
    const { sys } = this.#io;
    // Whole regular files share their bytes; /proc files say size 0 and are read.
    if (isRegular(from.mode) && from.size > 0 && isRegular(sys.fstat(output).mode)) {
      try {
        sys.copyFile(input, output);
        return undefined;
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        if (error.errno !== 'EINVAL' && error.errno !== 'EXDEV' && error.errno !== 'EOPNOTSUPP') return { side: 'write', error };
      }
    }
    return yield* copyBytes(this.#io, input, output);
  }

  #isDangling(path: string): boolean {
    try {
      return isSymlink(this.#io.sys.lstat(path).mode) && !this.#io.sys.can(path, '');
    } catch (error) {
      if (error instanceof KernelError) return false;
      throw error;
    }
  }

  /** Owner, mode, times and extended attributes of what is not a symbolic link. */
  #attributes(source: string, target: string, from: Stat): void {
    const { sys } = this.#io;
    const { preserve } = this.#o;
    if (!preserve) return;
    const keep = (what: string, gnuWhat: string, action: () => void) => {
      try {
        action();
      } catch (error) {
        const why = reason(error);
        if (this.#io.gnu) this.#io.fail(`${gnuWhat} ${this.#quote(target)}: ${why}`);
        else this.#io.warn(`can't preserve ${what} of '${target}': ${why}`);
      }
    };
    if (preserve.xattr) {
      for (const name of sys.listxattr(source)) {
        try {
          sys.setxattr(target, name, sys.getxattr(source, name));
        } catch (error) {
          if (!(error instanceof KernelError)) throw error;
        }
      }
    }
    const owned = !preserve.ownership || this.#own(target, from);
    if (preserve.mode) keep('permissions', 'preserving permissions for', () => sys.chmod(target, from.mode & (owned || this.#io.gnu ? 0o7777 : 0o1777)));
    if (preserve.timestamps) keep('times', 'preserving times for', () => sys.utimes(target, from.atime, from.mtime));
  }

  #own(target: string, from: Stat): boolean {
    const { sys } = this.#io;
    try {
      // BusyBox follows a link that a file was copied to.
      if (this.#io.gnu || isSymlink(from.mode)) sys.lchown(target, from.uid, from.gid);
      else sys.chown(target, from.uid, from.gid);
      return true;
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      // GNU's keeps quiet about it to those who may not give files away.
      if (!this.#io.gnu) this.#io.warn(`can't preserve ownership of '${target}': ${reason(error)}`);
      else if (sys.credentials().uid === 0) this.#io.fail(`failed to preserve ownership for ${this.#quote(target)}: ${reason(error)}`);
      return false;
    }
  }

  #say(source: string, target: string, note = ''): void {
    this.#io.out(`${this.#o.verbosePrefix ?? ''}${this.#quote(source)} -> ${this.#quote(target)}${note}\n`);
  }
}
