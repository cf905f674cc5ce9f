// What open files of a file system have in common: the place they were opened at, which they keep in use.

import type { Stat } from '../stat.ts';
import type { Dentry } from './dentry.ts';
import { FileDescription } from './file-description.ts';
import { unlock } from './flock.ts';
import type { Inode } from './inode.ts';
import { pathBetween } from './place-path.ts';
import type { VirtualDentry } from './virtual-dentry.ts';

export abstract class OpenedFile extends FileDescription {
  override readonly place: VirtualDentry;
  readonly #inode: Inode;

  constructor(place: VirtualDentry, flags: number) {
    super(flags);
    this.place = place;
    this.#inode = place.dentry.inode;
    this.#inode.opens++;
    place.mount.users++;
    if (this.canWrite) {
      place.mount.writers++;
      place.mount.superblock.writers++;
    }
  }

  protected get dentry(): Dentry {
    return this.place.dentry;
  }

  /** What the name stood for at open, or its copy in an overlay's upper layer since. */
  get inode(): Inode {
    return this.place.dentry.inode;
  }

  override get name(): string {
    return pathBetween(undefined, this.place).path + (this.place.dentry.deleted ? ' (deleted)' : '');
  }

  stat(): Stat {
    return this.place.mount.superblock.getattr(this.place.dentry);
  }

  get readable(): boolean {
    return true;
  }

  get writable(): boolean {
    return true;
  }

  release(): void {
    unlock(this);
    const { mount } = this.place;
    mount.users--;
    if (this.canWrite) {
      mount.writers--;
      mount.superblock.writers--;
    }
    const inode = this.#inode;
    if (--inode.opens === 0 && inode.nlink === 0) inode.superblock.evict(inode);
  }
}
