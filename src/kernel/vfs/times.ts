// Access times as mounts by default keep them: relatime.

import type { Inode } from './inode.ts';
import type { Mount } from './mount.ts';

const DAY = 86_400_000;

/** Something was read. */
export function touchAccess(mount: Mount, inode: Inode): void {
  const { flags, superblock } = mount;
  if (flags.noatime || flags.readonly || superblock.readonly || superblock.constantTimes || inode.superblock.readonly) return;
  const { now } = superblock.clock;
  if (!flags.relatime || inode.atime <= inode.mtime || inode.atime <= inode.ctime || now - inode.atime >= DAY) inode.atime = now;
}

/** Content or entries changed. */
export function touchChange(inode: Inode): void {
  inode.mtime = inode.ctime = inode.superblock.clock.now;
}
