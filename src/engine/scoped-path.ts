// Paths inside another root, as seen from outside it: symbolic links may not lead out (filepath-securejoin).

import { KernelError } from '../kernel/errno.ts';
import { isSymlink } from '../kernel/stat.ts';
import type { Syscalls } from '../kernel/syscalls.ts';

/** The path on the caller's side of `path` below `root`, every symbolic link resolved as if `root` were `/`. What does not exist is kept as written. */
export function scopedPath(sys: Syscalls, root: string, path: string): string {
  const todo = path.split('/').reverse();
  const done: string[] = [];
  let links = 0;
  // From the first name that is not there on, nothing can be a link.
  let gone = Infinity;
  while (todo.length) {
    const part = todo.pop()!;
    if (part === '' || part === '.') continue;
    if (part === '..') {
      done.pop();
      if (done.length < gone) gone = Infinity;
      continue;
    }
    done.push(part);
    if (done.length > gone) continue;
    const target = linkTarget(sys, `${root}/${done.join('/')}`);
    if (target === undefined) continue;
    if (target === false) {
      gone = done.length;
      continue;
    }
    if (++links > 255) throw new KernelError('ELOOP');
    done.pop();
    if (target.startsWith('/')) done.length = 0;
    todo.push(...target.split('/').reverse());
  }
  return done.length ? `${root}/${done.join('/')}` : root;
}

/** false when there is nothing; undefined for what is no link. */
function linkTarget(sys: Syscalls, path: string): string | false | undefined {
  try {
    return isSymlink(sys.lstat(path).mode) ? sys.readlink(path) : undefined;
  } catch {
    return false;
  }
}
