// Paths with their symbolic links resolved as Go resolves them, from the left, telling where that failed; and subpaths that stay in their volume.

import { ApiError } from '../../api/errors.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory, isSymlink } from '../../kernel/stat.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { goErrno } from '../files.ts';
import { joinPath } from '../path.ts';
import { scopedPath } from '../scoped-path.ts';

/** As `filepath.EvalSymlinks` of an absolute path. @throws system `<what>: lstat /p: no such file or directory`, or of the kind that `missing` says */
export function evalSymlinks(sys: Syscalls, path: string, what: string, missing: 'system' | 'notFound' = 'system'): string {
  const todo = path.split('/').reverse();
  let done = '';
  for (let links = 0; todo.length;) {
    const part = todo.pop()!;
    if (part === '' || part === '.') continue;
    if (part === '..') {
      done = done.slice(0, Math.max(0, done.lastIndexOf('/')));
      continue;
    }
    const at = `${done}/${part}`;
    let mode: number;
    try {
      ({ mode } = sys.lstat(at));
    } catch (error) {
      throw new ApiError(error instanceof KernelError && error.errno === 'ENOENT' ? missing : 'system', `${what}: lstat ${at}: ${goErrno(error)}`);
    }
    if (isSymlink(mode)) {
      if (++links > 255) throw new ApiError('system', `${what}: EvalSymlinks: too many links`);
      const target = sys.readlink(at);
      if (target.startsWith('/')) done = '';
      todo.push(...target.split('/').reverse());
    } else if (isDirectory(mode) || !todo.length) done = at;
    else throw new ApiError('system', `${what}: not a directory`);
  }
  return done || '/';
}

/** As safepath.Join: a subpath may not lead out of the volume. @throws notFound, system */
export function safeJoin(sys: Syscalls, base: string, subpath: string | undefined): string {
  if (!subpath) return base;
  const asked = joinPath(base, subpath);
  const real = evalSymlinks(sys, asked, `cannot access path ${asked}`, 'notFound');
  if (real !== base && !real.startsWith(`${base}/`)) throw new ApiError('system', `path concatenation escapes the base directory, base: ${base}, subpath: ${subpath}`);
  return scopedPath(sys, base, subpath);
}
