// How many bytes a directory holds, as `docker system df` counts: apparent sizes of files, hard links once.

import { isDirectory } from '../kernel/stat.ts';
import type { Syscalls } from '../kernel/syscalls.ts';

export function treeSize(sys: Syscalls, path: string, seen = new Set<string>()): number {
  const stat = sys.lstat(path);
  if (!isDirectory(stat.mode)) {
    if (stat.nlink > 1) {
      const key = `${stat.dev}:${stat.ino}`;
      if (seen.has(key)) return 0;
      seen.add(key);
    }
    return stat.size;
  }
  let size = 0;
  for (const entry of sys.readdir(path)) size += treeSize(sys, `${path}/${entry.name}`, seen);
  return size;
}
