// devtmpfs: the device nodes that the kernel makes by itself. There is one, however often it is mounted.

import { makedev, S_IFBLK, S_IFCHR, S_IFDIR, S_IFLNK } from '../../stat.ts';
import type { FilesystemType, MountRequest } from '../../vfs/filesystem-type.ts';
import { Tmpfs } from '../tmpfs/tmpfs.ts';

const NODES: readonly [name: string, mode: number, major: number, minor: number][] = [
  ['null', S_IFCHR | 0o666, 1, 3], ['zero', S_IFCHR | 0o666, 1, 5], ['full', S_IFCHR | 0o666, 1, 7],
  ['random', S_IFCHR | 0o666, 1, 8], ['urandom', S_IFCHR | 0o666, 1, 9], ['kmsg', S_IFCHR | 0o644, 1, 11],
  ['tty', S_IFCHR | 0o666, 5, 0], ['console', S_IFCHR | 0o600, 5, 1], ['ptmx', S_IFCHR | 0o666, 5, 2],
  ['vda', S_IFBLK | 0o660, 254, 0], ['vda1', S_IFBLK | 0o660, 254, 1],
];

const LINKS = { fd: '/proc/self/fd', stdin: '/proc/self/fd/0', stdout: '/proc/self/fd/1', stderr: '/proc/self/fd/2' };
const DIRECTORIES: readonly [name: string, mode: number][] = [['pts', 0o755], ['shm', 0o1777], ['mqueue', 0o1777]];

export function devtmpfsType(memoryPages: number): FilesystemType {
  let devices: Tmpfs | undefined;
  return {
    name: 'devtmpfs',
    mount: ({ vfs }) => devices ??= makeDevices({ vfs, data: `size=${memoryPages * 2}k,nr_inodes=${memoryPages >> 1},mode=755` }, memoryPages),
  };
}

function makeDevices(request: Pick<MountRequest, 'vfs' | 'data'>, memoryPages: number): Tmpfs {
  const devices = new Tmpfs(request, memoryPages, 'devtmpfs');
  const { root } = devices;
  const owner = { uid: 0, gid: 0 };
  for (const [name, mode, major, minor] of NODES) devices.create(root, name, { ...owner, mode, rdev: makedev(major, minor) });
  for (const [name, target] of Object.entries(LINKS)) devices.create(root, name, { ...owner, mode: S_IFLNK | 0o777, target });
  for (const [name, mode] of DIRECTORIES) devices.create(root, name, { ...owner, mode: S_IFDIR | mode });
  return devices;
}
