// Fills an empty volume with what the image has at its mount point, as dockerd does when a container is created.

import { ApiError } from '../../api/errors.ts';
import { isDirectory } from '../../kernel/stat.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { copyTree } from '../archive/copy-tree.ts';
import type { Container } from '../container/container.ts';
import type { EngineContext } from '../engine-context.ts';
import { statOf } from '../files.ts';
import { safeJoin } from './safe-path.ts';
import { scopedPath } from '../scoped-path.ts';

/** @param root the container's mounted root file system. @throws system (a file is at the mount point; the volume does not mount) */
export function copyUp(context: EngineContext, container: Container, root: string): void {
  for (const mount of container.mounts.values()) {
    if (mount.type !== 'volume' || !mount.copyData) continue;
    const source = scopedPath(context.sys, root, mount.destination);
    if (!statOf(context.sys, source)) continue;
    const volume = context.volumes.get(mount.name);
    let target: string;
    try {
      target = context.volumes.mount(volume);
    } catch (error) {
      throw error instanceof ApiError ? new ApiError(error.kind, `failed to populate volume: ${error.message}`) : error;
    }
    try {
      fill(context.sys, source, safeJoin(context.sys, target, mount.spec.VolumeOptions?.Subpath));
    } catch (error) {
      // A subpath that is not there yet is told of at start.
      if (!(error instanceof ApiError && error.kind === 'notFound')) throw error;
    } finally {
      context.volumes.unmount(volume);
    }
  }
}

function fill(sys: Syscalls, source: string, target: string): void {
  const there = statOf(sys, source);
  if (!there || sys.readdir(target).length) return;
  if (!isDirectory(there.mode)) throw new ApiError('system', `source ${source} is not directory`);
  copyTree(sys, source, target, 'CopyDir');
}
