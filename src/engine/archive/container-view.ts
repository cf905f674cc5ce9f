// A container's files as its archive calls see them: a mount namespace with its root as `/` and its volumes and binds on it.

import { ApiError } from '../../api/errors.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory, isSymlink, type Stat } from '../../kernel/stat.ts';
import { O_CREAT, O_RDWR, type Syscalls } from '../../kernel/syscalls.ts';
import type { ArchiveTarget } from '../archive-target.ts';
import { goErrno, statOf } from '../files.ts';
import { cleanPath, dirname } from '../path.ts';
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
      makeMountPoint(inner, target.rootDirectory, destination, isDirectory(inner.stat(source).mode));
      const path = scopedPath(inner, target.rootDirectory, destination);
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

/** A directory with its parents, or a file, which is opened for writing: one of a lower layer is copied up. @throws system */
function makeMountPoint(sys: Syscalls, root: string, destination: string, directory: boolean): void {
  const name = destination.slice(1);
  const parents = directory ? name : dirname(name);
  if (parents !== '.') attempt('mkdirat', parents, () => makeAll(sys, root, parents));
  if (!directory) attempt('openat', name, () => sys.close(sys.open(below(sys, root, name, 'openat'), O_RDWR | O_CREAT, 0o755)));
}

function attempt(call: string, name: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw error instanceof KernelError ? new ApiError('system', `${call} ${name}: ${goErrno(error)}`) : error;
  }
}

/** As `Root.MkdirAll`. */
function makeAll(sys: Syscalls, root: string, name: string): void {
  const path = below(sys, root, name, 'mkdirat', false);
  try {
    sys.mkdir(path, 0o755);
  } catch (error) {
    if (!(error instanceof KernelError) || error.errno !== 'EEXIST') throw error;
    const link = isSymlink(sys.lstat(path).mode);
    const there = statOf(sys, link ? below(sys, root, name, `mkdirat ${name}: statat`) : path);
    if (!there || !isDirectory(there.mode)) throw link && there ? new KernelError('ENOTDIR') : error;
  }
}

/** The path of a name as Go's os.Root finds it: links are followed when they are relative and stay below. Directories on the way are made. */
function below(sys: Syscalls, root: string, name: string, call: string, followLast = true): string {
  const todo = name.split('/').reverse(), done = [root];
  for (let links = 0; todo.length;) {
    const part = todo.pop()!;
    if (part === '' || part === '.') continue;
    if (part !== '..') done.push(part);
    else if (done.length > 1) done.pop();
    else links = Infinity;
    const path = done.join('/');
    const stat = lstatOf(sys, path);
    if (stat && isSymlink(stat.mode) && (todo.length || followLast)) {
      const target = sys.readlink(path);
      links += target.startsWith('/') ? Infinity : 1;
      done.pop();
      todo.push(...target.split('/').reverse());
    } else if (!stat && todo.length) sys.mkdir(path, 0o755);
    if (links > 40) throw new ApiError('system', `${call} ${name}: path escapes from parent`);
  }
  return done.join('/');
}

/** Undefined for what is not there. @throws ENOTDIR */
function lstatOf(sys: Syscalls, path: string): Stat | undefined {
  try {
    return sys.lstat(path);
  } catch (error) {
    if (error instanceof KernelError && error.errno === 'ENOENT') return undefined;
    throw error;
  }
}

/** The mount that a path of the container lies in. */
export function mountOf(target: ArchiveTarget, path: string): ArchiveTarget['mounts'][number] | undefined {
  const clean = cleanPath(path);
  return target.mounts.findLast(({ destination }) => clean === destination || clean.startsWith(`${destination}/`));
}
