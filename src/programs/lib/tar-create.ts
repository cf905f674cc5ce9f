// Putting files into a tar archive.

import type { TarEntryType, TarHeader } from '../../base/archive/tar-entry.ts';
import { encodeHeader, tarPadding, type TarFormat } from '../../base/archive/tar-header.ts';
import type { ModeChange } from '../../base/mode-change.ts';
import type { Task } from '../../base/task.ts';
import { isDirectory, isRegular, isSocket, major, minor, S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, type Stat } from '../../kernel/stat.ts';
import { O_RDONLY } from '../../kernel/syscalls.ts';
import { CHUNK } from './copy-bytes.ts';
import { reason, type Io } from './messages.ts';
import { joinPath } from './path.ts';
import { compareNames } from './path.ts';
import type { ArchiveWriter } from './tar-archive.ts';
import { isExcluded, LeadingParts, MemberList } from './tar-names.ts';
import { Users } from './users.ts';

export interface CreateOptions {
  readonly format: TarFormat;
  readonly follow: boolean;
  recursive: boolean;
  readonly oneFileSystem: boolean;
  readonly absoluteNames: boolean;
  exclude: readonly string[];
  /** 0: silent; 1: names; 2: as listed. */
  readonly verbose: number;
  /** Verbose lines go to standard error, the archive being standard output. */
  readonly linesToError: boolean;
  readonly numericOwner: boolean;
  readonly owner?: { readonly id: number; readonly name: string } | undefined;
  readonly group?: { readonly id: number; readonly name: string } | undefined;
  readonly mode?: ModeChange | undefined;
  /** Seconds since the epoch. */
  readonly mtime?: number | undefined;
  readonly sortByName: boolean;
  readonly removeFiles: boolean;
  readonly xattrs: boolean;
  readonly transform?: ((name: string) => string) | undefined;
  /** Only what changed after the copy in the archive (`-u`); ms since the epoch. */
  readonly newerThan?: ((name: string) => number | undefined) | undefined;
}

const TYPES = new Map<number, TarEntryType>([[S_IFDIR, 'directory'], [S_IFLNK, 'symlink'], [S_IFCHR, 'char'], [S_IFBLK, 'block'], [S_IFIFO, 'fifo']]);

export class TarCreator {
  readonly #io: Io;
  readonly #archive: ArchiveWriter;
  readonly #archiveFile: Stat;
  readonly #o: CreateOptions;
  readonly #users: Users;
  readonly #leading: LeadingParts;
  readonly #list: MemberList;
  readonly #links = new Map<string, string>();
  count = 0;

  constructor(io: Io, archive: ArchiveWriter, archiveFile: Stat, options: CreateOptions) {
    this.#io = io;
    this.#archive = archive;
    this.#archiveFile = archiveFile;
    this.#o = options;
    this.#users = new Users(io.sys);
    this.#leading = new LeadingParts(io, options.absoluteNames);
    this.#list = new MemberList(io, options.verbose > 1, options.numericOwner);
  }

