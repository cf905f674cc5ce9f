// A mount as the runtime is to make it in a container: the `mounts` of an OCI spec.

import type { MountFlags } from '../../kernel/syscalls.ts';

export interface RuntimeMount {
  /** A file system type, or '' for a bind. */
  readonly type: string;
  /** For a bind a path of the host; else the device shown in `/proc/mounts`. */
  readonly source: string;
  /** What is told of the source when the mount fails: a subpath is mounted through a name of its own. */
  readonly alias?: string;
  readonly destination: string;
  readonly flags: MountFlags;
  readonly data: string;
  /** For binds. */
  readonly propagation?: string;
  /** A bind of the source only, not of what is mounted below it. */
  readonly nonRecursive?: boolean;
  /** Read-only itself, not what is mounted below it. */
  readonly writableBelow?: boolean;
}

const SAFE: MountFlags = { nosuid: true, noexec: true, nodev: true };

/** What every container gets, in runc's order. The mount of `/dev/shm` gives way to one asked for. */
export function defaultMounts(shmSize: number): RuntimeMount[] {
  return [
    { type: 'proc', source: 'proc', destination: '/proc', flags: SAFE, data: '' },
    { type: 'tmpfs', source: 'tmpfs', destination: '/dev', flags: { nosuid: true }, data: 'mode=755,size=65536k' },
    { type: 'devpts', source: 'devpts', destination: '/dev/pts', flags: { nosuid: true, noexec: true }, data: 'newinstance,ptmxmode=0666,mode=0620,gid=5' },
    { type: 'sysfs', source: 'sysfs', destination: '/sys', flags: { ...SAFE, readonly: true }, data: '' },
    { type: 'cgroup', source: 'cgroup', destination: '/sys/fs/cgroup', flags: { ...SAFE, readonly: true }, data: '' },
    { type: 'mqueue', source: 'mqueue', destination: '/dev/mqueue', flags: SAFE, data: '' },
    { type: 'tmpfs', source: 'shm', destination: '/dev/shm', flags: SAFE, data: `mode=1777,size=${shmSize}` },
  ];
}

/** Shallow destinations first, otherwise in the order given. */
export function byDepth(a: { readonly destination: string }, b: { readonly destination: string }): number {
  return depth(a.destination) - depth(b.destination);
}

const depth = (path: string) => path.split('/').filter(Boolean).length;
