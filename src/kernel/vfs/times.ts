// Access times as mounts by default keep them: relatime.

import type { Dentry } from './dentry.ts';
import type { Inode } from './inode.ts';
import type { Mount } from './mount.ts';

const DAY = 86_400_000;

/** Something was read. */
export function touchAccess({ flags, superblock }: Mount, dentry: Dentry): void {
  if (flags.noatime || flags.readonly || superblock.readonly || !superblock.clock.recordsAccess || !superblock.recordsAccess(dentry)) return;
  const { inode } = dentry;
  const { now } = superblock.clock;
  if (!flags.relatime || inode.atime <= inode.mtime || inode.atime <= inode.ctime || now - inode.atime >= DAY) inode.atime = now;
}

/** Content or entries changed. */
export function touchChange(inode: Inode): void {
  inode.mtime = inode.ctime = inode.superblock.clock.now;
}
