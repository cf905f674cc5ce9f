// From a snapshot to what is drawn: containers with their layers, the places that hold bytes, and the mounts that tie them together.

import type { ContainerSnapshot, FileListing, HostSnapshot, ImageLayerSnapshot, StoredFile } from '../../host/host-snapshot.ts';

export type PlaceKind = 'volume' | 'bind' | 'tmpfs';

/** `copied` came up from an image layer, `deleted` and `hiding` lie over something in one. */
export type Mark = 'file' | 'copied' | 'deleted' | 'hiding' | 'directory' | 'link' | 'special';

export interface FileItem {
  /** Unique in the picture. */
  readonly key: string;
  readonly path: string;
  readonly mark: Mark;
  /** The last line of a small text, the target of a link. */
  readonly text: string;
  /** How many lines the text has. */
  readonly lines: number;
  readonly size: number;
  /** Changes with the content. */
  readonly stamp: string;
  readonly mtime: number;
  /** What to ask about: `web:/etc/motd`, `/srv/f`. */
  readonly reference: string;
  /** The layer's key that has this path too. */
  readonly below?: string;
  /** On the host's disk: it can be fetched from there. */
  readonly hostPath?: string;
}

export interface Files {
  readonly items: readonly FileItem[];
  /** How many there are in all. */
  readonly total: number;
}

export interface Place {
  /** `volume:data`, `bind:/srv`, `tmpfs:<container>:/run`. */
  readonly key: string;
  readonly kind: PlaceKind;
  readonly title: string;
  readonly note: string;
  readonly anonymous: boolean;
  readonly files: Files;
  /** A path that is not on the host. */
  readonly missing: boolean;
  /** Memory of a container that does not run: nothing is there. */
  readonly gone: boolean;
  readonly usedBy: readonly string[];
  readonly reference: string;
}

export interface MountItem {
  readonly key: string;
  readonly destination: string;
  readonly place: string;
  readonly kind: PlaceKind;
  readonly readonly: boolean;
  readonly reference: string;
  /** Names that cannot be reached behind it; `inside` is the mount that has them, else the layers. */
  readonly hidden?: { readonly names: readonly string[]; readonly total: number; readonly inside?: string };
}

export type ContainerState = 'running' | 'paused' | 'created' | 'exited' | 'restarting' | 'dead' | 'removing';

export interface ContainerBox {
  /** `container:<id>`. */
  readonly key: string;
  readonly name: string;
  readonly image: string;
  readonly state: ContainerState;
  readonly stateText: string;
  readonly mounts: readonly MountItem[];
  readonly files: Files;
  readonly readonlyRoot: boolean;
  /** Keys of the image's layers, the lowest first. */
  readonly layers: readonly string[];
}

export interface LayerSlab {
  /** `layer:<id>`. */
  readonly key: string;
  readonly parent: string | undefined;
  readonly title: string;
  readonly images: readonly string[];
  readonly size: number;
  readonly files: readonly string[];
  readonly total: number;
  readonly reference: string;
}

export interface PictureModel {
  readonly containers: readonly ContainerBox[];
  readonly places: readonly Place[];
  readonly layers: readonly LayerSlab[];
}

export const EMPTY_MODEL: PictureModel = { containers: [], places: [], layers: [] };

/** A directory that is there only so that something can be mounted on it. */
export const isMountPoint = (item: FileItem): boolean => item.mark === 'directory' && item.text !== '';

/** How much was written into it: mount points are none of it. */
export const written = ({ items, total }: Files): number => total - items.filter(isMountPoint).length;

/** Whether it has a process: only then anything is mounted. */
export const isUp = (state: ContainerState): boolean => state === 'running' || state === 'paused';

export function pictureModel(snapshot: HostSnapshot): PictureModel {
  const containers = snapshot.containers.map(containerBox);
  return {
    containers,
    places: [
      ...snapshot.volumes.map(({ volume, anonymous, listing, usedBy }): Place => place({
        key: `volume:${volume.Name}`, kind: 'volume', anonymous, title: anonymous ? `${volume.Name.slice(0, 12)}…` : volume.Name,
        note: [anonymous ? 'anonymous volume' : 'volume', ...Object.entries(volume.Options ?? {}).map(([key, value]) => `${key}=${value}`)].join(', '),
        usedBy, reference: volume.Mountpoint,
      }, listing, volume.Mountpoint, volume.Mountpoint)),
      ...snapshot.hostPaths.map(({ path, kind, listing, usedBy }): Place => place({
        key: `bind:${path}`, kind: 'bind', title: path, missing: kind === 'missing', usedBy, reference: path,
        note: kind === 'missing' ? 'not on the host' : path === snapshot.cwd && usedBy.length ? 'you are here' : `host ${kind}`,
      }, listing, kind === 'file' ? path.slice(0, path.lastIndexOf('/')) : path, kind === 'file' ? path.slice(0, path.lastIndexOf('/')) : path)),
      ...snapshot.containers.flatMap((container, index) => memoryOf(container, containers[index]!)),
    ],
    layers: snapshot.layers.map(layerSlab),
  };
}

