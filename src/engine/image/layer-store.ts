// Read-only layers by chain id, each one directory of the graph driver, with moby's layerdb on disk beside them.

import { decode, encode } from '../../base/bytes.ts';
import { sha256Digest } from '../../base/sha256.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { makeDirectories, removeTree, statOf } from '../files.ts';
import type { GraphDriver } from '../graphdriver/graph-driver.ts';

export interface Layer {
  /** `sha256:…` of this layer and all below it. */
  readonly chainId: string;
  /** `sha256:…` of the layer's own tar. */
  readonly diffId: string;
  /** The graph driver's id. */
  readonly cacheId: string;
  readonly parent: Layer | undefined;
  /** Bytes of the layer's own files. */
  readonly size: number;
}

/** A layer being filled: write to `diffPath`, then `commit` or `abandon`. */
export interface LayerDraft {
  readonly diffPath: string;
  /** The layer, held once: the same one as before when its content is known already. */
  commit(diffId: string): Layer;
  abandon(): void;
}

export class LayerStore {
  readonly #sys: Syscalls;
  readonly #driver: GraphDriver;
  readonly #ids: { hex(n: number): string };
  readonly #home: string;
  readonly #layers = new Map<string, Layer>();
  /** How many images have the layer on top. */
  readonly #uses = new Map<Layer, number>();
  #removed: Layer[] | undefined;

  constructor(sys: Syscalls, driver: GraphDriver, ids: { hex(n: number): string }, root: string) {
    this.#sys = sys;
    this.#driver = driver;
    this.#ids = ids;
    this.#home = `${root}/image/overlay2/layerdb/sha256`;
    driver.onIdle = (cacheId) => {
      const layer = [...this.#layers.values()].find((each) => each.cacheId === cacheId);
      if (layer && !this.#removed) this.#sweep(layer);
    };
    if (statOf(sys, this.#home)) this.#restore();
    else {
      makeDirectories(sys, `${root}/image/overlay2/layerdb`, 0o700);
      for (const name of ['sha256', 'mounts', 'tmp']) makeDirectories(sys, `${root}/image/overlay2/layerdb/${name}`);
    }
  }

  get(chainId: string): Layer | undefined {
    return this.#layers.get(chainId);
  }

  /** The layer with this content on that parent, if it is there. */
  find(parent: Layer | undefined, diffId: string): Layer | undefined {
    return this.#layers.get(chain(parent, diffId));
  }

  all(): Layer[] {
    return [...this.#layers.values()];
  }

  /** Begin a layer on `parent`. */
  draft(parent: Layer | undefined): LayerDraft {
    const cacheId = this.#ids.hex(64);
    this.#driver.create(cacheId, parent?.cacheId ?? '');
    const abandon = () => {
      this.#removed ??= [];
      this.#driver.remove(cacheId);
      this.#removed = undefined;
    };
    return {
      diffPath: this.#driver.diffPath(cacheId),
      abandon,
      commit: (diffId) => {
        const chainId = chain(parent, diffId);
        const known = this.#layers.get(chainId);
        if (known) {
          abandon();
          return known;
        }
        const layer: Layer = { chainId, diffId, cacheId, parent, size: this.#driver.diffSize(cacheId) };
        this.#layers.set(chainId, layer);
        this.#write(layer);
        return layer;
      },
    };
  }

  hold(layer: Layer | undefined): void {
    if (layer) this.#uses.set(layer, (this.#uses.get(layer) ?? 0) + 1);
  }

  /** @returns the layers that are gone now, topmost first */
  release(layer: Layer | undefined): Layer[] {
    if (!layer) return [];
    this.#uses.set(layer, (this.#uses.get(layer) ?? 1) - 1);
    return this.#sweep(layer);
  }

  #sweep(layer: Layer): Layer[] {
    const removed: Layer[] = (this.#removed = []);
    for (let at: Layer | undefined = layer; at && !this.#uses.get(at) && !this.#driver.hasChildren(at.cacheId); at = at.parent) {
      this.#layers.delete(at.chainId);
      this.#uses.delete(at);
      this.#driver.remove(at.cacheId);
      removeTree(this.#sys, this.#path(at.chainId));
      removed.push(at);
    }
    this.#removed = undefined;
    return removed;
  }

  #path(chainId: string): string {
    return `${this.#home}/${chainId.slice(7)}`;
  }

  #write(layer: Layer): void {
    const path = this.#path(layer.chainId);
    this.#sys.mkdir(path, 0o700);
    const fields: Record<string, string> = { size: String(layer.size), diff: layer.diffId, 'cache-id': layer.cacheId };
    if (layer.parent) fields['parent'] = layer.parent.chainId;
    for (const [name, text] of Object.entries(fields)) this.#sys.writeFile(`${path}/${name}`, encode(text), 0o644);
  }

  #restore(): void {
    const load = (chainId: string): Layer => {
      const known = this.#layers.get(chainId);
      if (known) return known;
      const read = (name: string) => decode(this.#sys.readFile(`${this.#path(chainId)}/${name}`));
      const parent = this.#sys.can(`${this.#path(chainId)}/parent`, '') ? load(read('parent')) : undefined;
      const layer: Layer = { chainId, diffId: read('diff'), cacheId: read('cache-id'), parent, size: Number(read('size')) };
      this.#layers.set(chainId, layer);
      return layer;
    };
    for (const { name } of this.#sys.readdir(this.#home)) load(`sha256:${name}`);
  }
}

const chain = (parent: Layer | undefined, diffId: string): string => (parent ? sha256Digest(encode(`${parent.chainId} ${diffId}`)) : diffId);

/** A layer and all below it, the lowest first. */
export function layersOf(layer: Layer | undefined): Layer[] {
  const layers: Layer[] = [];
  for (let at = layer; at; at = at.parent) layers.unshift(at);
  return layers;
}
