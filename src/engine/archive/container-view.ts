// A container's files as its archive calls see them: a mount namespace with its root as `/` and its volumes and binds on it.

import { dirname, cleanPath } from '../path.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import type { ArchiveTarget } from '../archive-target.ts';
import { makeDirectories, statOf } from '../files.ts';
import { isDirectory } from '../../kernel/stat.ts';
import { scopedPath } from '../scoped-path.ts';

export interface View {
  readonly sys: Syscalls;
  close(): void;
}

/** Close it when done. Tmpfs mounts of the running container are not in it, as in moby. */
export function openView(sys: Syscalls, target: ArchiveTarget): View {
  const process = sys.newProcess({ newNamespaces: ['mnt'], descriptors: 'none' });
  try {
    const inner = process.sys;
    inner.setUmask(0);
    inner.mount('', '/', '', { propagation: 'private', recursive: true });
    for (const { source, destination, readonly } of target.mounts) {
      const path = scopedPath(inner, target.rootDirectory, destination);
      const stat = inner.stat(source);
      makeMountPoint(inner, path, isDirectory(stat.mode));
      inner.mount(source, path, '', { bind: true, recursive: true });
      if (readonly) inner.mount('', path, '', { bind: true, remount: true, readonly: true });
    }
    inner.chroot(target.rootDirectory);
    inner.chdir('/');
    return { sys: inner, close: () => process.abandon() };
  } catch (error) {
    process.abandon();
    throw error;
  }
}

/** The same for a plain directory: `/` is that directory. */
export function openRoot(sys: Syscalls, directory: string): View {
  const process = sys.newProcess({ descriptors: 'none' });
  process.sys.setUmask(0);
  process.sys.chroot(directory);
  process.sys.chdir('/');
  return { sys: process.sys, close: () => process.abandon() };
}

function makeMountPoint(sys: Syscalls, path: string, directory: boolean): void {
  if (statOf(sys, path)) return;
  makeDirectories(sys, directory ? path : dirname(path));
  if (!directory) sys.writeFile(path, '', 0o755);
}

/** The mount that a path of the container lies in. */
export function mountOf(target: ArchiveTarget, path: string): ArchiveTarget['mounts'][number] | undefined {
  const clean = cleanPath(path);
  return target.mounts.findLast(({ destination }) => clean === destination || clean.startsWith(`${destination}/`));
}
