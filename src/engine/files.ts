// Small file operations that the daemon needs everywhere: make a directory with its parents, remove a tree, ask whether something is there.

import { KernelError } from '../kernel/errno.ts';
import { isDirectory, type Stat } from '../kernel/stat.ts';
import type { Syscalls } from '../kernel/syscalls.ts';
import { dirname } from './path.ts';

/** The stat of what the path leads to; undefined when there is nothing. */
export function statOf(sys: Syscalls, path: string): Stat | undefined {
  try {
    return sys.stat(path);
  } catch {
    return undefined;
  }
}

/** As `os.MkdirAll`, with exactly this mode whatever the umask. @throws ENOTDIR and what `mkdir` throws */
export function makeDirectories(sys: Syscalls, path: string, mode = 0o755): void {
  const umask = sys.setUmask(0);
  try {
    make(sys, path, mode);
  } finally {
    sys.setUmask(umask);
  }
}

function make(sys: Syscalls, path: string, mode: number): void {
  try {
    sys.mkdir(path, mode);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    if (error.errno === 'ENOENT' && path !== '/') {
      make(sys, dirname(path), mode);
      sys.mkdir(path, mode);
    } else if (error.errno === 'EEXIST') {
      const there = statOf(sys, path);
      // A link that leads nowhere is in the way.
      if (!there) throw error;
      if (!isDirectory(there.mode)) throw new KernelError('ENOTDIR');
    } else throw error;
  }
}

/** As `os.RemoveAll`: what is not there is no error. */
export function removeTree(sys: Syscalls, path: string): void {
  let stat: Stat;
  try {
    stat = sys.lstat(path);
  } catch {
    return;
  }
  remove(sys, path, stat.mode);
}

function remove(sys: Syscalls, path: string, mode: number): void {
  if (!isDirectory(mode)) return sys.unlink(path);
  for (const { name, type } of sys.readdir(path)) remove(sys, `${path}/${name}`, type);
  sys.rmdir(path);
}

/** As Go spells a failed system call: `lstat /x: no such file or directory`. */
export function goErrno(error: unknown): string {
  if (!(error instanceof KernelError)) throw error;
  const text = error.message;
  return text.charAt(0).toLowerCase() + text.slice(1);
}
