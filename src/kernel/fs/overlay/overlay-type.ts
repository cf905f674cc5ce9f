// Mounting an overlay: its options checked as Linux does, its layers found.

import { KernelError } from '../../errno.ts';
import { isDirectory, S_IFDIR } from '../../stat.ts';
import type { Dentry } from '../../vfs/dentry.ts';
import type { FilesystemType } from '../../vfs/filesystem-type.ts';
import type { FsContext } from '../../vfs/fs-context.ts';
import type { VirtualDentry } from '../../vfs/virtual-dentry.ts';
import { parseMountData } from '../mount-data.ts';
import { IMPURE, mark, UUID } from './marks.ts';
import { OverlaySuperblock } from './overlay-superblock.ts';

/** Taken when they ask for what is the default anyway. */
const DEFAULTS = new Set(['index=off', 'redirect_dir=off', 'redirect_dir=nofollow', 'xino=off', 'metacopy=off', 'nfs_export=off', 'uuid=auto']);
const MAX_LAYERS = 500;

export const overlayType: FilesystemType = {
  name: 'overlay',
  mount({ vfs, context, data }) {
    const given = parseMountData(data);
    for (const [key, value] of given) {
      if (!/^(lowerdir|upperdir|workdir)$/.test(key) && !DEFAULTS.has(`${key}=${value}`)) throw new KernelError('EINVAL');
    }
    const lowerPaths = (given.get('lowerdir') ?? '').split(/(?<!\\):/).filter(Boolean);
    const upperPath = given.get('upperdir');
    const workPath = given.get('workdir');
    if (!lowerPaths.length || (upperPath && !workPath) || (!upperPath && lowerPaths.length < 2) || lowerPaths.length > MAX_LAYERS) {
      throw new KernelError('EINVAL');
    }
    const directory = (path: string): VirtualDentry => {
      const place = vfs.resolve(context, path.replace(/\\([:,\\])/g, '$1'));
      if (!isDirectory(place.dentry.inode.mode)) throw new KernelError('ENOTDIR');
      return place;
    };
    const upper = upperPath ? directory(upperPath) : undefined;
    const base = upper && directory(workPath!);
    const lowers = lowerPaths.map((path) => directory(path).dentry);
    let shown = `,lowerdir=${given.get('lowerdir')}`;
    let work: Dentry | undefined;
    if (upper && base) {
      if (upper.mount.flags.readonly || upper.mount.superblock.readonly) throw new KernelError('EROFS');
      const apart = !upper.dentry.isWithin(base.dentry) && !base.dentry.isWithin(upper.dentry);
      if (upper.mount !== base.mount || !apart || upper.dentry.superblock instanceof OverlaySuperblock) throw new KernelError('EINVAL');
      if (lowers.some((lower) => lower.isWithin(upper.dentry) || upper.dentry.isWithin(lower))) throw new KernelError('ELOOP');
      work = emptyWork(base.dentry, context);
      shown += `,upperdir=${upperPath},workdir=${workPath}`;
      // An overlay that is mounted for the first time says that it has been given an identity.
      const { inode } = upper.dentry;
      if (!inode.xattrs?.has(IMPURE) && !inode.xattrs?.has(UUID)) {
        mark(inode, UUID, String(inode.ino));
        shown += ',uuid=on';
      }
    }
    return new OverlaySuperblock(vfs, context, { upper: upper?.dentry, work, lowers }, shown);
  },
};

/** `work/work`, new or emptied of what an earlier mount left. */
function emptyWork(base: Dentry, context: FsContext): Dentry {
  const { superblock } = base;
  const empty = (directory: Dentry): void => {
    for (const { name } of [...superblock.entries(directory, context)]) {
      const child = superblock.lookup(directory, name, context)!;
      if (isDirectory(child.inode.mode)) empty(child);
      superblock.remove(child, context);
    }
  };
  const old = superblock.lookup(base, 'work', context);
  if (old && isDirectory(old.inode.mode)) {
    empty(old);
    return old;
  }
  if (old) superblock.remove(old, context);
  return superblock.create(base, 'work', { mode: S_IFDIR, uid: 0, gid: 0 });
}

