// Fills an empty volume with what the image has at its mount point, as dockerd does when a container is created.

import { ApiError } from '../../api/errors.ts';
import { isBlockDevice, isCharDevice, isDirectory, isFifo, isSymlink, type Stat } from '../../kernel/stat.ts';
import { O_CREAT, O_RDONLY, O_WRONLY, type Syscalls } from '../../kernel/syscalls.ts';
import type { Container } from '../container/container.ts';
import type { EngineContext } from '../engine-context.ts';
import { statOf } from '../files.ts';
import { scopedPath } from '../scoped-path.ts';

/** @param root the container's mounted root file system. @throws system (a file is at the mount point; the volume does not mount) */
export function copyUp(context: EngineContext, container: Container, root: string): void {
  for (const mount of container.mounts.values()) {
    if (mount.type !== 'volume' || !mount.copyData) continue;
    const volume = context.volumes.get(mount.name);
    const target = context.volumes.mount(volume);
    try {
      fill(context.sys, scopedPath(context.sys, root, mount.destination), target);
    } finally {
      context.volumes.unmount(volume);
    }
  }
}

function fill(sys: Syscalls, source: string, target: string): void {
  const there = statOf(sys, source);
  if (!there || sys.readdir(target).length) return;
  if (!isDirectory(there.mode)) throw new ApiError('system', `source ${source} is not directory`);
  copyTree(sys, source, target, there, new Map());
}

/** Contents, owners, modes, times, extended attributes and hard links. `target` exists. Bytes are shared, not copied. */
function copyTree(sys: Syscalls, source: string, target: string, stat: Stat, links: Map<string, string>): void {
  for (const { name } of sys.readdir(source)) {
    const from = `${source}/${name}`;
    const to = `${target}/${name}`;
    const entry = sys.lstat(from);
    const key = `${entry.dev}:${entry.ino}`;
    const first = entry.nlink > 1 && !isDirectory(entry.mode) ? links.get(key) : undefined;
    if (first) {
      sys.link(first, to);
      continue;
    }
    if (isDirectory(entry.mode)) {
      sys.mkdir(to);
      copyTree(sys, from, to, entry, links);
      continue;
    }
    links.set(key, to);
    if (isSymlink(entry.mode)) sys.symlink(sys.readlink(from), to);
    else if (isFifo(entry.mode) || isCharDevice(entry.mode) || isBlockDevice(entry.mode)) sys.mknod(to, entry.mode, entry.rdev);
    else copyFile(sys, from, to);
    copyAttributes(sys, from, to, entry);
  }
  copyAttributes(sys, source, target, stat);
}

function copyFile(sys: Syscalls, from: string, to: string): void {
  const input = sys.open(from, O_RDONLY);
  const output = sys.open(to, O_WRONLY | O_CREAT, 0o600);
  sys.copyFile(input, output);
  sys.close(input);
  sys.close(output);
}

function copyAttributes(sys: Syscalls, from: string, to: string, stat: Stat): void {
  sys.lchown(to, stat.uid, stat.gid);
  if (!isSymlink(stat.mode)) {
    sys.chmod(to, stat.mode & 0o7777);
    for (const name of sys.listxattr(from)) if (!name.startsWith('trusted.')) sys.setxattr(to, name, sys.getxattr(from, name));
  }
  sys.utimes(to, stat.atime, stat.mtime, { noFollow: true });
}
