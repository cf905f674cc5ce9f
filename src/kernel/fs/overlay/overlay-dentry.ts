// A name in an overlay: what of each layer stands behind it.

import { Dentry } from '../../vfs/dentry.ts';
import type { OverlaySuperblock } from './overlay-superblock.ts';

export class OverlayDentry extends Dentry {
  readonly overlay: OverlaySuperblock;
  declare parent: OverlayDentry;
  declare children: Map<string, OverlayDentry> | undefined;
  /** In the upper layer, when it is there. Its inode, or else that of the first lower, is `inode`. */
  upper: Dentry | undefined;
  /** Directories that are merged with it, topmost first; for other files the one that is shown (or was, before copy-up). */
  lowers: readonly Dentry[];

  constructor(overlay: OverlaySuperblock, name: string, parent: OverlayDentry | undefined, upper: Dentry | undefined, lowers: readonly Dentry[]) {
    super(name, parent, (upper ?? lowers[0]!).inode);
    this.overlay = overlay;
    this.upper = upper;
    this.lowers = lowers;
  }

  override get superblock(): OverlaySuperblock {
    return this.overlay;
  }

  /** What shows: upper before lower. */
  get real(): Dentry {
    return this.upper ?? this.lowers[0]!;
  }
}
