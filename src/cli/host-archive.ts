// Files of the host as a tar stream, and a tar stream as files of the host (go-archive, client side).

import type { Stream } from '../api/engine-client.ts';
import { TAR_END, encodeHeader, tarPadding } from '../base/archive/tar-header.ts';
import type { TarEntryType, TarHeader } from '../base/archive/tar-entry.ts';
import { TarReader } from '../base/archive/tar-reader.ts';
import type { Bytes } from '../base/bytes.ts';
import type { Task } from '../base/task.ts';
import { KernelError } from '../kernel/errno.ts';
import { isDirectory, major, makedev, minor, S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, type Stat } from '../kernel/stat.ts';
import { O_CREAT, O_EXCL, O_RDONLY, O_WRONLY, type Syscalls } from '../kernel/syscalls.ts';
import { CliError } from './errors.ts';
import { baseName, dirName, joinPath, pathError } from './go.ts';

const TYPES = new Map<number, TarEntryType>([[S_IFREG, 'file'], [S_IFLNK, 'symlink'], [S_IFDIR, 'directory'], [S_IFCHR, 'char'], [S_IFBLK, 'block'], [S_IFIFO, 'fifo']]);

/** What goes into an archive: a path of the host and its name there. */
export interface ArchiveMember {
  readonly path: string;
  readonly name: string;
  readonly stat: Stat;
}

/** A tree, parents first, siblings by name. `skip` drops a member; a dropped directory is still walked when `into` says so. */
export function* walk(sys: Syscalls, path: string, name: string, skip: (name: string, directory: boolean) => boolean = () => false): Generator<ArchiveMember> {
  let stat: Stat;
  try {
    stat = sys.lstat(path);
  } catch (error) {
    throw new CliError(pathError('lstat', path, error));
  }
  const directory = isDirectory(stat.mode);
  if (!skip(name, directory)) yield { path, name, stat };
  if (!directory) return;
  let entries;
  try {
    entries = sys.readdir(path);
  } catch (error) {
    throw new CliError(pathError('open', path, error));
  }
  for (const entry of entries.map((each) => each.name).toSorted((a, b) => (a < b ? -1 : 1))) {
    yield* walk(sys, joinPath(path, entry), name === '' ? entry : `${name}/${entry}`, skip);
  }
}

/** Members as tar, read while it is taken. `onBytes` is told of every piece. */
export function tarOf(sys: Syscalls, members: Iterable<ArchiveMember>, onBytes: (count: number) => void = () => {}): Stream<Bytes> {
  const links = new Map<string, string>();
  const pieces = (function* (): Generator<{ piece: Bytes } | { fd: number; size: number }> {
    for (const { path, name, stat } of members) {
      const type = TYPES.get(stat.mode & S_IFMT);
      if (!type) continue;
      const node = `${stat.dev}:${stat.ino}`;
      const first = type !== 'directory' && stat.nlink > 1 ? links.get(node) : undefined;
      if (type !== 'directory' && first === undefined) links.set(node, name);
      const header: TarHeader = {
        name: type === 'directory' ? `${name}/` : name, type: first === undefined ? type : 'link', mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid,
        uname: '', gname: '', size: type === 'file' && first === undefined ? stat.size : 0, mtime: Math.floor(stat.mtime / 1000),
        linkname: first ?? (type === 'symlink' ? sys.readlink(path) : ''), major: major(stat.rdev), minor: minor(stat.rdev),
      };
      yield { piece: encodeHeader(header) };
      if (!header.size) continue;
      let fd: number;
      try {
        fd = sys.open(path, O_RDONLY);
      } catch (error) {
        throw new CliError(pathError('open', path, error));
      }
      yield { fd, size: header.size };
      yield { piece: tarPadding(header.size) };
    }
    yield { piece: TAR_END };
  })();
  let open: { fd: number; left: number } | undefined;
  return {
    *next() {
      for (;;) {
        if (open) {
          const part = open.left ? yield* sys.read(open.fd, Math.min(open.left, 65_536)) : undefined;
          if (part?.length) {
            open.left -= part.length;
            onBytes(part.length);
            return part;
          }
          sys.close(open.fd);
          open = undefined;
        }
        const { value, done } = pieces.next();
        if (done) return undefined;
        if ('fd' in value) open = { fd: value.fd, left: value.size };
        else if (value.piece.length) {
          onBytes(value.piece.length);
          return value.piece;
        }
      }
    },
    close() {
      if (open) sys.close(open.fd);
      open = undefined;
    },
  };
}

