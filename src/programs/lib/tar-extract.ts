// Taking files out of a tar archive, or listing them.

import type { TarHeader } from '../../base/archive/tar-entry.ts';
import type { TarItem } from '../../base/archive/tar-reader.ts';
import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory, isSymlink, makedev, S_IFBLK, S_IFCHR, S_IFIFO, type Stat } from '../../kernel/stat.ts';
import { O_CREAT, O_EXCL, O_TRUNC, O_WRONLY } from '../../kernel/syscalls.ts';
import { reason, type Io } from './messages.ts';
import { modeText } from './mode.ts';
import { dirName } from './path.ts';
import { quote } from './quote.ts';
import type { ArchiveReader } from './tar-archive.ts';
import { isExcluded, LeadingParts, MemberList, type WantedMembers } from './tar-names.ts';
import { Users } from './users.ts';

export interface ExtractOptions {
  readonly list: boolean;
  readonly toStdout: boolean;
  readonly verbose: number;
  readonly numericOwner: boolean;
  readonly absoluteNames: boolean;
  readonly strip: number;
  readonly exclude: readonly string[];
  readonly sameOwner: boolean;
  readonly samePermissions: boolean;
  readonly touch: boolean;
  /** What to do with a file that is there: replace it, keep it and complain, keep it quietly, keep it when newer. */
  readonly existing: 'replace' | 'keep' | 'skip' | 'newer' | 'overwrite';
  readonly xattrs: boolean;
  readonly transform?: ((name: string) => string) | undefined;
}

export class TarExtractor {
  readonly #io: Io;
  readonly #reader: ArchiveReader;
  readonly #o: ExtractOptions;
  readonly #wanted: WantedMembers;
  readonly #users: Users;
  readonly #leading: LeadingParts;
  readonly #list: MemberList;
  /** Directories get their mode and times last, the deepest first. */
  readonly #directories: { readonly path: string; readonly header: TarHeader }[] = [];

  constructor(io: Io, reader: ArchiveReader, options: ExtractOptions, wanted: WantedMembers) {
    this.#io = io;
    this.#reader = reader;
    this.#o = options;
    this.#wanted = wanted;
    this.#users = new Users(io.sys);
    this.#leading = new LeadingParts(io, options.absoluteNames);
    this.#list = new MemberList(io, options.list ? options.verbose > 0 : options.verbose > 1, options.numericOwner);
  }

