// File systems as statfs(2) numbers and `stat -f` names them, and device numbers as programs print them.

import { major, minor } from '../../kernel/stat.ts';

/** Name → magic number, and the name that GNU's `stat -f` has for it. */
const TYPES: Readonly<Record<string, readonly [number, string]>> = {
  ext4: [0xef53, 'ext2/ext3'], tmpfs: [0x01021994, 'tmpfs'], devtmpfs: [0x01021994, 'tmpfs'], overlay: [0x794c7630, 'overlayfs'], proc: [0x9fa0, 'proc'],
  sysfs: [0x62656572, 'sysfs'], devpts: [0x1cd1, 'devpts'], mqueue: [0x19800202, 'mqueue'], cgroup: [0x27e0eb, 'cgroupfs'], cgroup2: [0x63677270, 'cgroup2fs'],
};

export const fsMagic = (type: string): number => TYPES[type]?.[0] ?? 0;
export const fsName = (type: string): string => TYPES[type]?.[1] ?? `UNKNOWN (0x${fsMagic(type).toString(16)})`;

/** A device as the number that glibc makes of it. */
export const deviceNumber = (dev: number): number => (minor(dev) & 0xff) + (major(dev) & 0xfff) * 256 + (minor(dev) >> 8) * 0x100000;
