// Calls on the mounts of the process's mount namespace.

import type { MountFlags } from '../../syscalls.ts';
import type { MountEntry } from '../../vfs/mount-text.ts';
import { NameCalls } from './name-calls.ts';

export abstract class Mounting extends NameCalls {
  mount(source: string, target: string, type: string, flags: MountFlags, data?: string): void {
    this.vfs.mount(this.context, source, target, type, flags, data);
  }

  umount(target: string, options?: { readonly lazy?: boolean }): void {
    this.vfs.umount(this.context, target, options);
  }

  pivotRoot(newRoot: string): void {
    this.vfs.pivotRoot(this.context, newRoot);
  }

  mounts(): readonly MountEntry[] {
    return this.vfs.mounts(this.context);
  }
}
