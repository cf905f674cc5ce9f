// tar --compare: the members of an archive beside the files that are there.

import type { TarHeader } from '../../base/archive/tar-entry.ts';
import { equal } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { S_IFMT, S_IFREG, type Stat } from '../../kernel/stat.ts';
import { O_RDONLY } from '../../kernel/syscalls.ts';
import { reason, type Io } from './messages.ts';
import type { ArchiveReader } from './tar-archive.ts';
import { isExcluded, LeadingParts, MemberList, TYPE_BITS, type WantedMembers } from './tar-names.ts';

export interface CompareOptions {
  readonly verbose: number;
  readonly numericOwner: boolean;
  readonly absoluteNames: boolean;
  readonly exclude: readonly string[];
  readonly follow: boolean;
}

/** Ends with 1 when something differs, with 2 when something could not be compared. */
export function* compareArchive(io: Io, reader: ArchiveReader, options: CompareOptions, wanted: WantedMembers): Task<void> {
  const { sys } = io;
  const leading = new LeadingParts(io, options.absoluteNames);
  const list = new MemberList(io, options.verbose > 1, options.numericOwner);
  const differs = (path: string, what?: string): void => {
    if (what) io.out(`${path}: ${what}\n`);
    io.status = Math.max(io.status, 1);
  };
  const cannot = (path: string, what: string, error: unknown): undefined => {
    const missing = error instanceof KernelError && error.errno === 'ENOENT';
    differs(path);
    if (missing && what !== 'open') io.warn(`${path}: Warning: Cannot ${what}: ${reason(error)}`);
    else io.fail(`${path}: Cannot ${what}: ${reason(error)}`, 2);
  };
  const look = (path: string): Stat | undefined => {
    try {
      return options.follow ? sys.stat(path) : sys.lstat(path);
    } catch (error) {
      return cannot(path, 'stat', error);
    }
  };

  function* contents(path: string): Task<boolean> {
    let fd: number;
    try {
      fd = sys.open(path, O_RDONLY);
    } catch (error) {
      cannot(path, 'open', error);
      return true;
    }
    let same = true;
    for (;;) {
      const item = yield* reader.next();
      if (item?.header) reader.unread(item);
      if (!item || item.header) break;
      for (let at = 0; same && at < item.content.length;) {
        const bytes = yield* sys.read(fd, item.content.length - at);
        same = bytes.length > 0 && equal(bytes, item.content.subarray(at, at + bytes.length));
        at += bytes.length;
      }
    }
    sys.close(fd);
    return same;
  }

  function* compare(header: TarHeader, path: string): Task<void> {
    if (header.type === 'symlink') {
      try {
        if (sys.readlink(path) !== header.linkname) differs(path, 'Symlink differs');
      } catch (error) {
        cannot(path, 'readlink', error);
      }
      return;
    }
    const there = look(path);
    if (!there) return;
    if (header.type === 'link') {
      const target = leading.strip(header.linkname, 'hard link targets');
      const other = look(target);
      if (other && (other.ino !== there.ino || other.dev !== there.dev)) differs(path, `Not linked to ${target}`);
      return;
    }
    const type = TYPE_BITS[header.type];
    if ((there.mode & S_IFMT) !== type) return differs(path, 'File type differs');
    if ((there.mode & 0o7777) !== (header.mode & 0o7777)) differs(path, 'Mode differs');
    if (type !== S_IFREG) return;
    if (there.uid !== header.uid) differs(path, 'Uid differs');
    if (there.gid !== header.gid) differs(path, 'Gid differs');
    if (Math.floor(there.mtime / 1000) !== header.mtime) differs(path, 'Mod time differs');
    if (there.size !== header.size) differs(path, 'Size differs');
    else if (!(yield* contents(path))) differs(path, 'Contents differ');
  }

  for (;;) {
    const item = yield* reader.next();
    if (!item) break;
    const { header } = item;
    if (!header || !wanted.has(header.name) || isExcluded(header.name, options.exclude)) continue;
    if (options.verbose) io.out(list.line(header));
    yield* compare(header, leading.strip(header.name).replace(/(?<=.)\/+$/, ''));
    yield* io.relieve();
  }
  for (const name of wanted.missing()) io.fail(`${name}: Not found in archive`, 2);
}