const nameOf = ({ inspect }: ContainerSnapshot): string => inspect.Name.replace(/^\//, '');

function place(what: Partial<Place> & Pick<Place, 'key' | 'kind' | 'title' | 'note' | 'usedBy' | 'reference'>, listing: FileListing, reference: string, hostPath?: string): Place {
  return { anonymous: false, missing: false, gone: false, ...what, files: fileItems(listing, what.key, reference, hostPath) };
}

/** Each tmpfs a container was made with, there or gone, and what else of memory it uses. */
function memoryOf(container: ContainerSnapshot, box: ContainerBox): Place[] {
  const there = new Map(container.tmpfs.map(({ destination, listing }) => [destination, listing]));
  const mounts = box.mounts.filter((mount) => mount.kind === 'tmpfs');
  return mounts.map(({ destination, place: key, reference }) => place({
    key, kind: 'tmpfs', title: destination, note: there.has(destination) ? `memory of ${nameOf(container)}` : `gone: ${nameOf(container)} has no process`, gone: !there.has(destination), usedBy: [nameOf(container)], reference,
  }, there.get(destination) ?? { files: [], total: 0 }, reference));
}

function containerBox(container: ContainerSnapshot): ContainerBox {
  const { inspect, layer, tmpfs, hidden, layers } = container;
  const { Id, State } = inspect;
  const name = nameOf(container), key = `container:${Id}`;
  const behind = new Map(hidden.map(({ destination, ...rest }) => [destination, rest]));
  const mounts = new Map<string, MountItem>();
  const add = (destination: string, kind: PlaceKind, to: string, readonly: boolean): void => {
    const what = behind.get(destination);
    mounts.set(destination, { key: `mount:${Id}:${destination}`, destination, kind, place: to, readonly, reference: `${name}:${destination}`, ...(what && { hidden: what }) });
  };
  for (const destination of [...Object.keys(inspect.HostConfig.Tmpfs ?? {}), ...tmpfs.map((each) => each.destination)]) add(destination, 'tmpfs', `tmpfs:${Id}:${destination}`, false);
  for (const { Type, Name, Source, Destination, RW } of inspect.Mounts) {
    if (Type === 'bind' || Type === 'volume' || Type === 'tmpfs') add(Destination, Type, Type === 'volume' ? `volume:${Name}` : Type === 'bind' ? `bind:${Source}` : `tmpfs:${Id}:${Destination}`, !RW);
  }
  const points = new Set(mounts.keys());
  return {
    key, name, image: inspect.Config.Image, state: State.Status, stateText: State.Status === 'exited' ? `exited (${State.ExitCode})` : State.Status,
    mounts: [...mounts.values()].toSorted((a, b) => (a.destination < b.destination ? -1 : 1)), files: markMountPoints(fileItems(layer, key, `${name}:`), points), readonlyRoot: inspect.HostConfig.ReadonlyRootfs,
    layers: layers.map((id) => `layer:${id}`),
  };
}

/** What lies in the layer only so that something can be mounted on it. */
function markMountPoints(files: Files, points: ReadonlySet<string>): Files {
  return { ...files, items: files.items.map((item) => (points.has(`/${item.path}`) ? { ...item, text: 'mount point' } : item)) };
}

function layerSlab({ id, parent, images, createdBy, size, files, total }: ImageLayerSnapshot): LayerSlab {
  return {
    key: `layer:${id}`, parent: parent === undefined ? undefined : `layer:${parent}`, images, size, files, total, reference: `/var/lib/docker/overlay2/${id}/diff`,
    title: createdBy.replace(/^\/bin\/sh -c (#\(nop\) +)?/, (_, builtin) => (builtin ? '' : 'RUN ')).replace(/ # buildkit$/, '').replace(/(file|dir|multi):\w+ in /, '→ ').replace(/\s+/g, ' ').trim(),
  };
}

/** Directories that hold nothing of their own to tell are left out: `a`, `a/b`, `a/b/f` shows as `a/b/f`. */
function fileItems(listing: FileListing, owner: string, reference: string, hostPath?: string): Files {
  const parents = new Set(listing.files.map((file) => file.path.slice(0, Math.max(0, file.path.lastIndexOf('/')))));
  const told = listing.files.filter((file) => file.kind !== 'directory' || !parents.has(file.path));
  return {
    total: listing.total - (listing.files.length - told.length),
    items: told.map((file): FileItem => {
      const lines = file.preview?.trimEnd().split('\n') ?? [];
      return {
        key: `file:${owner}:${file.path}`, path: file.path, mark: markOf(file), text: lines.at(-1) ?? '', lines: lines.length, size: file.size, mtime: file.mtime,
        stamp: `${file.ino} ${file.mtime} ${file.size} ${file.mode} ${file.uid}`, reference: `${reference}/${file.path}`,
        ...(file.below !== undefined && { below: `layer:${file.below}` }), ...(hostPath !== undefined && file.kind === 'file' && { hostPath: `${hostPath}/${file.path}` }),
      };
    }),
  };
}

function markOf({ kind, below }: StoredFile): Mark {
  if (kind === 'whiteout') return 'deleted';
  if (kind === 'opaque') return 'hiding';
  if (kind === 'directory') return 'directory';
  if (below !== undefined) return 'copied';
  return kind === 'file' ? 'file' : kind === 'symlink' ? 'link' : 'special';
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
