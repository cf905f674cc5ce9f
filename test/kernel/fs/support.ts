// A kernel's file systems without processes: a disk as root, contexts built by hand, devices that only know /dev/null.

import { EMPTY, decode } from '../../../src/base/bytes.ts';
import { Clock } from '../../../src/base/clock.ts';
import type { Task } from '../../../src/base/task.ts';
import { KernelError } from '../../../src/kernel/errno.ts';
import { Disk, type DiskOptions } from '../../../src/kernel/fs/disk/disk.ts';
import type { ProcProcess, ProcSource } from '../../../src/kernel/fs/proc/proc-source.ts';
import { overlayType } from '../../../src/kernel/fs/overlay/overlay-type.ts';
import { registerFilesystems } from '../../../src/kernel/fs/register.ts';
import type { FileDescription } from '../../../src/kernel/vfs/file-description.ts';
import type { FsContext } from '../../../src/kernel/vfs/fs-context.ts';
import { OpenedFile } from '../../../src/kernel/vfs/opened-file.ts';
import type { SpecialFiles } from '../../../src/kernel/vfs/special-files.ts';
import type { VirtualDentry } from '../../../src/kernel/vfs/virtual-dentry.ts';
import { Vfs } from '../../../src/kernel/vfs/vfs.ts';

class NullFile extends OpenedFile {
  // eslint-disable-next-line require-yield
  override *read(): Task<Uint8Array> {
    return EMPTY;
  }
  // eslint-disable-next-line require-yield
  override *write(bytes: Uint8Array): Task<number> {
    return bytes.length;
  }
}

const specialFiles: SpecialFiles = {
  openCharDevice: (_context, rdev, flags, _name, place: VirtualDentry) => {
    if (rdev !== 0x100003) throw new KernelError('ENXIO');
    return new NullFile(place, flags);
  },
  openBlockDevice: () => {
    throw new KernelError('ENXIO');
  },
  openFifo: () => {
    throw new KernelError('ENXIO');
  },
};

export interface Machine {
  readonly vfs: Vfs;
  readonly clock: Clock;
  readonly disk: Disk;
  /** Root in the first namespace. */
  readonly root: FsContext;
  /** Another process of uid and gid `id`, with the same places. */
  user(id: number, groups?: readonly number[]): FsContext;
  fork(context: FsContext): FsContext;
  readonly processes: Map<number, ProcProcess>;
}

export function machine(options: Partial<DiskOptions> = {}): Machine {
  const clock = new Clock(1_700_000_000_000);
  const vfs = new Vfs({ clock, specialFiles });
  const disk = new Disk({ clock, ...options });
  const processes = new Map<number, ProcProcess>();
  const proc: ProcSource = {
    pids: () => [...processes.keys()],
    process: (_namespace, pid) => processes.get(pid),
    pidOf: (_namespace, context) => [...processes].find(([, process]) => process.context === context)?.[0],
    uptime: () => clock.now - 1_700_000_000_000,
    bootTime: 1_700_000_000_000,
    memory: { total: 4 * 1024 ** 3, free: 2 * 1024 ** 3, available: 3 * 1024 ** 3 },
    processors: 2, release: '6.1.0', version: '#1 SMP', hostname: () => 'host',
  };
  registerFilesystems(vfs, { proc, disks: [disk] });
  vfs.registerFilesystem(overlayType);
  const namespace = vfs.newRootNamespace(disk, '/dev/vda1');
  const place = vfs.rootOf(namespace);
  const contexts: FsContext[] = [];
  const make = (uid: number, groups: readonly number[], from?: FsContext): FsContext => {
    const context: FsContext = {
      credentials: { uid, gid: uid, groups, capable: uid === 0 }, umask: from?.umask ?? 0o022,
      namespace: from?.namespace ?? namespace, root: from?.root ?? place, cwd: from?.cwd ?? place,
      globalPid: contexts.length + 1, pidNamespace: namespace,
    };
    contexts.push(context);
    return context;
  };
  vfs.contexts = () => contexts;
  const root = make(0, []);
  return { vfs, clock, disk, root, processes, user: (id, groups = []) => make(id, groups, root), fork: (context) => make(context.credentials.uid, context.credentials.groups, context) };
}

/** Run a task that does not wait. */
export function now<T>(task: Task<T>): T {
  const { done, value } = task.next();
  if (!done) throw new Error('it would wait');
  return value as T;
}

export const text = (file: FileDescription, max = 1 << 20): string => decode(now(file.read(max)));

/** The name of the error that it throws, '' when it does not. */
export function errno(action: () => unknown): string {
  try {
    action();
    return '';
  } catch (error) {
    if (error instanceof KernelError) return error.errno;
    throw error;
  }
}
