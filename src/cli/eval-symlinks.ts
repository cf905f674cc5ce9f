// Go's filepath.EvalSymlinks: a path without symbolic links, or the first thing on the way that is not there.

import { isDirectory, isSymlink, type Stat } from '../kernel/stat.ts';
import type { Syscalls } from '../kernel/syscalls.ts';
import { CliError } from './errors.ts';
import { cleanPath, pathError } from './go.ts';

/** `os.Lstat`. @throws CliError `lstat PATH: …` */
export function lstat(sys: Syscalls, path: string): Stat {
  try {
    return sys.lstat(path);
  } catch (error) {
    throw new CliError(pathError('lstat', path, error));
  }
}

/** @param path absolute; one that ends in a slash names a directory @throws CliError */
export function evalSymlinks(sys: Syscalls, path: string): string {
  let done = '', links = 0;
  for (let end = 0; ;) {
    let start = end;
    while (path[start] === '/') start++;
    end = path.indexOf('/', start);
    if (end < 0) end = path.length;
    const name = path.slice(start, end);
    if (!name) return cleanPath(done || '/');
    if (name === '.') continue;
    if (name === '..') {
      done = done.slice(0, Math.max(0, done.lastIndexOf('/')));
      continue;
    }
    const parent = done;
    done += `/${name}`;
    const { mode } = lstat(sys, done);
    if (!isSymlink(mode)) {
      if (!isDirectory(mode) && end < path.length) throw new CliError('not a directory');
      continue;
    }
    if (++links > 255) throw new CliError('EvalSymlinks: too many links');
    const link = sys.readlink(done);
    done = link.startsWith('/') ? '' : parent;
    path = link + path.slice(end);
    end = 0;
  }
}
