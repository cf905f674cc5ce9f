// Absolute names without symbolic links, as realpath and readlink -f make them, and relative ones.

import { KernelError } from '../../kernel/errno.ts';
import { isDirectory, isSymlink } from '../../kernel/stat.ts';
import type { FileCalls } from '../../kernel/syscalls.ts';

/**
 * @param must what has to exist: everything, all but the last component, nothing
 * @param logical take `..` away before looking at links (`-L`); `nolinks` keeps links (`-s`)
 * @throws ENOENT ENOTDIR ELOOP EACCES
 */
export function resolve(sys: Pick<FileCalls, 'lstat' | 'readlink' | 'getcwd'>, path: string, must: 'all' | 'parent' | 'missing', style: 'physical' | 'logical' | 'nolinks' = 'physical'): string {
  if (path === '') throw new KernelError('ENOENT');
  let rest = (path.startsWith('/') ? path : `${sys.getcwd()}/${path}`).split('/').filter((part) => part && part !== '.');
  if (style !== 'physical') rest = withoutParents(rest);
  const trailing = path.endsWith('/') || path.endsWith('/.');
  let done: string[] = [];
  let links = 0;
  while (rest.length) {
    const part = rest.shift()!;
    if (part === '..') {
      done.pop();
      continue;
    }
    const here = `/${[...done, part].join('/')}`;
    let mode: number | undefined;
    try {
      mode = sys.lstat(here).mode;
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      if (must === 'all' || (must === 'parent' && (rest.length > 0 || error.errno !== 'ENOENT'))) throw error;
    }
    if (mode !== undefined && isSymlink(mode) && style !== 'nolinks') {
      if (++links > 40) {
        if (must === 'missing') return here;
        throw new KernelError('ELOOP');
      }
      const target = sys.readlink(here);
      if (target.startsWith('/')) done = [];
      rest = [...target.split('/').filter((name) => name && name !== '.'), ...rest];
      continue;
    }
    if (mode !== undefined && !isDirectory(mode) && (rest.length > 0 || trailing) && must !== 'missing' && !isSymlink(mode)) throw new KernelError('ENOTDIR');
    done.push(part);
  }
  return `/${done.join('/')}`;
}

/** `readlink -f` of BusyBox: the last component may be missing; what a link to nothing names is looked for below the working directory. @throws as `resolve` */
export function busyboxResolve(sys: Parameters<typeof resolve>[0], path: string): string {
  try {
    return resolve(sys, path, 'all');
  } catch (error) {
    if (!(error instanceof KernelError) || error.errno !== 'ENOENT' || path === '') throw error;
  }
  let target: string | undefined;
  try {
    target = sys.readlink(path);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
  }
  if (target !== undefined) return busyboxResolve(sys, target.startsWith('/') ? target : `${sys.getcwd()}/${target}`);
  const name = path.replace(/(?<=.)\/+$/, '');
  const cut = name.lastIndexOf('/');
  if (cut < 0) throw new KernelError('ENOENT');
  const parent = resolve(sys, name.slice(0, cut) || '/', 'all');
  return `${parent === '/' ? '' : parent}/${name.slice(cut + 1)}`;
}

function withoutParents(parts: readonly string[]): string[] {
  const kept: string[] = [];
  for (const part of parts) {
    if (part === '..') kept.pop();
    else kept.push(part);
  }
  return kept;
}

/** The name of an absolute path as seen from an absolute directory. */
export function relativePath(path: string, from: string): string {
  const a = path.split('/').filter(Boolean);
  const b = from.split('/').filter(Boolean);
  let common = 0;
  while (common < a.length && common < b.length && a[common] === b[common]) common++;
  return [...b.slice(common).map(() => '..'), ...a.slice(common)].join('/') || '.';
}
