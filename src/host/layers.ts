// What never changes below a container's writable layer: the image layers, what lies at a path in them; looked up once per host.

import type { ImageSummary } from '../api/image.ts';
import { isDirectory, isRegular, S_IFMT } from '../kernel/stat.ts';
import type { Dentry } from '../kernel/vfs/dentry.ts';
import { dataSize, type FileData } from '../kernel/vfs/file-data.ts';
import type { Inode } from '../kernel/vfs/inode.ts';
import type { VirtualDentry } from '../kernel/vfs/virtual-dentry.ts';
import type { Machine } from './boot/machine.ts';
import type { ImageLayerSnapshot } from './host-snapshot.ts';
import { placeOf } from './raw-tree.ts';
import { runTask } from './run-task.ts';

/** Files named of one image layer; the total is told besides. */
const LIMIT = 6;
/** Instructions that change the configuration alone. */
const MAKES_NONE = /^(\/bin\/sh -c #\(nop\) +)?(CMD|ENTRYPOINT|ENV|LABEL|EXPOSE|VOLUME|USER|ARG|STOPSIGNAL|HEALTHCHECK|SHELL|ONBUILD|MAINTAINER)\b/;
const WORKDIR = /^(\/bin\/sh -c #\(nop\) +)?WORKDIR\b/;

interface ImageLayers {
  /** From the lowest. */
  readonly ids: readonly string[];
  readonly createdBy: readonly string[];
}

/** The names in a directory, hidden ones told apart, as one layer has them. */
export interface Names {
  readonly names: readonly string[];
  readonly total: number;
}

/** `/var/lib/docker/overlay2/<id>/diff` → `<id>`. */
export const layerId = (path: string): string => path.split('/').at(-2)!;

export const isWhiteout = ({ inode }: Dentry): boolean => (inode.mode & S_IFMT) === 0o020000 && inode.rdev === 0;

const OPAQUE = 'trusted.overlay.opaque';
const NOTHING: ReadonlyMap<string, string> = new Map();

export class LayerCache {
  readonly #machine: Machine;
  readonly #images = new Map<string, ImageLayers>();
  readonly #layers = new Map<string, ImageLayerSnapshot>();
  /** By layers and path. */
  readonly #below = new Map<string, string | undefined>();
  readonly #names = new Map<string, ReadonlyMap<string, string>>();
  readonly #places = new Map<string, VirtualDentry>();

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** Every layer of these images and of these containers (their paths from the lowest), parents first. */
  snapshot(images: readonly ImageSummary[], containers: readonly (readonly string[])[]): ImageLayerSnapshot[] {
    const found = new Map<string, ImageLayerSnapshot>();
    const tops = new Map<string, string[]>();
    const add = (paths: readonly string[], createdBy: readonly string[] = []): void => {
      for (const [index, path] of paths.entries()) {
        const id = layerId(path);
        const known = found.get(id);
        if (!known) found.set(id, this.#layer(path, paths[index - 1], createdBy[index] ?? ''));
        else if (!known.createdBy && createdBy[index]) found.set(id, this.#layer(path, paths[index - 1], createdBy[index]));
      }
    };
    for (const image of images) {
      const { ids, createdBy } = this.#image(image.Id);
      add(ids, createdBy);
      const top = ids.at(-1);
      if (top === undefined) continue;
      const names = image.RepoTags.length ? image.RepoTags.map((tag) => tag.replace(/:latest$/, '')) : [image.Id.slice(7, 19)];
      tops.set(layerId(top), [...(tops.get(layerId(top)) ?? []), ...names]);
    }
    for (const paths of containers) add(paths);
    return [...found.values()].map((layer) => ({ ...layer, images: tops.get(layer.id) ?? [] }));
  }

  /** @param lowers from the topmost @returns the topmost layer that has `path` too */
  below(lowers: readonly string[], path: string): string | undefined {
    const key = `${lowers[0]}|${path}`;
    if (this.#below.has(key)) return this.#below.get(key);
    let found: string | undefined;
    for (const lower of lowers) {
      const place = placeOf(this.#machine, `${lower}/${path}`, true);
      if (!place) continue;
      if (!isWhiteout(place.dentry)) found = layerId(lower);
      break;
    }
    if (this.#below.size > 20_000) this.#below.clear();
    this.#below.set(key, found);
    return found;
  }

  /** Where a path of a running container leads: found once for each of its runs. */
  placeIn(container: string, pid: number, path: string): VirtualDentry | undefined {
    const key = `${container} ${pid} ${path}`;
    const known = this.#places.get(key);
    if (known) return known;
    const place = placeOf(this.#machine, `/proc/${pid}/root${path}`);
    if (this.#places.size > 2_000) this.#places.clear();
    if (place) this.#places.set(key, place);
    return place;
  }

  /** What an overlay of these layers shows in a directory; a file is told by its own name. `upper` is the one that changes. */
  namesAt(upper: string | undefined, lowers: readonly string[], path: string, limit: number): Names {
    const top = upper === undefined ? undefined : placeOf(this.#machine, upper + path, true)?.dentry;
    const names = top ? this.#merge([top], () => this.#namesBelow(lowers, path)) : this.#namesBelow(lowers, path);
    return { names: [...names.values()].toSorted().slice(0, limit), total: names.size };
  }

  #namesBelow(lowers: readonly string[], path: string): ReadonlyMap<string, string> {
    const key = `${lowers[0]}|${path}`;
    const known = this.#names.get(key);
    if (known) return known;
    const names = this.#merge(lowers.flatMap((lower) => placeOf(this.#machine, lower + path, true)?.dentry ?? []), () => NOTHING);
    this.#names.set(key, names);
    return names;
  }

  /** From the topmost; `rest` lies below them all. */
  #merge(layers: readonly Dentry[], rest: () => ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    const gone = new Set<string>();
    const take = ([name, label]: readonly [string, string]): void => {
      if (!label) gone.add(name);
      else if (!gone.has(name) && !names.has(name)) names.set(name, label);
    };
    for (const dentry of layers) {
      if (!isDirectory(dentry.inode.mode)) return isWhiteout(dentry) || names.size ? names : new Map([[dentry.name, dentry.name]]);
      for (const entry of entriesOf(this.#machine, dentry)) take(entry);
      if (dentry.inode.xattrs?.has(OPAQUE)) return names;
    }
    for (const entry of rest()) take(entry);
    return names;
  }

  #image(id: string): ImageLayers {
    const known = this.#images.get(id);
    if (known) return known;
    const { engine } = this.#machine;
    const { UpperDir: upper, LowerDir: lowers } = runTask(engine!.imageInspect(id)).GraphDriver.Data ?? {};
    const ids = [upper, ...(lowers ? lowers.split(':') : [])].filter(Boolean).toReversed() as string[];
    const history = runTask(engine!.imageHistory(id)).toReversed();
    const making = history.filter((item) => item.Size > 0 || !MAKES_NONE.test(item.CreatedBy));
    // Whether a WORKDIR had a directory to make is not told.
    const fits = [making, making.filter((item) => item.Size > 0 || !WORKDIR.test(item.CreatedBy)), history.filter((item) => item.Size > 0)].find((items) => items.length === ids.length);
    const layers = { ids, createdBy: fits?.map((item) => item.CreatedBy) ?? [] };
    this.#images.set(id, layers);
    return layers;
  }

  #layer(path: string, parent: string | undefined, createdBy: string): ImageLayerSnapshot {
    const id = layerId(path);
    const known = this.#layers.get(id);
    if (known && (known.createdBy || !createdBy)) return known;
    const files: string[] = [];
    const inodes = new Set<Inode>();
    let size = 0, total = 0;
    const place = placeOf(this.#machine, path);
    if (place) {
      this.#machine.kernel.vfs.walk(this.#machine.context, place.dentry, (file, { inode }) => {
        if (isDirectory(inode.mode)) return;
        if (total++ < LIMIT) files.push(file);
        if (isRegular(inode.mode) && !inodes.has(inode)) size += dataSize(inode.data as FileData);
        inodes.add(inode);
      });
    }
    const layer: ImageLayerSnapshot = { id, ...(parent !== undefined && { parent: layerId(parent) }), images: [], createdBy, size, files, total };
    this.#layers.set(id, layer);
    return layer;
  }
}

/** Name and what to call it (directories end in `/`); a whiteout has no label. */
export function* entriesOf(machine: Machine, directory: Dentry): Iterable<[string, string]> {
  const { superblock } = directory;
  for (const { name } of superblock.entries(directory, machine.context)) {
    const child = superblock.lookup(directory, name, machine.context);
    if (child) yield [name, isWhiteout(child) ? '' : isDirectory(child.inode.mode) ? `${name}/` : name];
  }
}
