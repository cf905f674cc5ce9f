// A dentry: a name in a directory, and for directories the names below it.

import type { Inode } from './inode.ts';
import type { Superblock } from './superblock.ts';

export class Dentry {
  name: string;
  /** The root of a file system is its own parent. */
  parent: Dentry;
  inode: Inode;
  /** Names of a directory that were made (memory-backed) or looked up so far (overlay, proc). */
  children: Map<string, Dentry> | undefined = undefined;
  /** How many mounts, in whatever namespace, are attached here. */
  mounts = 0;
  /** Its name was removed; what is open or mounted from it lives on. */
  deleted = false;

  constructor(name: string, parent: Dentry | undefined, inode: Inode) {
    this.name = name;
    this.parent = parent ?? this;
    this.inode = inode;
  }

  /** The file system it is a name in. */
  get superblock(): Superblock {
    return this.inode.superblock;
  }

  /** The path from the root of its file system: `/`, `/etc/passwd`. */
  get path(): string {
    const { parent } = this;
    if (parent === this) return '/';
    return parent.parent === parent ? `/${this.name}` : `${parent.path}/${this.name}`;
  }

  /** Whether this is `ancestor` or lies below it. */
  isWithin(ancestor: Dentry): boolean {
    return this === ancestor || (this.parent !== this && this.parent.isWithin(ancestor));
  }
}
