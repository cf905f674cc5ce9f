// `docker images`: which images are listed, by filters, newest first.

import type { Filters } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import type { ImageSummary } from '../../api/image.ts';
import { familiarName, familiarReference, type Reference } from '../../api/reference.ts';
import { parseTime } from '../clock-text.ts';
import { FilterArgs } from '../filters.ts';
import { globPattern } from './glob.ts';
import type { ImageRecord, ImageStore } from './image-store.ts';
import { layersOf } from './layer-store.ts';

export interface ListOptions {
  readonly all?: boolean;
  readonly filters?: Filters;
  readonly sharedSize?: boolean;
  /** How many containers an image has; −1 shows as N/A. */
  readonly containers?: (image: ImageRecord) => number;
}

export const createdMs = (image: ImageRecord): number => parseTime(image.file.created) ?? 0;

/** @throws invalidParameter for filters, notFound for the images of `before` and `since` */
export function listImages(store: ImageStore, now: number, options: ListOptions = {}): ImageSummary[] {
  const filters = new FilterArgs(options.filters, ['dangling', 'label', 'before', 'since', 'reference', 'until']);
  const dangling = filters.bool('dangling');
  const bound = (key: string) => filters.values(key).map((value) => createdMs(store.resolve(value)));
  const before = Math.min(Infinity, ...bound('before'), ...filters.values('until').map((value) => parseUntil(value, now)));
  const since = Math.max(-Infinity, ...bound('since'));
  const patterns = filters.values('reference').map((value) => globPattern(value));
  const rows: ImageSummary[] = [];
  const uses = options.sharedSize ? layerUses(store) : undefined;
  for (const image of store.all()) {
    const created = createdMs(image);
    if (created >= before || created <= since || !filters.labels(image.Config.Labels ?? null)) continue;
    const childless = store.children(image.Id).length === 0;
    if (dangling && !childless) continue;
    const references = store.referencesOf(image.Id).filter((reference) => !patterns.length || patterns.some((pattern) => familiarMatch(pattern, reference)));
    const tags = references.filter((reference) => !reference.digest).map(familiarReference);
    const digests = references.filter((reference) => reference.digest).map(familiarReference);
    if (!references.length) {
      if (!options.all && !childless) continue;
      if (dangling === false || patterns.length) continue;
    } else if (dangling && tags.length) continue;
    rows.push({
      Containers: options.containers?.(image) ?? -1,
      Created: Math.floor(created / 1000),
      Id: image.Id,
      Labels: image.Config.Labels ?? null,
      ParentId: image.parent,
      RepoDigests: digests,
      RepoTags: tags,
      SharedSize: uses ? layersOf(image.layer).reduce((sum, layer) => sum + ((uses.get(layer.chainId) ?? 0) > 1 ? layer.size : 0), 0) : -1,
      Size: image.size,
    });
  }
  return rows.map((row, index) => [row, index] as const).sort(([a, i], [b, j]) => b.Created - a.Created || j - i).map(([row]) => row);
}

function familiarMatch(pattern: RegExp, reference: Reference): boolean {
  return pattern.test(familiarReference(reference)) || pattern.test(familiarName(reference));
}

/** How many images have each layer, by chain id: those between the steps of a build count, too. */
function layerUses(store: ImageStore): Map<string, number> {
  const uses = new Map<string, number>();
  for (const image of store.all()) {
    for (const { chainId } of layersOf(image.layer)) uses.set(chainId, (uses.get(chainId) ?? 0) + 1);
  }
  return uses;
}

/** A time, or a Go duration ago. @throws invalidParameter */
export function parseUntil(value: string, now: number): number {
  const at = /\d{4}-|^\d+(\.\d+)?$/.test(value) ? parseTime(value) : undefined;
  if (at !== undefined) return at;
  const units: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  if (!/^([\d.]+(ns|us|µs|ms|s|m|h))+$/.test(value)) throw new ApiError('invalidParameter', `failed to parse value as time or duration: "${value}"`);
  let ago = 0;
  for (const [, count, unit] of value.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g)) ago += Number(count) * units[unit!]!;
  return now - ago;
}