  *run(): Task<void> {
    const o = this.#o;
    const { gnu } = this.#io;
    for (;;) {
      const item: TarItem | undefined = yield* this.#reader.next();
      if (!item) break;
      const { header } = item;
      if (!header || !this.#wanted.has(header.name) || isExcluded(header.name, o.exclude)) continue;
      if (o.list) {
        this.#leading.strip(header.name);
        this.#io.out(this.#list.line(header));
        continue;
      }
      const name = this.#target(header.name);
      const shown = !gnu || name !== undefined;
      if (o.verbose && shown) {
        const line = this.#list.line(header);
        if (o.toStdout) this.#io.err(line);
        else this.#io.out(line);
      }
      if (name !== undefined) yield* this.#member(header, name);
    }
    for (const { path, header } of this.#directories.toReversed()) this.#finish(path, header);
    for (const name of this.#wanted.missing()) this.#io.fail(gnu ? `${name}: Not found in archive` : `${name}: not found in archive`, gnu ? 2 : 1);
  }

  /** The name below the working directory; undefined when nothing is left of it. */
  #target(name: string): string | undefined {
    const { strip } = this.#o;
    let rest = this.#leading.strip(name);
    if (strip) {
      const parts = rest.split('/').filter((part) => part !== '');
      if (parts.length <= strip) return undefined;
      rest = parts.slice(strip).join('/');
    }
    if (this.#o.transform) rest = this.#o.transform(rest);
    return rest.replace(/\/+$/, '') || (rest ? '.' : undefined);
  }

  #fail(path: string, what: string, error: unknown): false {
    const { gnu } = this.#io;
    const why = reason(error);
    if (gnu) this.#io.fail(`${path}: ${what}: ${why}`, 2);
    return false;
  }

  *#member(header: TarHeader, path: string): Task<void> {
    const { sys, gnu } = this.#io;
    const o = this.#o;
    if (o.toStdout) {
      if (header.type === 'file') yield* this.#content((bytes) => this.#io.out(bytes));
      return;
    }
    this.#parents(path);
    if (header.type === 'directory') {
      this.#directory(path, header);
      return;
    }
    const existing = this.#look(path);
    if (existing) {
      if (o.existing === 'skip' || (o.existing === 'newer' && existing.mtime >= header.mtime * 1000)) {
        if (o.existing === 'newer') this.#io.warn(`Current ${quote(path)} is newer or same age`);
        return;
      }
      if (o.existing !== 'keep' && !(o.existing === 'overwrite' && header.type === 'file')) {
        try {
          if (isDirectory(existing.mode) && gnu) sys.rmdir(path);
          else sys.unlink(path);
        } catch (error) {
          if (!gnu) this.#io.die(`can't remove old file ${path}: ${reason(error)}`);
          if (isDirectory(existing.mode)) {
            this.#fail(path, header.type === 'file' ? 'Cannot open' : 'Cannot create', new KernelError('EISDIR'));
            return;
          }
          this.#fail(path, 'Cannot unlink', error);
          return;
        }
      }
    }
    if (header.type === 'file') yield* this.#file(path, header);
    else if (header.type === 'symlink') this.#symlink(path, header);
    else if (header.type === 'link') this.#link(path, header);
    else this.#node(path, header);
  }

  #look(path: string): Stat | undefined {
    try {
      return this.#io.sys.lstat(path);
    } catch (error) {
      if (error instanceof KernelError) return undefined;
      throw error;
    }
  }

  #parents(path: string): void {
    const parent = dirName(path);
    if (parent === '.' || parent === '/' || this.#look(parent)) return;
    this.#parents(parent);
    try {
      this.#io.sys.mkdir(parent);
    } catch (error) {
      this.#fail(parent, 'Cannot mkdir', error);
    }
  }

  #directory(path: string, header: TarHeader): void {
    const { sys, gnu } = this.#io;
    let existing = this.#look(path);
    if (existing && isSymlink(existing.mode) && gnu && path !== '.') {
      sys.unlink(path);
      existing = undefined;
    }
    if (!existing || !isDirectory(existing.mode)) {
      try {
        if (existing && gnu && this.#o.existing !== 'keep') sys.unlink(path);
        sys.mkdir(path, (header.mode & 0o7777) | 0o700);
      } catch (error) {
        if (gnu) this.#fail(path, 'Cannot mkdir', error);
        else if (!existing || !isSymlink(existing.mode)) this.#io.fail(`can't make dir ${path}: ${reason(error)}`);
        return;
      }
    } else if (gnu && this.#o.existing === 'keep') return;
    if (gnu) this.#directories.push({ path, header });
    else this.#finish(path, header);
  }

  *#file(path: string, header: TarHeader): Task<void> {
    const { sys, gnu } = this.#io;
    let fd: number;
    try {
      fd = sys.open(path, O_WRONLY | O_CREAT | (this.#o.existing === 'overwrite' ? O_TRUNC : O_EXCL), header.mode & 0o777 & (this.#o.sameOwner ? 0o700 : 0o777));
    } catch (error) {
      if (!gnu) this.#io.die(`can't open '${path}': ${reason(error)}`);
      this.#fail(path, 'Cannot open', error);
      return;
    }
    let failure: unknown;
    try {
      yield* this.#content(function* (bytes) {
        if (failure === undefined) {
          try {
            yield* sys.write(fd, bytes);
          } catch (error) {
            failure = error;
          }
        }
      });
    } finally {
      sys.close(fd);
    }
    if (failure !== undefined) {
      if (!gnu) this.#io.die(`write error: ${reason(failure)}`);
      this.#io.fail(`${path}: Cannot write: ${reason(failure)}`, 2);
    }
    this.#finish(path, header);
  }

