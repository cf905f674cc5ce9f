// File systems that are here only to be seen: sysfs and control groups, a few directories that nobody can change.

import { KernelError } from '../../errno.ts';
import { isDirectory, S_IFDIR } from '../../stat.ts';
import type { FilesystemType, MountRequest } from '../../vfs/filesystem-type.ts';
import type { NewInode } from '../../vfs/superblock.ts';
import type { Dentry } from '../../vfs/dentry.ts';
import { MemorySuperblock } from '../memory/memory-superblock.ts';

class StaticSuperblock extends MemorySuperblock {
  readonly #options: string;

  constructor({ vfs, data }: MountRequest, type: string, directories: readonly string[]) {
    super({ clock: vfs.clock, dev: vfs.anonymousDevice(), type, rootMode: 0o555, pages: 0, inodes: Infinity, firstIno: 1 });
    this.#options = data && `,${data}`;
    for (const path of directories) {
      let at = this.root;
      for (const name of path.split('/')) at = this.lookup(at, name) ?? super.create(at, name, { mode: S_IFDIR | 0o755, uid: 0, gid: 0 });
    }
  }

  override get options(): string {
    return this.#options;
  }

  override create(_directory: Dentry, _name: string, { mode }: NewInode): never {
    throw new KernelError(isDirectory(mode) ? 'EPERM' : 'EACCES');
  }

  override link(): never {
    throw new KernelError('EPERM');
  }

  override remove(): never {
    throw new KernelError('EPERM');
  }

  override rename(): never {
    throw new KernelError('EPERM');
  }
}

/** One instance for each option string, as sysfs and each control group hierarchy have. */
export function staticType(name: string, directories: readonly string[]): FilesystemType {
  const instances = new Map<string, StaticSuperblock>();
  return {
    name,
    mount(request) {
      let instance = instances.get(request.data);
      if (!instance) instances.set(request.data, instance = new StaticSuperblock(request, name, directories));
      return instance;
    },
  };
}
