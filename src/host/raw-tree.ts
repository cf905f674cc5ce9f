// Looking at files from outside of the simulation: no permissions asked, no access times touched.

import { decode } from '../base/bytes.ts';
import { isDirectory, isFifo, isRegular, isSocket, isSymlink, isCharDevice, S_IFMT } from '../kernel/stat.ts';
import { Dentry } from '../kernel/vfs/dentry.ts';
import { dataSize, readData, type FileData } from '../kernel/vfs/file-data.ts';
import type { VirtualDentry } from '../kernel/vfs/virtual-dentry.ts';
import type { Machine } from './boot/machine.ts';
import type { FileListing, StoredFile } from './host-snapshot.ts';

const PREVIEW = 200;
const OPAQUE = 'trusted.overlay.opaque';

/** Where a path of the host leads; undefined when nowhere. */
export function placeOf(machine: Machine, path: string, noFollow = false): VirtualDentry | undefined {
  try {
    return machine.kernel.vfs.resolve(machine.context, path, { noFollow });
  } catch {
    return undefined;
  }
}

/** Everything below a directory (itself left out), or the file itself under its own name; cut at `limit`, from where on it is only counted. */
export function listTree({ context }: Machine, start: Dentry | undefined, limit: number): FileListing {
  if (!start) return { files: [], total: 0 };
  if (!isDirectory(start.inode.mode)) return { files: [storedFile(start.name, start)], total: 1 };
  const { superblock } = start;
  const files: StoredFile[] = [];
  let total = 0;
  const descend = (directory: Dentry, path: string): void => {
    for (const item of superblock.entries(directory, context)) {
      const child = item instanceof Dentry ? item : superblock.lookup(directory, item.name, context);
      if (!child) continue;
      total++;
      const isListed = files.length < limit;
      if (isListed) files.push(storedFile(path + item.name, child));
      if (isDirectory(child.inode.mode)) descend(child, isListed ? `${path}${item.name}/` : '');
    }
  };
  descend(start, '');
  return { files, total };
}

export function kindOf(mode: number): 'file' | 'directory' | 'symlink' | 'device' | 'fifo' | 'socket' {
  if (isRegular(mode)) return 'file';
  if (isDirectory(mode)) return 'directory';
  if (isSymlink(mode)) return 'symlink';
  if (isFifo(mode)) return 'fifo';
  return isSocket(mode) ? 'socket' : 'device';
}

/** Text of a regular file of at most `most` bytes; undefined when larger or not text. */
export function textOf(dentry: Dentry, most: number): string | undefined {
  const { mode, data } = dentry.inode;
  if (!isRegular(mode)) return undefined;
  const size = dataSize(data as FileData);
  if (size > most) return undefined;
  const text = decode(readData(data as FileData, 0, size));
  // oxlint-disable-next-line no-control-regex
  return /[\0-\x08\x0e-\x1a\ufffd]/.test(text) ? undefined : text;
}

function storedFile(path: string, dentry: Dentry): StoredFile {
  const { inode } = dentry;
  const { ino, mode, uid, gid, nlink, mtime, rdev } = inode;
  const opaque = isDirectory(mode) && inode.xattrs?.has(OPAQUE);
  const kind = isCharDevice(mode) && rdev === 0 ? 'whiteout' : opaque ? 'opaque' : kindOf(mode);
  const preview = isSymlink(mode) ? (inode.data as string) : textOf(dentry, 4_096)?.slice(0, PREVIEW);
  const size = isRegular(mode) ? dataSize(inode.data as FileData) : 0;
  return { path, kind, ino, mode: mode & ~S_IFMT, uid, gid, nlink, size, mtime, ...(preview && { preview }) };
}
