// A HostSnapshot of this moment: what the engine says, and what lies in each place.

import { runTask } from './run-task.ts';
import type { ContainerInspectResponse } from '../api/container.ts';
import type { Machine } from './boot/machine.ts';
import type { ContainerSnapshot, FileListing, HostPathSnapshot, HostSnapshot, VolumeSnapshot } from './host-snapshot.ts';
import { kindOf, listTree, placeOf } from './raw-tree.ts';

/** Entries listed of one place; the total is told besides. */
const LIMIT = 200;
const ANONYMOUS = 'com.docker.volume.anonymous';

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
  return {
    time: clock.now, hostname: init.hostname(), cwd,
    containers: inspects.map((inspect) => containerSnapshot(machine, inspect)),
    volumes: volumeSnapshots(machine, inspects),
    hostPaths: hostPaths(machine, inspects, cwd),
    images: runTask(engine.imageList({})),
  };
}

export const nameOf = (inspect: ContainerInspectResponse): string => inspect.Name.slice(1);

const list = (machine: Machine, path: string): FileListing => listTree(machine, placeOf(machine, path)?.dentry, LIMIT);

function containerSnapshot(machine: Machine, inspect: ContainerInspectResponse): ContainerSnapshot {
  const { UpperDir: upper, LowerDir: lowers = '' } = inspect.GraphDriver.Data ?? {};
  const { files, total } = upper ? list(machine, upper) : { files: [], total: 0 };
  // Every directory made in a merged one is opaque; it only matters where a layer below has one of that name.
  const hides = (path: string): boolean => lowers.split(':').some((lower) => placeOf(machine, `${lower}/${path}`, true));
  const layer = { files: files.map((file) => (file.kind === 'opaque' && !hides(file.path) ? { ...file, kind: 'directory' as const } : file)), total };
  return { inspect, layer, tmpfs: tmpfsOf(machine, inspect) };
}

/** Those asked for by --tmpfs and by --mount. */
export const tmpfsDestinations = ({ HostConfig, Mounts }: ContainerInspectResponse): readonly string[] =>
  [...Object.keys(HostConfig.Tmpfs ?? {}), ...Mounts.filter((mount) => mount.Type === 'tmpfs').map((mount) => mount.Destination)];

/** Those asked for, and /dev/shm once something lies in it. */
function tmpfsOf(machine: Machine, inspect: ContainerInspectResponse): ContainerSnapshot['tmpfs'] {
  const { State } = inspect;
  if (!State.Pid) return [];
  const wanted = tmpfsDestinations(inspect);
  return [...new Set([...wanted, '/dev/shm'])].flatMap((destination) => {
    const listing = list(machine, `/proc/${State.Pid}/root${destination}`);
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
