// A directory tree as a tar stream, the way moby's archive package writes it: sorted walk, hard links, whole seconds, no names of owners.

import { concat, EMPTY, encode, type Bytes } from '../../base/bytes.ts';
import { encodeHeader, tarPadding, TAR_END } from '../../base/archive/tar-header.ts';
import type { TarEntryType, TarHeader } from '../../base/archive/tar-entry.ts';
import { Sha256 } from '../../base/sha256.ts';
import { isCharDevice, isDirectory, isRegular, isSymlink, major, minor, S_IFBLK, S_IFCHR, S_IFIFO, S_IFMT, type Stat } from '../../kernel/stat.ts';
import { O_RDONLY, type Syscalls } from '../../kernel/syscalls.ts';

export const WHITEOUT = '.wh.';
export const OPAQUE = '.wh..wh..opq';
export const OPAQUE_XATTR = 'trusted.overlay.opaque';
const CHUNK = 1 << 18;

export interface TarTreeOptions {
  /** Whiteouts of overlay become `.wh.` members, as in image layers. */
  readonly layer?: boolean;
  /** Members' names begin with this instead of nothing; the root itself becomes a member then. */
  readonly rename?: string;
  /** Paths below the root, without a leading slash, that are left out with all below them. */
  readonly skip?: (path: string) => boolean;
  /** Paths whose content is left out but which themselves stay. */
  readonly hollow?: ReadonlySet<string>;
}

/** The members and the end of the archive. `root` may be a file when it is renamed. */
export function* tarTree(sys: Syscalls, root: string, options: TarTreeOptions = {}): Generator<Bytes, void, void> {
  const links = new Map<number, string>();
  const walk = function* (path: string, relative: string): Generator<Bytes, void, void> {
    const stat = sys.lstat(path);
    const directory = isDirectory(stat.mode);
    const name = options.rename === undefined ? relative : relative ? `${options.rename}/${relative}`.replace(/^\/\//, '/') : options.rename;
    if (name) yield* member(sys, path, name, stat, links, options.layer === true);
    if (!directory || options.hollow?.has(relative)) return;
    for (const child of sortedNames(sys, path)) {
      const below = relative ? `${relative}/${child}` : child;
      if (!options.skip?.(below)) yield* walk(`${path === '/' ? '' : path}/${child}`, below);
    }
  };
  yield* walk(root, '');
  yield TAR_END;
}

/** The digest of a layer's tar, from its files. */
export function layerDigest(sys: Syscalls, diffPath: string): string {
  const sha = new Sha256();
  for (const part of tarTree(sys, diffPath, { layer: true })) sha.update(part);
  return `sha256:${sha.hex()}`;
}

export const sortedNames = (sys: Syscalls, path: string): string[] => sys.readdir(path).map((entry) => entry.name).sort((a, b) => (a < b ? -1 : 1));

export const isWhiteout = (stat: Stat): boolean => isCharDevice(stat.mode) && stat.rdev === 0;

export function isOpaque(sys: Syscalls, path: string): boolean {
  return sys.listxattr(path, { noFollow: true }).includes(OPAQUE_XATTR) && sys.getxattr(path, OPAQUE_XATTR, { noFollow: true })[0] === 0x79;
}

const TYPES = new Map<number, TarEntryType>([[S_IFCHR, 'char'], [S_IFBLK, 'block'], [S_IFIFO, 'fifo']]);

function* member(sys: Syscalls, path: string, name: string, stat: Stat, links: Map<number, string>, layer: boolean): Generator<Bytes, void, void> {
  const header = (more: Partial<TarHeader> & { type: TarEntryType }): TarHeader => ({
    name, mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid, uname: '', gname: '', size: 0, mtime: Math.floor(stat.mtime / 1000), linkname: '', major: 0, minor: 0, ...more,
  });
  if (isDirectory(stat.mode)) {
    yield encodeHeader(header({ type: 'directory', name: name === '/' ? name : `${name}/` }));
    if (layer && isOpaque(sys, path)) yield encodeHeader(header({ type: 'file', name: `${name}/${OPAQUE}`, mode: stat.mode & 0o777, mtime: 0 }));
    return;
  }
  if (layer && isWhiteout(stat)) {
    const slash = name.lastIndexOf('/') + 1;
    yield encodeHeader(header({ type: 'file', name: `${name.slice(0, slash)}${WHITEOUT}${name.slice(slash)}`, mode: 0 }));
    return;
  }
  const first = stat.nlink > 1 ? links.get(stat.ino) : undefined;
  if (first !== undefined) {
    yield encodeHeader(header({ type: 'link', linkname: first }));
    return;
  }
  if (stat.nlink > 1) links.set(stat.ino, name);
  if (isSymlink(stat.mode)) {
    yield encodeHeader(header({ type: 'symlink', linkname: sys.readlink(path) }));
  } else if (isRegular(stat.mode)) {
    yield encodeHeader(header({ type: 'file', size: stat.size }));
    yield* content(sys, path, stat.size);
  } else {
    const type = TYPES.get(stat.mode & S_IFMT);
    // Sockets cannot be archived: moby leaves them out too.
    if (type) yield encodeHeader(header({ type, major: major(stat.rdev), minor: minor(stat.rdev) }));
  }
}

function* content(sys: Syscalls, path: string, size: number): Generator<Bytes, void, void> {
  if (!size) return;
  const fd = sys.open(path, O_RDONLY);
  try {
    for (let at = 0; at < size; ) {
      const part = sys.pread(fd, Math.min(CHUNK, size - at), at);
      // It shrank while it was read: the header's size is kept.
      yield part.length ? part : new Uint8Array(size - at);
      at += part.length || size - at;
    }
  } finally {
    sys.close(fd);
  }
  const padding = tarPadding(size);
  if (padding.length) yield padding;
}

/** One member of an archive that is made up, as the metadata files of `docker save`. */
export function tarFile(name: string, data: Bytes | string, mtime: number, directory = false): Bytes {
  const bytes = typeof data === 'string' ? encode(data) : data;
  const header: TarHeader = { name, type: directory ? 'directory' : 'file', mode: directory ? 0o755 : 0o644, uid: 0, gid: 0, uname: '', gname: '', size: bytes.length, mtime, linkname: '', major: 0, minor: 0 };
  return concat([encodeHeader(header), bytes, bytes.length ? tarPadding(bytes.length) : EMPTY]);
}
