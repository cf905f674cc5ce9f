// A dentry: a name in a directory, and for directories the names below it.

import type { Inode } from './inode.ts';

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

  /** The path from the root of its file system: `/`, `/etc/passwd`. */
  get path(): string {
    let path = '';
    for (let at: Dentry = this; at.parent !== at; at = at.parent) path = `/${at.name}${path}`;
    return path || '/';
  }

  /** Whether this is `ancestor` or lies below it. */
  isWithin(ancestor: Dentry): boolean {
    for (let at: Dentry = this; ; at = at.parent) {
      if (at === ancestor) return true;
      if (at.parent === at) return false;
    }
  }
}
