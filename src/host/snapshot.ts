// A HostSnapshot of this moment: what the engine says, and what lies in each place.

import { runTask } from './run-task.ts';
import type { ContainerInspectResponse } from '../api/container.ts';
import type { Machine } from './boot/machine.ts';
import type { ContainerSnapshot, FileListing, HiddenSnapshot, HostPathSnapshot, HostSnapshot, StoredFile, VolumeSnapshot } from './host-snapshot.ts';
import { isDirectory } from '../kernel/stat.ts';
import { entriesOf, LayerCache, layerId } from './layers.ts';
import { kindOf, listTree, placeOf } from './raw-tree.ts';

/** Entries listed of one place; the total is told besides. */
const LIMIT = 200;
/** Names told of what a mount hides. */
const HIDDEN = 6;
const ANONYMOUS = 'com.docker.volume.anonymous';

const caches = new WeakMap<Machine, LayerCache>();

/** @param cwd where the learner stands */
export function takeSnapshot(machine: Machine, cwd: string): HostSnapshot {
  const { clock, init } = machine;
  const engine = machine.engine!;
  const inspects = runTask(engine.containerList({ all: true })).toReversed().flatMap(({ Id }) => {
    try {
      return [runTask(engine.containerInspect(Id))];
    } catch {
      // It was removed between the list and the look.
      return [];
    }
  });
  const cache = caches.get(machine) ?? new LayerCache(machine);
  caches.set(machine, cache);
  const images = runTask(engine.imageList({}));
  return {
    time: clock.now, hostname: init.hostname(), cwd,
    containers: inspects.map((inspect) => containerSnapshot(machine, cache, inspect)),
    volumes: volumeSnapshots(machine, inspects),
    hostPaths: hostPaths(machine, inspects, cwd),
    images,
    layers: cache.snapshot(images, inspects.map((inspect) => imageLayers(inspect))),
  };
}

export const nameOf = (inspect: ContainerInspectResponse): string => inspect.Name.slice(1);

const list = (machine: Machine, path: string): FileListing => listTree(machine, placeOf(machine, path)?.dentry, LIMIT);

/** Below the writable layer, from the topmost; the container's own `-init` layer is the first. */
const lowersOf = ({ GraphDriver }: ContainerInspectResponse): string[] => GraphDriver.Data?.LowerDir?.split(':') ?? [];

/** From the lowest; the container's own `-init` layer is left out. */
const imageLayers = (inspect: ContainerInspectResponse): string[] => lowersOf(inspect).filter((path) => !path.includes('-init/')).toReversed();

function containerSnapshot(machine: Machine, cache: LayerCache, inspect: ContainerInspectResponse): ContainerSnapshot {
  const upper = inspect.GraphDriver.Data?.UpperDir;
  const lowers = lowersOf(inspect);
  const { files, total } = upper ? list(machine, upper) : { files: [], total: 0 };
  const layer = { files: files.map((file): StoredFile => {
    const below = cache.below(lowers, file.path);
    // Every directory made in a merged one is opaque; it only matters where a layer below has one of that name.
    return below === undefined ? (file.kind === 'opaque' ? { ...file, kind: 'directory' } : file) : { ...file, below };
  }), total };
  return { inspect, layer, tmpfs: tmpfsOf(machine, cache, inspect), layers: imageLayers(inspect).map(layerId), hidden: hiddenBy(machine, cache, inspect) };
}

/** What lies behind each mount: in the mount around it, or else in the layers. */
function hiddenBy(machine: Machine, cache: LayerCache, inspect: ContainerInspectResponse): HiddenSnapshot[] {
  const sources = new Map(inspect.Mounts.map((mount) => [mount.Destination, mount.Source]));
  const destinations = [...new Set([...sources.keys(), ...tmpfsDestinations(inspect)])];
  return destinations.flatMap((destination): HiddenSnapshot[] => {
    const inside = destinations.filter((other) => destination.startsWith(`${other}/`)).toSorted((a, b) => b.length - a.length)[0];
    if (inside === undefined) {
      const found = cache.namesAt(inspect.GraphDriver.Data?.UpperDir, lowersOf(inspect), destination, HIDDEN);
      return found.total ? [{ destination, ...found }] : [];
    }
    const source = sources.get(inside);
    const dentry = source ? placeOf(machine, source + destination.slice(inside.length))?.dentry : undefined;
    if (!dentry) return [];
    const names = isDirectory(dentry.inode.mode) ? [...entriesOf(machine, dentry)].map(([, label]) => label).filter(Boolean).toSorted() : [dentry.name];
    return names.length ? [{ destination, names: names.slice(0, HIDDEN), total: names.length, inside }] : [];
  });
}

/** Those asked for by --tmpfs and by --mount. */
export const tmpfsDestinations = ({ HostConfig, Mounts }: ContainerInspectResponse): readonly string[] =>
  [...Object.keys(HostConfig.Tmpfs ?? {}), ...Mounts.filter((mount) => mount.Type === 'tmpfs').map((mount) => mount.Destination)];

/** Those asked for, and /dev/shm once something lies in it. */
function tmpfsOf(machine: Machine, cache: LayerCache, inspect: ContainerInspectResponse): ContainerSnapshot['tmpfs'] {
  const { Id, State } = inspect;
  if (!State.Pid) return [];
  const wanted = tmpfsDestinations(inspect);
  return [...new Set([...wanted, '/dev/shm'])].flatMap((destination) => {
    const listing = listTree(machine, cache.placeIn(Id, State.Pid, destination)?.dentry, LIMIT);
    return wanted.includes(destination) || listing.total ? [{ destination, listing }] : [];
  });
}

function volumeSnapshots(machine: Machine, inspects: readonly ContainerInspectResponse[]): VolumeSnapshot[] {
  const users = usersBy(inspects, (mount) => (mount.Type === 'volume' ? mount.Name : undefined));
  return runTask(machine.engine!.volumeList()).Volumes.map((volume): VolumeSnapshot => ({
    volume, anonymous: volume.Labels !== null && ANONYMOUS in volume.Labels, listing: list(machine, volume.Mountpoint), usedBy: users.get(volume.Name) ?? [],
  })).toSorted((a, b) => (a.volume.CreatedAt === b.volume.CreatedAt ? (a.volume.Name < b.volume.Name ? -1 : 1) : a.volume.CreatedAt < b.volume.CreatedAt ? -1 : 1));
}

/** What containers bind, and where the learner stands. */
function hostPaths(machine: Machine, inspects: readonly ContainerInspectResponse[], cwd: string): HostPathSnapshot[] {
  const bound = usersBy(inspects, (mount) => (mount.Type === 'bind' ? mount.Source : undefined));
  if (!bound.has(cwd)) bound.set(cwd, []);
  return [...bound].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([path, usedBy]) => {
    const place = placeOf(machine, path);
    const kind = !place ? 'missing' : kindOf(place.dentry.inode.mode) === 'directory' ? 'directory' : 'file';
    return { path, kind, usedBy, listing: listTree(machine, place?.dentry, LIMIT) };
  });
}

function usersBy(inspects: readonly ContainerInspectResponse[], keyOf: (mount: ContainerInspectResponse['Mounts'][number]) => string | undefined): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const inspect of inspects) {
    for (const key of new Set(inspect.Mounts.map(keyOf))) {
      if (key !== undefined) users.set(key, [...(users.get(key) ?? []), nameOf(inspect)]);
    }
  }
  return users;
}
