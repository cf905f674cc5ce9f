// The `-init` layer between image and container: the files that the daemon mounts over, so that they never show as changes.

import type { Syscalls } from '../../kernel/syscalls.ts';
import { makeDirectories, statOf } from '../files.ts';
import { dirname } from '../path.ts';

const ENTRIES: readonly (readonly [path: string, kind: 'dir' | 'file' | string])[] = [
  ['/dev/pts', 'dir'], ['/dev/shm', 'dir'], ['/proc', 'dir'], ['/sys', 'dir'], ['/.dockerenv', 'file'], ['/etc/resolv.conf', 'file'],
  ['/etc/hosts', 'file'], ['/etc/hostname', 'file'], ['/dev/console', 'file'], ['/etc/mtab', '/proc/mounts'],
];

/** @param root the init layer, mounted over the image */
export function setUpInitLayer(sys: Syscalls, root: string): void {
  for (const [path, kind] of ENTRIES) {
    const full = root + path;
    if (statOf(sys, full)) continue;
    makeDirectories(sys, dirname(full));
    if (kind === 'dir') sys.mkdir(full, 0o755);
    else if (kind === 'file') {
      sys.writeFile(full, '', 0o755);
      sys.chmod(full, 0o755);
    } else {
      try {
        sys.symlink(kind, full);
      } catch {
        // A dangling link of the image is at its place: it stays.
      }
    }
  }
}
