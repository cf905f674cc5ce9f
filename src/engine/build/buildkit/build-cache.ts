// BuildKit's cache: the results of steps by what went into them, each holding its layer until it is pruned.

import type { Filters } from '../../../api/engine-client.ts';
import type { BuildCacheRecord } from '../../../api/system.ts';
import { rfc3339Nano } from '../../clock-text.ts';
import type { EngineContext } from '../../engine-context.ts';
import { FilterArgs } from '../../filters.ts';
import { layersOf, type Layer } from '../../image/layer-store.ts';
import { parseUntil } from '../../image/list.ts';

export interface CachedStep {
  readonly id: string;
  readonly key: string;
  /** undefined for what only was read: a build context, a Dockerfile. */
  readonly layer: Layer | undefined;
  readonly type: 'regular' | 'source.local' | 'exec.cachemount';
  readonly description: string;
  readonly size: number;
  /** ms since the epoch; the created time of the image's step. */
  readonly created: number;
  parent: string;
  lastUsed: number;
  uses: number;
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

export class BuildCache {
  readonly #context: EngineContext;
  readonly #steps = new Map<string, CachedStep>();
  readonly #bases = new Set<string>();
  /** BuildKit's own name for this engine, as a UUID. */
  readonly session: string;

  constructor(context: EngineContext) {
    this.#context = context;
    this.session = context.ids.hex(32).replace(/^(.{8})(.{4}).(.{3})(.{4})(.{12})$/, '$1-$2-4$3-$4-$5').slice(0, 36);
  }

  /** @returns whether a build began from this base before */
  useBase(key: string): boolean {
    const used = this.#bases.has(key);
    this.#bases.add(key);
    return used;
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
  add(step: Pick<CachedStep, 'key' | 'layer' | 'type' | 'description' | 'size'> & { parent?: string }): CachedStep {
    const now = this.#context.sys.now();
    const { layers } = this.#context.images;
    layers.hold(step.layer);
    const before = this.#steps.get(step.key);
    if (before) layers.release(before.layer);
    const added: CachedStep = { parent: '', ...step, id: this.identifier(), created: now, lastUsed: now, uses: 1 };
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
      deleted.push(record);
    }
    const reclaimed = deleted.reduce((sum, { Size, Shared }) => sum + (Shared ? 0 : Size), 0);
    this.#context.emit('builder', 'prune', '', { reclaimed: String(reclaimed) });
    return { CachesDeleted: deleted.length ? deleted.map(({ ID }) => ID) : null, SpaceReclaimed: reclaimed, Records: deleted };
  }

  #usedLayers(): Set<string> {
    return new Set(this.#context.images.all().flatMap((image) => layersOf(image.layer).map(({ chainId }) => chainId)));
  }

  #record(step: CachedStep, used: ReadonlySet<string>): BuildCacheRecord {
    return {
      ID: step.id,
      ...(step.parent ? { Parents: [step.parent] } : {}),
      Type: step.type,
      Description: step.description,
      InUse: false,
      Shared: step.layer !== undefined && used.has(step.layer.chainId),
      Size: step.size,
      CreatedAt: rfc3339Nano(step.created),
      LastUsedAt: rfc3339Nano(step.lastUsed),
      UsageCount: step.uses,
    };
  }
}
