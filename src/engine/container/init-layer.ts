// The `-init` layer between image and container: the files that the daemon mounts over, so that they never show as changes.

import type { Syscalls } from '../../kernel/syscalls.ts';
import { basename, dirname } from '../path.ts';

const ENTRIES: readonly (readonly [path: string, kind: 'dir' | 'file' | string])[] = [
  ['/dev/pts', 'dir'], ['/dev/shm', 'dir'], ['/proc', 'dir'], ['/sys', 'dir'], ['/.dockerenv', 'file'], ['/etc/resolv.conf', 'file'],
  ['/etc/hosts', 'file'], ['/etc/hostname', 'file'], ['/dev/console', 'file'], ['/etc/mtab', '/proc/mounts'],
];

/** @param root the init layer, mounted over the image */
export function setUpInitLayer(sys: Syscalls, root: string): void {
  const listed = new Map<string, ReadonlySet<string>>();
  const names = (directory: string): ReadonlySet<string> => {
    let found = listed.get(directory);
    if (!found) {
      const top = directory !== root && !names(root).has(basename(directory));
      if (top) sys.mkdir(directory, 0o755);
      listed.set(directory, found = new Set(top ? [] : sys.readdir(directory).map((entry) => entry.name)));
    }
    return found;
  };
  for (const [path, kind] of ENTRIES) {
    const full = root + path;
    if (names(dirname(full)).has(basename(full))) continue;
    if (kind === 'dir') sys.mkdir(full, 0o755);
    else if (kind === 'file') {
      sys.writeFile(full, '', 0o755);
      sys.chmod(full, 0o755);
    } else sys.symlink(kind, full);
  }
}
