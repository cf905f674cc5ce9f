// What a process of a container, or of the host, sees at a path, and which place serves it.

import type { ContainerInspectResponse } from '../api/container.ts';
import type { MountPoint } from '../api/mount.ts';
import type { OverlayDentry } from '../kernel/fs/overlay/overlay-dentry.ts';
import { isRegular, isSymlink, S_IFMT } from '../kernel/stat.ts';
import type { Mount } from '../kernel/vfs/mount.ts';
import type { VirtualDentry } from '../kernel/vfs/virtual-dentry.ts';
import type { Machine } from './boot/machine.ts';
import type { PathSource, PathView } from './path-view.ts';
import { kindOf, placeOf, textOf } from './raw-tree.ts';
import { runTask } from './run-task.ts';
import { layersOf, placeInStopped } from './stopped-view.ts';

const MOST = 65_536;

/** A path with the place it leads to. */
export interface Sight {
  readonly place: VirtualDentry;
  readonly from: PathSource;
  /** Where the same bytes lie on the host, when they lie on its disk. */
  readonly hostPath?: string;
  /** Where in the container the mount that serves it is; undefined for the layers and for the host. */
  readonly destination?: string;
  readonly readonly: boolean;
}

/** @param reference `web:/data/f`, or an absolute path of the host */
export function viewPath(machine: Machine, reference: string): PathView | undefined {
  const { container, path } = splitReference(reference);
  const sight = container === undefined ? seeOnHost(machine, path) : seeIn(machine, inspectOf(machine, container), path);
  return sight && describe(sight);
}

/** `web:/data/f` is a container and a path; `/srv/f` a path of the host. */
export function splitReference(reference: string): { readonly container: string | undefined; readonly path: string } {
  const colon = reference.startsWith('/') ? -1 : reference.indexOf(':');
  return { container: colon < 0 ? undefined : reference.slice(0, colon), path: reference.slice(colon + 1) };
}

/** By name, id or its beginning. */
export function inspectOf(machine: Machine, container: string): ContainerInspectResponse | undefined {
  try {
    return container ? runTask(machine.engine!.containerInspect(container)) : undefined;
  } catch {
    return undefined;
  }
}

export function seeOnHost(machine: Machine, path: string): Sight | undefined {
  const place = path.startsWith('/') ? placeOf(machine, path) : undefined;
  return place && { place, from: { kind: 'host' }, hostPath: path, readonly: place.mount.flags.readonly };
}

/** A running container is looked at through its own mounts; a stopped one has only its layers and what would be mounted. */
export function seeIn(machine: Machine, inspect: ContainerInspectResponse | undefined, path: string): Sight | undefined {
  if (!inspect || !path.startsWith('/')) return undefined;
  const context = inspect.State.Pid ? machine.kernel.process(inspect.State.Pid)?.context : undefined;
  if (!context) return placeInStopped(machine, inspect, path);
  const resolve = (at: string): VirtualDentry | undefined => {
    try {
      return machine.kernel.vfs.resolve(context, at);
    } catch {
      return undefined;
    }
  };
  const place = resolve(path);
  if (!place) return undefined;
  const { mount, dentry } = place;
  const asked = inspect.Mounts.find(({ Destination, Type }) => Type !== 'tmpfs' && resolve(Destination)?.mount === mount);
  const readonly = mount.flags.readonly || mount.superblock.readonly;
  if (asked) {
    // On the disk a dentry knows its path; elsewhere (a bind of memory) it is below the source.
    const hostPath = isDisk(mount) ? dentry.path : join(asked.Source, relative(place));
    return { place, from: sourceOf(asked), hostPath, destination: asked.Destination, readonly };
  }
  switch (mount.superblock.type) {
    case 'overlay': {
      const hostPath = (dentry as OverlayDentry).real.path;
      const index = layersOf(inspect).findIndex((layer) => below(hostPath, layer));
      return { place, from: layerSource(inspect, Math.max(index, 0)), hostPath, readonly };
    }
    case 'tmpfs':
      return { place, from: { kind: 'tmpfs', destination: mountpointOf(mount) }, destination: mountpointOf(mount), readonly };
    default:
      // The engine's own: /etc/hosts, /etc/hostname, /etc/resolv.conf.
      if (isDisk(mount)) return { place, from: { kind: 'bind', path: mount.root.path }, hostPath: dentry.path, destination: mountpointOf(mount), readonly };
      return { place, from: { kind: 'kernel', filesystem: mount.superblock.type }, destination: mountpointOf(mount), readonly };
  }
}

const isDisk = ({ superblock }: Mount): boolean => superblock.type === 'ext4';

/** From the root of its mount: '' for the root itself. */
function relative({ mount, dentry }: VirtualDentry): string {
  const { root } = mount;
  if (dentry === root) return '';
  return dentry.path.slice(root.path === '/' ? 1 : root.path.length + 1);
}

/** Where a mount is attached, as a process that has the namespace's root sees it. */
function mountpointOf(mount: Mount): string {
  let path = '';
  for (let at = mount; at.parent && at.mountpoint; at = at.parent) {
    const within = relative({ mount: at.parent, dentry: at.mountpoint });
    if (within) path = `/${within}${path}`;
  }
  return path || '/';
}

export const join = (directory: string, rest: string): string => (rest ? `${directory === '/' ? '' : directory}/${rest}` : directory);

export const below = (path: string, directory: string): boolean => path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);

export function sourceOf(mount: MountPoint): PathSource {
  if (mount.Type === 'volume') return { kind: 'volume', name: mount.Name! };
  return mount.Type === 'tmpfs' ? { kind: 'tmpfs', destination: mount.Destination } : { kind: 'bind', path: mount.Source };
}

/** The `-init` layer belongs to the container too. */
export function layerSource(inspect: ContainerInspectResponse, index: number): PathSource {
  return index <= 1 ? { kind: 'writable-layer' } : { kind: 'image-layer', index: layersOf(inspect).length - 1 - index };
}

export function describe({ place: { dentry, mount }, from, hostPath }: Sight): PathView {
  const { mode, uid, gid, size, ino, nlink } = mount.superblock.getattr(dentry);
  const content = isRegular(mode) ? textOf(dentry, MOST) : undefined;
  return {
    kind: kindOf(mode), mode: mode & ~S_IFMT, uid, gid, size, ino, nlink, from,
    ...(content !== undefined && { content }),
    ...(isSymlink(mode) && { target: String(dentry.inode.data) }),
    ...(hostPath !== undefined && { hostPath }),
  };
}