  *add(path: string, device?: number): Task<void> {
    const { sys, gnu } = this.#io;
    const o = this.#o;
    yield* this.#io.relieve();
    if (isExcluded(path, o.exclude)) return;
    let stat: Stat;
    try {
      stat = o.follow ? sys.stat(path) : sys.lstat(path);
    } catch (error) {
      this.#io.fail(gnu ? `${path}: Cannot stat: ${reason(error)}` : `${path}: ${reason(error)}`, gnu ? 2 : 1);
      return;
    }
    if (isRegular(stat.mode) && stat.ino === this.#archiveFile.ino && stat.dev === this.#archiveFile.dev) {
      this.#io.warn(gnu ? `${path}: archive cannot contain itself; not dumped` : `${path}: file is the archive; skipping`);
      return;
    }
    if (isSocket(stat.mode)) {
      this.#io.warn(`${path}: socket ignored`);
      return;
    }
    if (o.oneFileSystem && device !== undefined && stat.dev !== device) {
      if (gnu) this.#io.warn(`${path}: file is on a different filesystem; not dumped`);
      return;
    }
    const directory = isDirectory(stat.mode);
    const plain = directory ? path.replace(/\/+$/, '') || '/' : path;
    const known = o.newerThan?.(plain);
    if (directory || known === undefined || stat.mtime > known) if (!(yield* this.#member(path, plain, stat))) return;
    if (directory && o.recursive) {
      let names: string[];
      try {
        names = sys.readdir(path).map((entry) => entry.name);
      } catch (error) {
        this.#io.fail(gnu ? `${path}: Cannot open: ${reason(error)}` : `can't open '${path}': ${reason(error)}`, gnu ? 2 : 1);
        return;
      }
      if (o.sortByName) names.sort(compareNames);
      for (const name of names) yield* this.add(joinPath(plain, name), device ?? stat.dev);
    }
    if (o.removeFiles) {
      try {
        if (directory) sys.rmdir(path);
        else sys.unlink(path);
      } catch (error) {
        this.#io.fail(`${path}: Cannot ${directory ? 'rmdir' : 'unlink'}: ${reason(error)}`, 2);
      }
    }
  }

  *#member(path: string, plain: string, stat: Stat): Task<boolean> {
    const { sys, gnu } = this.#io;
    const o = this.#o;
    let type = TYPES.get(stat.mode & S_IFMT) ?? 'file';
    let name = this.#leading.strip(plain);
    if (o.transform) name = o.transform(name);
    if (type === 'directory' && !name.endsWith('/')) name += '/';
    if (!name) return true;
    let linkname = type === 'symlink' ? sys.readlink(path) : '';
    const key = `${stat.dev}:${stat.ino}`;
    if (type !== 'directory' && stat.nlink > 1) {
      const first = this.#links.get(key);
      if (first === undefined) this.#links.set(key, gnu ? this.#leading.strip(plain, 'hard link targets') : name);
      else {
        type = 'link';
        linkname = o.transform ? o.transform(first) : first;
      }
    }
    let fd: number | undefined;
    if (type === 'file') {
      try {
        fd = sys.open(path, O_RDONLY);
      } catch (error) {
        this.#io.fail(gnu ? `${path}: Cannot open: ${reason(error)}` : `can't open '${path}': ${reason(error)}`, gnu ? 2 : 1);
        return true;
      }
    }
    const device = type === 'char' || type === 'block';
    const xattrs: Record<string, Uint8Array> = {};
    if (o.xattrs) for (const attribute of sys.listxattr(path, { noFollow: true })) xattrs[attribute] = sys.getxattr(path, attribute, { noFollow: true });
    const header: TarHeader = {
      name, type, linkname,
      mode: (o.mode ? o.mode(stat.mode) : stat.mode) & 0o7777,
      uid: o.owner?.id ?? stat.uid, gid: o.group?.id ?? stat.gid,
      uname: o.numericOwner ? '' : (o.owner?.name ?? this.#users.userName(stat.uid) ?? ''),
      gname: o.numericOwner ? '' : (o.group?.name ?? this.#users.groupName(stat.gid) ?? ''),
      size: type === 'file' ? stat.size : 0,
      mtime: o.mtime ?? Math.floor(stat.mtime / 1000),
      major: device ? major(stat.rdev) : 0, minor: device ? minor(stat.rdev) : 0,
      ...(Object.keys(xattrs).length ? { xattrs } : {}),
    };
    this.count++;
    if (o.verbose) {
      const line = this.#list.line(header);
      if (o.linesToError) this.#io.err(line);
      else this.#io.out(line);
    }
    try {
      yield* this.#archive.write(encodeHeader(header, o.xattrs && header.xattrs ? 'pax' : o.format));
      if (fd !== undefined) yield* this.#content(path, fd, header.size);
    } finally {
      if (fd !== undefined) sys.close(fd);
    }
    return true;
  }

  *#content(path: string, fd: number, size: number): Task<void> {
    const { sys, gnu } = this.#io;
    let left = size;
    try {
      while (left > 0) {
        const bytes = yield* sys.read(fd, Math.min(CHUNK, left));
        if (!bytes.length) break;
        left -= bytes.length;
        yield* this.#archive.write(bytes);
        yield* sys.step();
      }
    } catch (error) {
      this.#io.fail(gnu ? `${path}: Read error at byte ${size - left}, while reading ${left} bytes: ${reason(error)}` : `read error: ${reason(error)}`, gnu ? 2 : 1);
    }
    // It became shorter meanwhile: the header has promised its old size.
    if (left > 0 && gnu) this.#io.fail(`${path}: File shrank by ${left} bytes; padding with zeros`, 1);
    for (; left > 0; left -= CHUNK) yield* this.#archive.write(new Uint8Array(Math.min(CHUNK, left)));
    yield* this.#archive.write(tarPadding(size));
  }
}
