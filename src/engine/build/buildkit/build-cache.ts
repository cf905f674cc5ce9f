// BuildKit's cache: the results of steps by what went into them, each holding its layer until it is pruned.

import type { Filters } from '../../../api/engine-client.ts';
import type { BuildCacheRecord } from '../../../api/system.ts';
import { rfc3339Nano } from '../../clock-text.ts';
import type { EngineContext } from '../../engine-context.ts';
import { removeTree } from '../../files.ts';
import { FilterArgs } from '../../filters.ts';
import { layersOf, type Layer } from '../../image/layer-store.ts';
import { parseUntil } from '../../image/list.ts';
import { treeSize } from '../../tree-size.ts';

export interface CachedStep {
  readonly id: string;
  readonly key: string;
  /** undefined for what only was read: a build context, a Dockerfile. */
  readonly layer: Layer | undefined;
  readonly type: 'regular' | 'source.local' | 'exec.cachemount';
  readonly description: string;
  /** Where the files of an exec.cachemount are. */
  readonly path?: string;
  /** undefined until somebody asks: BuildKit measures once, and what a later build puts there does not count. */
  size: number | undefined;
  /** What the size will be found to be. */
  measure: () => number;
  /** ms since the epoch; the created time of the image's step. */
  readonly created: number;
  lastUsed: number;
  uses: number;
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

export class BuildCache {
  readonly #context: EngineContext;
  readonly #steps = new Map<string, CachedStep>();
  /** BuildKit's own name for this engine, as a UUID. */
  readonly session: string;

  constructor(context: EngineContext) {
    this.#context = context;
    this.session = context.ids.hex(32).replace(/^(.{8})(.{4}).(.{3})(.{4})(.{12})$/, '$1-$2-4$3-$4-$5').slice(0, 36);
  }

  /** A build begins from a base; its layers count nothing, but are held. @returns whether one began from it before */
  useBase(base: Layer | undefined): boolean {
    const layers = layersOf(base);
    const used = layers.length > 0 && this.#steps.has(`base ${layers.at(-1)!.chainId}`);
    for (const [at, layer] of layers.entries()) {
      const key = `base ${layer.chainId}`;
      if (!this.#steps.has(key)) this.add({ key, layer, type: 'regular', description: 'from local ', size: 0 });
      else if (at === layers.length - 1) this.find(key);
    }
    return used;
  }

  /** What a build took over from the client; the next from the same directory goes to the same place. */
  useLocal(key: string, description: string, measure: () => number): void {
    const known = this.find(key);
    if (known) known.measure = measure;
    else this.add({ key, layer: undefined, type: 'source.local', description, size: undefined, measure });
  }

  /** The files of `RUN --mount=type=cache`. @param fresh without what was there before */
  useMount(path: string, fresh: boolean): void {
    if (fresh) removeTree(this.#context.sys, path);
    if (fresh || !this.find(path)) this.add({ key: path, path, layer: undefined, type: 'exec.cachemount', description: '', size: undefined, measure: () => treeSize(this.#context.sys, path) });
  }

  /** The step with that key, if its result is still there; it counts as used. */
  find(key: string): CachedStep | undefined {
    const step = this.#steps.get(key);
    if (step) {
      step.lastUsed = this.#context.sys.now();
      step.uses++;
    }
    return step;
  }

  /** Keep a result, in place of one of the same key. */
  add(step: Pick<CachedStep, 'key' | 'layer' | 'type' | 'description' | 'size'> & Partial<Pick<CachedStep, 'path' | 'measure'>>): CachedStep {
    const now = this.#context.sys.now();
    const { layers } = this.#context.images;
    layers.hold(step.layer);
    const before = this.#steps.get(step.key);
    if (before) layers.release(before.layer);
    const added: CachedStep = { measure: () => 0, ...step, id: this.identifier(), created: now, lastUsed: now, uses: 1 };
    this.#steps.set(step.key, added);
    return added;
  }

  /** 25 digits of base 36, as BuildKit names its records. */
  identifier(): string {
    return Array.from({ length: 25 }, () => DIGITS[this.#context.ids.below(36)]).join('');
  }

  records(): BuildCacheRecord[] {
    const used = this.#usedLayers();
    return [...this.#steps.values()].map((step) => this.#record(step, used));
  }

  /** Without `all`, what images share is kept. */
  prune(options: { all?: boolean; filters?: Filters }): { CachesDeleted: string[] | null; SpaceReclaimed: number; Records: BuildCacheRecord[] } {
    const { sys, images } = this.#context;
    // Keys that it does not know are not refused here, unlike everywhere else.
    const filters = new FilterArgs(options.filters, Object.keys(options.filters ?? {}));
    const until = Math.min(Infinity, ...[...filters.values('until'), ...filters.values('unused-for')].map((value) => parseUntil(value, sys.now())));
    const used = this.#usedLayers();
    const deleted: BuildCacheRecord[] = [];
    for (const step of [...this.#steps.values()].reverse()) {
      const record = this.#record(step, used);
      if ((record.Shared && !options.all) || step.lastUsed > until || !filters.exact('id', step.id) || !filters.exact('type', step.type)) continue;
      this.#steps.delete(step.key);
      images.layers.release(step.layer);
      if (step.path) removeTree(sys, step.path);
      deleted.push(record);
    }
    const reclaimed = deleted.reduce((sum, { Size }) => sum + Size, 0);
    this.#context.emit('builder', 'prune', '', { reclaimed: String(reclaimed) });
    return { CachesDeleted: deleted.length ? deleted.map(({ ID }) => ID) : null, SpaceReclaimed: reclaimed, Records: deleted };
  }

  #usedLayers(): Set<string> {
    return new Set(this.#context.images.all().flatMap((image) => layersOf(image.layer).map(({ chainId }) => chainId)));
  }

  #record(step: CachedStep, used: ReadonlySet<string>): BuildCacheRecord {
    const below = layersOf(step.layer).at(-2)?.chainId;
    const parent = below && [...this.#steps.values()].find(({ layer }) => layer?.chainId === below);
    return {
      ID: step.id,
      ...(parent && { Parents: [parent.id] }),
      Type: step.type,
      Description: step.description,
      InUse: false,
      Shared: step.layer !== undefined && used.has(step.layer.chainId),
      Size: (step.size ??= step.measure()),
      CreatedAt: rfc3339Nano(step.created),
      LastUsedAt: rfc3339Nano(step.lastUsed),
      UsageCount: step.uses,
    };
  }
}