  /** The content items that follow the header just read. */
  *#content(use: (bytes: Uint8Array) => Task<void> | void): Task<void> {
    for (;;) {
      const item = yield* this.#reader.next();
      if (!item) return;
      if (item.header) {
        this.#reader.unread(item);
        return;
      }
      const task = use(item.content);
      if (task) yield* task;
      yield* this.#io.relieve();
    }
  }

  #symlink(path: string, header: TarHeader): void {
    const { sys, gnu } = this.#io;
    try {
      sys.symlink(header.linkname, path);
    } catch (error) {
      if (!gnu) this.#io.fail(`can't create symlink '${path}' to '${header.linkname}': ${reason(error)}`);
      this.#fail(path, `Cannot create symlink to ${quote(header.linkname)}`, error);
      return;
    }
    if (this.#o.sameOwner) this.#own(path, header);
    if (gnu && !this.#o.touch) sys.utimes(path, header.mtime * 1000, header.mtime * 1000, { noFollow: true });
  }

  #link(path: string, header: TarHeader): void {
    const { sys, gnu } = this.#io;
    const target = this.#target(header.linkname) ?? header.linkname;
    try {
      sys.link(target, path);
    } catch (error) {
      const there = this.#look(path);
      const source = this.#look(target);
      if (there && source && there.ino === source.ino && there.dev === source.dev) return;
      if (!gnu) this.#io.die(`can't create hardlink '${path}' to '${target}': ${reason(error)}`);
      this.#fail(path, `Cannot hard link to ${quote(target)}`, error);
    }
  }

  #node(path: string, header: TarHeader): void {
    const { sys, gnu } = this.#io;
    const type = header.type === 'fifo' ? S_IFIFO : header.type === 'char' ? S_IFCHR : S_IFBLK;
    try {
      sys.mknod(path, type | (header.mode & 0o777), makedev(header.major, header.minor));
    } catch (error) {
      if (!gnu) this.#io.fail(`can't create node ${path}: ${reason(error)}`);
      this.#fail(path, header.type === 'fifo' ? 'Cannot mkfifo' : 'Cannot mknod', error);
      return;
    }
    this.#finish(path, header);
  }

  #own(path: string, header: TarHeader): void {
    if (!this.#io.gnu && header.type === 'symlink') return;
    const numeric = this.#o.numericOwner;
    const uid = (numeric ? undefined : this.#users.user(header.uname)?.uid) ?? header.uid;
    const gid = (numeric ? undefined : this.#users.groups.find((group) => group.name === header.gname)?.gid) ?? header.gid;
    try {
      this.#io.sys.lchown(path, uid, gid);
    } catch (error) {
      this.#fail(path, `Cannot change ownership to uid ${uid}, gid ${gid}`, error);
    }
  }

  #finish(path: string, header: TarHeader): void {
    const { sys, gnu } = this.#io;
    const o = this.#o;
    if (o.sameOwner) this.#own(path, header);
    const mode = o.samePermissions ? header.mode : header.mode & ~sys.umask() & 0o777;
    try {
      sys.chmod(path, mode);
    } catch (error) {
      this.#fail(path, `Cannot change mode to ${modeText(mode).slice(1)}`, error);
    }
    if (o.xattrs) {
      for (const [name, value] of Object.entries(header.xattrs ?? {})) {
        try {
          sys.setxattr(path, name, value);
        } catch (error) {
          if (!(error instanceof KernelError)) throw error;
        }
      }
    }
    if (o.touch) return;
    try {
      sys.utimes(path, gnu ? 'now' : header.mtime * 1000, header.mtime * 1000);
    } catch (error) {
      this.#fail(path, 'Cannot utime', error);
    }
  }
}
