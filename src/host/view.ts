// What a process of a container, or of the host, sees at a path, and which place serves it.

import type { ContainerInspectResponse } from '../api/container.ts';
import type { MountPoint } from '../api/mount.ts';
import { isRegular, isSymlink, S_IFMT } from '../kernel/stat.ts';
import type { VirtualDentry } from '../kernel/vfs/virtual-dentry.ts';
import type { Machine } from './boot/machine.ts';
import type { PathSource, PathView } from './path-view.ts';
import { kindOf, placeOf, textOf } from './raw-tree.ts';
import { runTask } from './run-task.ts';

const MOST = 65_536;

/** @param reference `web:/data/f`, or an absolute path of the host */
export function viewPath(machine: Machine, reference: string): PathView | undefined {
  if (reference.startsWith('/')) {
    const place = placeOf(machine, reference);
    return place && describe(machine, place, { kind: 'host' }, reference);
  }
  const colon = reference.indexOf(':');
  if (colon < 0) return undefined;
  const path = reference.slice(colon + 1);
  try {
    return inContainer(machine, runTask(machine.engine!.containerInspect(reference.slice(0, colon))), path);
  } catch {
    return undefined;
  }
}

function inContainer(machine: Machine, inspect: ContainerInspectResponse, path: string): PathView | undefined {
  const mount = mountServing(inspect.Mounts, path);
  const within = mount ? path.slice(mount.Destination.length).replace(/^\//, '') : '';
  // A running container is looked at through its own mounts; a stopped one has only its layers and what would be mounted.
  if (inspect.State.Pid) {
    const place = placeOf(machine, `/proc/${inspect.State.Pid}/root${path}`);
    if (!place) return undefined;
    const tmpfs = place.mount.superblock.type === 'tmpfs' ? tmpfsServing(inspect, path) : undefined;
    if (mount && !tmpfs) return describe(machine, place, sourceOf(mount), join(mount.Source, within));
    return describe(machine, place, tmpfs === undefined ? layerServing(machine, inspect, path) : { kind: 'tmpfs', destination: tmpfs });
  }
  if (mount?.Type === 'tmpfs' || tmpfsServing(inspect, path) !== undefined) return undefined;
  if (mount) {
    const hostPath = join(mount.Source, within);
    const place = placeOf(machine, hostPath);
    return place && describe(machine, place, sourceOf(mount), hostPath);
  }
  for (const [index, layer] of layersOf(inspect).entries()) {
    const place = placeOf(machine, layer + path, true);
    if (place) return isWhiteout(place) ? undefined : describe(machine, place, layerSource(inspect, index), layer + path);
  }
  return undefined;
}

const join = (directory: string, rest: string): string => (rest ? `${directory}/${rest}` : directory);
const isWhiteout = ({ dentry }: VirtualDentry): boolean => (dentry.inode.mode & S_IFMT) === 0o020000 && dentry.inode.rdev === 0;

const below = (path: string, directory: string): boolean => path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);

/** The deepest mount at or above a path. */
function mountServing(mounts: readonly MountPoint[], path: string): MountPoint | undefined {
  return mounts.filter((mount) => below(path, mount.Destination)).toSorted((a, b) => b.Destination.length - a.Destination.length)[0];
}

function tmpfsServing({ HostConfig, Mounts }: ContainerInspectResponse, path: string): string | undefined {
  const all = [...Object.keys(HostConfig.Tmpfs ?? {}), ...Mounts.filter((mount) => mount.Type === 'tmpfs').map((mount) => mount.Destination), '/dev/shm', '/dev'];
  return all.filter((destination) => below(path, destination)).toSorted((a, b) => b.length - a.length)[0];
}

function sourceOf(mount: MountPoint): PathSource {
  if (mount.Type === 'volume') return { kind: 'volume', name: mount.Name! };
  return mount.Type === 'tmpfs' ? { kind: 'tmpfs', destination: mount.Destination } : { kind: 'bind', path: mount.Source };
}

/** From the writable layer down. */
function layersOf({ GraphDriver }: ContainerInspectResponse): string[] {
  const { UpperDir, LowerDir } = GraphDriver.Data ?? {};
  return [UpperDir, ...(LowerDir?.split(':') ?? [])].filter((layer) => layer !== undefined && layer !== '') as string[];
}

/** The `-init` layer belongs to the container too. */
function layerSource(inspect: ContainerInspectResponse, index: number): PathSource {
  return index <= 1 ? { kind: 'writable-layer' } : { kind: 'image-layer', index: layersOf(inspect).length - 1 - index };
}

function layerServing(machine: Machine, inspect: ContainerInspectResponse, path: string): PathSource {
  const index = layersOf(inspect).findIndex((layer) => placeOf(machine, layer + path, true));
  return layerSource(inspect, Math.max(index, 0));
}

function describe(machine: Machine, place: VirtualDentry, from: PathSource, hostPath?: string): PathView {
  const { dentry, mount } = place;
  const { mode, uid, gid, size, ino, nlink } = mount.superblock.getattr(dentry);
  const content = isRegular(mode) ? textOf(dentry, MOST) : undefined;
  return {
    kind: kindOf(mode), mode: mode & ~S_IFMT, uid, gid, size, ino, nlink, from,
    ...(content !== undefined && { content }),
    ...(isSymlink(mode) && { target: String(dentry.inode.data) }),
    ...(hostPath !== undefined && { hostPath }),
  };
}