/** The same archive with the members' names changed (and what links name). */
export function renamedTar(source: Stream<Bytes>, rename: (name: string) => string): Stream<Bytes> {
  const reader = new TarReader();
  const ready: Bytes[] = [];
  let padding = 0;
  let ended = false;
  return {
    *next() {
      while (!ready.length && !ended) {
        const bytes = yield* source.next();
        if (!bytes) {
          ended = true;
          ready.push(tarPadding(padding), TAR_END);
          break;
        }
        for (const item of reader.push(bytes)) {
          if (item.content) {
            ready.push(item.content);
            continue;
          }
          const { header } = item;
          ready.push(tarPadding(padding), encodeHeader({ ...header, name: rename(header.name), linkname: header.type === 'link' ? rename(header.linkname) : header.linkname }));
          padding = header.size;
        }
      }
      while (ready.length) {
        const part = ready.shift()!;
        if (part.length) return part;
      }
      return undefined;
    },
    close: () => source.close(),
  };
}

/** Unpack below a directory as the caller: modes and times as archived, owners not (go-archive's Untar with NoLchown). @throws CliError */
export function* untar(sys: Syscalls, source: Stream<Bytes>, directory: string): Task<void> {
  const reader = new TarReader();
  const directories: { path: string; mtime: number }[] = [];
  let fd: number | undefined;
  let current: { path: string; header: TarHeader } | undefined;
  const finish = () => {
    if (!current) return;
    const { path, header } = current;
    if (fd !== undefined) sys.close(fd);
    fd = undefined;
    current = undefined;
    if (header.type !== 'symlink' && header.type !== 'link') sys.chmod(path, header.mode);
    const time = header.mtime * 1000;
    if (header.type === 'directory') directories.push({ path, mtime: time });
    else if (header.type !== 'link') sys.utimes(path, time, time, { noFollow: header.type === 'symlink' });
  };
  try {
    for (let bytes = yield* source.next(); bytes; bytes = yield* source.next()) {
      for (const item of reader.push(bytes)) {
        if (item.content) {
          if (fd !== undefined) yield* sys.write(fd, item.content);
          continue;
        }
        finish();
        const { header } = item;
        const path = joinPath(directory, header.name);
        if (path !== directory && !path.startsWith(directory === '/' ? '/' : `${directory}/`)) throw new CliError(`${header.name} is outside of ${directory}`);
        if (path === directory && header.type === 'directory' && sys.can(path, '')) continue;
        fd = place(sys, path, header, directory);
        current = { path, header };
      }
      yield* sys.step();
    }
    finish();
    for (const { path, mtime } of directories) sys.utimes(path, mtime, mtime);
  } catch (error) {
    throw error instanceof KernelError ? new CliError(pathError('open', current?.path ?? directory, error)) : error;
  } finally {
    if (fd !== undefined) sys.close(fd);
  }
}

function place(sys: Syscalls, path: string, header: TarHeader, root: string): number | undefined {
  makeParents(sys, dirName(path));
  let old: Stat | undefined;
  try {
    old = sys.lstat(path);
  } catch (error) {
    if (!(error instanceof KernelError) || error.errno !== 'ENOENT') throw error;
  }
  if (old) {
    const wasDirectory = isDirectory(old.mode);
    if (wasDirectory && header.type !== 'directory') throw new CliError(`cannot overwrite directory ${JSON.stringify(joinPath(header.name))} with non-directory ${JSON.stringify(root)}`);
    if (!wasDirectory && header.type === 'directory') throw new CliError(`cannot overwrite non-directory ${JSON.stringify(joinPath(header.name))} with directory ${JSON.stringify(root)}`);
    if (!wasDirectory) sys.unlink(path);
  }
  switch (header.type) {
    case 'directory':
      if (!old) sys.mkdir(path, header.mode);
      return undefined;
    case 'symlink':
      sys.symlink(header.linkname, path);
      return undefined;
    case 'link':
      sys.link(joinPath(root, header.linkname), path);
      return undefined;
    case 'file': return sys.open(path, O_WRONLY | O_CREAT | O_EXCL, header.mode);
    default:
      sys.mknod(path, header.mode | { char: S_IFCHR, block: S_IFBLK, fifo: S_IFIFO }[header.type], makedev(header.major, header.minor));
      return undefined;
  }
}

function makeParents(sys: Syscalls, path: string): void {
  if (sys.can(path, '')) return;
  makeParents(sys, dirName(path));
  sys.mkdir(path, 0o777);
}

/** As SplitPathDirEntry: directory and last element, which is `.` for a path that ends so. */
export function splitEntry(path: string): [string, string] {
  return baseName(path) === '.' ? [joinPath(path), '.'] : [dirName(joinPath(path)), baseName(joinPath(path))];
}
