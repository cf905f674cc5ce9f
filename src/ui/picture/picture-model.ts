// From a snapshot to what is drawn: containers, the places that hold bytes, and the mounts that tie them together.

import type { ContainerSnapshot, FileListing, HostSnapshot, StoredFile } from '../../host/host-snapshot.ts';

export type PlaceKind = 'volume' | 'bind' | 'tmpfs';

export interface Place {
  /** Unique in the picture: `volume:data`, `bind:/srv`, `tmpfs:<container>:/run`. */
  readonly key: string;
  readonly kind: PlaceKind;
  readonly title: string;
  readonly note: string;
  readonly listing: FileListing;
  readonly missing: boolean;
  readonly usedBy: readonly string[];
  /** On the host's disk: where its files can be fetched from. */
  readonly hostPath?: string;
}

export interface MountRow {
  readonly destination: string;
  readonly place: string;
  readonly kind: PlaceKind;
  readonly readonly: boolean;
}

export interface ContainerBox {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly state: 'running' | 'paused' | 'created' | 'exited' | 'restarting' | 'dead' | 'removing';
  readonly stateText: string;
  readonly mounts: readonly MountRow[];
  readonly layer: FileListing;
  readonly readonlyRoot: boolean;
}

export interface PictureModel {
  readonly containers: readonly ContainerBox[];
  readonly places: readonly Place[];
}

export function pictureModel(snapshot: HostSnapshot): PictureModel {
  return {
    containers: snapshot.containers.map(containerBox),
    places: [
      ...snapshot.volumes.map(({ volume, anonymous, listing, usedBy }): Place => ({
        key: `volume:${volume.Name}`, kind: 'volume', title: anonymous ? `${volume.Name.slice(0, 12)}…` : volume.Name,
        note: [anonymous ? 'anonymous volume' : 'volume', optionsNote(volume.Options)].filter(Boolean).join(', '), listing, missing: false, usedBy, hostPath: volume.Mountpoint,
      })),
      ...snapshot.hostPaths.map(({ path, kind, listing, usedBy }): Place => ({
        key: `bind:${path}`, kind: 'bind', title: path, note: kind === 'missing' ? 'not on the host' : path === snapshot.cwd ? 'host directory, you are here' : `host ${kind}`,
        listing, missing: kind === 'missing', usedBy, hostPath: kind === 'file' ? path.slice(0, path.lastIndexOf('/')) : path,
      })),
      ...snapshot.containers.flatMap((container) => container.tmpfs.map(({ destination, listing }): Place => ({
        key: `tmpfs:${container.inspect.Id}:${destination}`, kind: 'tmpfs', title: destination, note: 'memory, only while it runs', listing, missing: false, usedBy: [nameOf(container)],
      }))),
    ],
  };
}

const nameOf = (container: ContainerSnapshot): string => container.inspect.Name.replace(/^\//, '');

const optionsNote = (options: Record<string, string> | null): string =>
  Object.entries(options ?? {}).map(([key, value]) => `${key}=${value}`).join(' ');

function containerBox(container: ContainerSnapshot): ContainerBox {
  const { inspect, layer, tmpfs } = container;
  const { State } = inspect;
  const mounts = inspect.Mounts.flatMap((mount): MountRow[] => {
    const place = mount.Type === 'volume' ? `volume:${mount.Name}` : mount.Type === 'bind' ? `bind:${mount.Source}` : `tmpfs:${inspect.Id}:${mount.Destination}`;
    const kind = mount.Type === 'bind' || mount.Type === 'tmpfs' ? mount.Type : 'volume';
    return [{ destination: mount.Destination, place, kind, readonly: !mount.RW }];
  });
  const known = new Set(mounts.map((mount) => mount.destination));
  for (const { destination } of tmpfs) {
    if (!known.has(destination)) mounts.push({ destination, place: `tmpfs:${inspect.Id}:${destination}`, kind: 'tmpfs', readonly: false });
  }
  return {
    id: inspect.Id, name: nameOf(container), image: inspect.Config.Image, state: State.Status,
    stateText: State.Status === 'exited' ? `exited (${State.ExitCode})` : State.Status,
    mounts: mounts.toSorted((a, b) => (a.destination < b.destination ? -1 : 1)), layer, readonlyRoot: inspect.HostConfig.ReadonlyRootfs,
  };
}

/** A size as people read it. */
export function bytesText(size: number): string {
  if (size < 1000) return `${size} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = size, unit = '';
  for (const next of units) {
    if (value < 1000) break;
    value /= 1000;
    unit = next;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** Directories that hold nothing of their own to tell are left out: `a`, `a/b`, `a/b/f` shows as `a/b/f`. */
export function leaves(listing: FileListing): StoredFile[] {
  const parents = new Set(listing.files.map((file) => file.path.split('/').slice(0, -1).join('/')));
  return listing.files.filter((file) => file.kind !== 'directory' || !parents.has(file.path));
}
