// Copying a tree as it is: owners, modes, times, hard links, devices (whiteouts too) and extended attributes.

import { isDirectory, isRegular, isSymlink, type Stat } from '../../kernel/stat.ts';
import { O_CREAT, O_EXCL, O_RDONLY, O_WRONLY, type Syscalls } from '../../kernel/syscalls.ts';

/**
 * The content of one directory into another that exists; both directories' own attributes too. Bytes are shared, not copied.
 * @param as 'layer': as a tar of a layer would, without an overlay's notes to itself; 'CopyDir': as containerd copies,
 * directories getting their times before their content, which then changes them
 */
export function copyTree(sys: Syscalls, from: string, to: string, as: 'layer' | 'CopyDir' = 'layer'): void {
  const links = new Map<number, string>();
  const copy = (source: string, target: string, root: boolean): void => {
    const stat = sys.lstat(source);
    const first = stat.nlink > 1 && !isDirectory(stat.mode) ? links.get(stat.ino) : undefined;
    if (first !== undefined) {
      sys.link(first, target);
      return;
    }
    links.set(stat.ino, target);
    if (isDirectory(stat.mode)) {
      if (!root) sys.mkdir(target, 0o700);
      if (as === 'CopyDir') attributes(source, target, stat);
      for (const entry of sys.readdir(source)) copy(`${source}/${entry.name}`, `${target}/${entry.name}`, false);
      if (as === 'CopyDir') return;
    } else if (isSymlink(stat.mode)) {
      sys.symlink(sys.readlink(source), target);
    } else if (isRegular(stat.mode)) {
      copyContent(sys, source, target);
    } else {
      sys.mknod(target, stat.mode, stat.rdev);
    }
    attributes(source, target, stat);
  };
  const attributes = (source: string, target: string, stat: Stat): void => {
    for (const name of sys.listxattr(source, { noFollow: true })) if (as === 'CopyDir' || KEPT.has(name)) sys.setxattr(target, name, sys.getxattr(source, name, { noFollow: true }), { noFollow: true });
    sys.lchown(target, stat.uid, stat.gid);
    if (!isSymlink(stat.mode)) sys.chmod(target, stat.mode & 0o7777);
    sys.utimes(target, stat.atime, stat.mtime, { noFollow: true });
  };
  copy(from, to, true);
}

const KEPT = new Set(['security.capability', 'trusted.overlay.opaque']);

/** One regular file into a new one, without its attributes. */
export function copyContent(sys: Syscalls, from: string, to: string): void {
  const source = sys.open(from, O_RDONLY);
  try {
    const target = sys.open(to, O_WRONLY | O_CREAT | O_EXCL, 0o600);
    sys.copyFile(source, target);
    sys.close(target);
  } finally {
    sys.close(source);
  }
}
