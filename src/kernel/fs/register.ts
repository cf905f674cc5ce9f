// The file systems that are built into this kernel, as `/proc/filesystems` lists them. Overlay is a module: whoever needs it registers it.

import { staticType } from './static/static-type.ts';
import { PAGE } from '../vfs/file-data.ts';
import type { Vfs } from '../vfs/vfs.ts';
import { devptsType } from './dev/devpts.ts';
import { devtmpfsType } from './dev/devtmpfs.ts';
import { type Disk, DiskType } from './disk/disk.ts';
import { MemorySuperblock } from './memory/memory-superblock.ts';
import type { ProcSource } from './proc/proc-source.ts';
import { procType } from './proc/proc-superblock.ts';
import { tmpfsType } from './tmpfs/tmpfs.ts';

const SYSFS = 'block bus class/block class/net class/tty dev/block dev/char devices/system/cpu firmware fs/cgroup fs/ext4 fs/bpf kernel module power'.split(' ');

export interface RegisterOptions {
  readonly proc: ProcSource;
  /** What can be mounted by device node. */
  readonly disks: readonly Disk[];
}

export function registerFilesystems(vfs: Vfs, { proc, disks }: RegisterOptions): void {
  const memoryPages = Math.floor(proc.memory.total / PAGE);
  const types = [
    staticType('sysfs', SYSFS), tmpfsType(memoryPages), procType(proc, disks), staticType('cgroup', []), staticType('cgroup2', []),
    devtmpfsType(memoryPages), devptsType, new DiskType(disks),
    {
      name: 'mqueue',
      mount: () => new MemorySuperblock({ clock: vfs.clock, dev: vfs.anonymousDevice(), type: 'mqueue', rootMode: 0o1777, pages: 0, inodes: Infinity, firstIno: 1 }),
    },
  ];
  for (const type of types) vfs.registerFilesystem(type);
}
