// A path in a container that does not run: its layers and what would be mounted on them, put together by hand.

import type { ContainerInspectResponse } from '../api/container.ts';
import type { MountPoint } from '../api/mount.ts';
import { isSymlink, S_IFMT } from '../kernel/stat.ts';
import type { VirtualDentry } from '../kernel/vfs/virtual-dentry.ts';
import type { Machine } from './boot/machine.ts';
import { placeOf } from './raw-tree.ts';
import { below, join, layerSource, type Sight, sourceOf } from './view.ts';

const OPAQUE = 'trusted.overlay.opaque';
const MOST_LINKS = 40;

/** From the writable layer down. */
export function layersOf({ GraphDriver }: ContainerInspectResponse): string[] {
  const { UpperDir, LowerDir } = GraphDriver.Data ?? {};
  return [UpperDir, ...(LowerDir?.split(':') ?? [])].filter((layer) => layer !== undefined && layer !== '') as string[];
}

/** What is mounted on a container when it runs, the deepest first: those asked for and the engine's own memory. */
export function mountsOf({ HostConfig, Mounts }: ContainerInspectResponse): readonly (MountPoint | { readonly Type: 'tmpfs'; readonly Destination: string; readonly RW: boolean })[] {
  const tmpfs = [...Object.entries(HostConfig.Tmpfs ?? {}), ['/dev/shm', ''], ['/dev', '']] as const;
  return [...tmpfs.map(([path, options]) => ({ Type: 'tmpfs' as const, Destination: path.replace(/(.)\/+$/, '$1'), RW: !options.split(',').includes('ro') })), ...Mounts]
    .toSorted((a, b) => b.Destination.length - a.Destination.length);
}

/** Symbolic links followed, as a process of the container would. Memory is empty while it does not run. */
export function placeInStopped(machine: Machine, inspect: ContainerInspectResponse, path: string): Sight | undefined {
  const todo = path.split('/').toReversed();
  let at = '';
  let sight = entry(machine, inspect, '/');
  for (let links = 0; todo.length;) {
    const name = todo.pop()!;
    if (name === '' || name === '.') continue;
    if (name === '..') {
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
      sight = entry(machine, inspect, at || '/');
      continue;
    }
    sight = entry(machine, inspect, `${at}/${name}`);
    if (!sight) return undefined;
    const { inode } = sight.place.dentry;
    if (isSymlink(inode.mode)) {
      if (++links > MOST_LINKS) return undefined;
      const target = String(inode.data);
      if (target.startsWith('/')) at = '';
      todo.push(...target.split('/').toReversed());
    } else at = `${at}/${name}`;
  }
  return sight;
}

/** One name, whose directory has no links in its path. */
function entry(machine: Machine, inspect: ContainerInspectResponse, path: string): Sight | undefined {
  const mount = mountsOf(inspect).find(({ Destination }) => below(path, Destination));
  if (mount?.Type === 'tmpfs') return undefined;
  if (mount) {
    const hostPath = join(mount.Source, path.slice(mount.Destination.length + 1));
    const place = placeOf(machine, hostPath, path !== mount.Destination);
    return place && { place, from: sourceOf(mount), hostPath, destination: mount.Destination, readonly: !mount.RW };
  }
  const found = inLayers(machine, layersOf(inspect), path);
  const readonly = inspect.HostConfig.ReadonlyRootfs;
  return found && { place: found.place, from: layerSource(inspect, found.index), hostPath: join(found.layer, path.slice(1)), readonly };
}

/** The topmost layer, from `first` on, that has a path; undefined too where a layer above it has deleted it. */
export function inLayers(machine: Machine, layers: readonly string[], path: string, first = 0): { readonly place: VirtualDentry; readonly layer: string; readonly index: number } | undefined {
  for (let index = first; index < layers.length; index++) {
    const layer = layers[index]!;
    const place = placeOf(machine, path === '/' ? layer : layer + path, true);
    if (place) return isWhiteout(place) ? undefined : { place, layer, index };
    if (endsSearch(machine, layer, path)) return undefined;
  }
  return undefined;
}

/** Whether this layer hides the same path in those below: a directory above it is opaque, deleted, or no directory here. */
function endsSearch(machine: Machine, layer: string, path: string): boolean {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const place = placeOf(machine, layer + path.slice(0, end), true);
    if (place) return isWhiteout(place) || place.dentry.inode.xattrs?.has(OPAQUE) === true || (place.dentry.inode.mode & S_IFMT) !== 0o040000;
  }
  return false;
}

export const isWhiteout = ({ dentry }: VirtualDentry): boolean => (dentry.inode.mode & S_IFMT) === 0o020000 && dentry.inode.rdev === 0;
