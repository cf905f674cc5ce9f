// The virtual file system: names, metadata, open files and mounts, for whoever an FsContext stands for.

import type { Clock } from '../../base/clock.ts';
import { isDirectory, makedev } from '../stat.ts';
import { Dentry } from './dentry.ts';
import type { MountRequest } from './filesystem-type.ts';
import type { FsContext } from './fs-context.ts';
import type { Mount } from './mount.ts';
import type { MountNamespace } from './mount-namespace.ts';
import { mountEntries, type MountEntry, mountInfoText, mountsText } from './mount-text.ts';
import { DEFAULT_FLAGS, Mounting } from './mounting.ts';
import type { SpecialFiles } from './special-files.ts';
import type { Superblock } from './superblock.ts';
import type { VirtualDentry } from './virtual-dentry.ts';

export interface VfsOptions {
  readonly clock: Clock;
  readonly specialFiles: SpecialFiles;
}

/**
 * One kernel's. Each method stands for the system call of its name, on behalf of the context, and throws KernelError.
 * Its layers, lowest first: PathWalk, Attributes, Names, Opening, MountTable, Mounting.
 */
export class Vfs extends Mounting {
  protected readonly specialFiles: SpecialFiles;
  #devices = 20;

  constructor({ clock, specialFiles }: VfsOptions) {
    super(clock);
    this.specialFiles = specialFiles;
  }

  /** A new device number for a file system without a device. */
  anonymousDevice(): number {
    return makedev(0, ++this.#devices);
  }

  override newRootNamespace(superblock: Superblock, source: string, flags = DEFAULT_FLAGS): MountNamespace {
    return super.newRootNamespace(superblock, source, flags);
  }

  /** The root of a namespace, to build a first FsContext from. */
  rootOf({ root }: MountNamespace): VirtualDentry {
    return { mount: root, dentry: root.root };
  }

  /** The mount that a path is on. */
  mountOf(context: FsContext, path: string): Mount {
    return this.resolve(context, path).mount;
  }

  mounts(context: FsContext): readonly MountEntry[] {
    return mountEntries(context);
  }

  /** The text of `/proc/<pid>/mounts`. */
  mountsText(context: FsContext): string {
    return mountsText(context);
  }

  /** The text of `/proc/<pid>/mountinfo`. */
  mountInfo(context: FsContext): string {
    return mountInfoText(context);
  }

  /**
   * Visit a place of one file system and everything below it, parents first, without permissions, mounts or access
   * times. `path` is relative to the start ('' for itself). Names of the same file share `dentry.inode`.
   */
  walk(context: FsContext, start: Superblock | Dentry, visit: (path: string, dentry: Dentry) => void): void {
    const from = start instanceof Dentry ? start : start.root;
    const { superblock } = from;
    const descend = (path: string, dentry: Dentry): void => {
      visit(path, dentry);
      if (!isDirectory(dentry.inode.mode)) return;
      for (const item of superblock.entries(dentry, context)) {
        const child = item instanceof Dentry ? item : superblock.lookup(dentry, item.name, context);
        if (child) descend(path ? `${path}/${item.name}` : item.name, child);
      }
    };
    descend('', from);
  }

  protected override mountRequest(request: Omit<MountRequest, 'vfs'>): MountRequest {
    return { vfs: this, ...request };
  }
}
