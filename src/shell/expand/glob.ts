// Pathname expansion: the names in the file system that a pattern matches.

import { KernelError } from '../../kernel/errno.ts';
import { isDirectory } from '../../kernel/stat.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { hasMagic, matches, unescapePattern } from './pattern.ts';

export interface GlobOptions {
  readonly extended: boolean;
  readonly dots: boolean;
  readonly star: boolean;
  readonly ignoreCase: boolean;
}

const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function quietly<T>(call: () => T, otherwise: T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof KernelError) return otherwise;
    throw error;
  }
}

/** Matching names in order of their characters; none when nothing matches. */
export function glob(sys: Syscalls, pattern: string, options: GlobOptions): string[] {
  const absolute = pattern.startsWith('/');
  const parts = pattern.split(/\/+/).filter((part, i, all) => part !== '' || i === all.length - 1);
  let found: string[] = [absolute ? '/' : ''];
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1;
    const next: string[] = [];
    for (const base of found) {
      if (part === '') {
        // `*/`: directories only.
        if (base && quietly(() => isDirectory(sys.stat(base).mode), false)) next.push(base);
      } else if (options.star && part === '**') {
        descend(sys, base, last, next, options.dots);
      } else if (hasMagic(part, options.extended)) {
        const dots = options.dots || part.startsWith('.') || part.startsWith('\\.');
        for (const entry of quietly(() => sys.readdir(base || '.'), [])) {
          if (entry.name.startsWith('.') && !dots) continue;
          if (!matches(part, entry.name, options.extended, options.ignoreCase)) continue;
          const path = base + entry.name;
          if (last || quietly(() => isDirectory(sys.stat(path).mode), false)) next.push(last ? path : `${path}/`);
        }
      } else {
        const path = base + unescapePattern(part);
        if (!last) next.push(`${path}/`);
        else if (quietly(() => (sys.lstat(path), true), false)) next.push(path);
      }
    }
    if (!next.length) return [];
    found = next;
  }
  return found.sort(byCode);
}

function descend(sys: Syscalls, base: string, last: boolean, out: string[], dots: boolean): void {
  if (!last || base) out.push(base);
  for (const entry of quietly(() => sys.readdir(base || '.'), [])) {
    if (entry.name.startsWith('.') && !dots) continue;
    const path = base + entry.name;
    const directory = quietly(() => isDirectory(sys.lstat(path).mode), false);
    if (directory) descend(sys, `${path}/`, last, out, dots);
    else if (last) out.push(path);
  }
}
