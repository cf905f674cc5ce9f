// `docker rmi` and `docker image prune`: what is untagged, what is deleted, and what stands in the way.

import type { Filters } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import type { ImageDeleteItem, ImagesPruneReport } from '../../api/image.ts';
import { familiarName, familiarReference, parseReference, withDefaultTag, type Reference } from '../../api/reference.ts';
import type { EngineContext } from '../engine-context.ts';
import { FilterArgs } from '../filters.ts';
import type { ImageRecord } from './image-store.ts';
import { createdMs, parseUntil } from './list.ts';

export interface RemoveOptions {
  readonly force?: boolean;
  readonly noPrune?: boolean;
}

interface Conflict {
  readonly hard: boolean;
  readonly used: boolean;
  readonly message: string;
}

const short = (id: string): string => id.replace('sha256:', '').slice(0, 12);
const isPrefix = (id: string, text: string): boolean => id.startsWith(text) || id.slice(7).startsWith(text);

/** @throws notFound, conflict */
export function removeImage(context: EngineContext, text: string, options: RemoveOptions = {}): ImageDeleteItem[] {
  const { images: store } = context;
  const image = store.resolve(text);
  const { force = false } = options;
  const records: ImageDeleteItem[] = [];
  const untag = (reference: Reference) => {
    store.untag(reference);
    store.onEvent('untag', image, image.Id);
    records.push({ Untagged: familiarReference(reference) });
  };
  let references = store.referencesOf(image.Id);
  const byReference = !isPrefix(image.Id, text);
  if (byReference) {
    const [user] = context.containers.using(image.Id);
    if (!force && user && isSingle(references)) {
      throw new ApiError('conflict', `conflict: unable to remove repository reference "${text}" (must force) - container ${short(user.id)} is using its referenced image ${short(image.Id)}`);
    }
    const reference = withDefaultTag(parseReference(text) as Reference);
    untag(reference);
    references = store.referencesOf(image.Id);
    const sameName = references.filter((other) => familiarName(other) === familiarName(reference));
    if (!reference.digest && sameName.every((other) => other.digest)) {
      for (const other of sameName) {
        store.untag(other);
        records.push({ Untagged: familiarReference(other) });
      }
      references = store.referencesOf(image.Id);
    }
    if (references.length) return records;
  } else if (isSingle(references)) {
    const conflict = conflictOf(context, image, { soft: !force, references: false });
    if (conflict) throw conflictError(image, conflict);
    references.forEach(untag);
  }
  deleteImage(context, image, records, { force, prune: !options.noPrune, quiet: byReference });
  return records;
}

/** At most one tag, and digests only of the same repository. */
function isSingle(references: readonly Reference[]): boolean {
  if (references.length <= 1) return true;
  const tags = references.filter((reference) => !reference.digest);
  if (tags.length > 1) return false;
  const names = new Set(references.filter((reference) => reference.digest).map(familiarName));
  return names.size === 1 && names.has(familiarName(tags[0] ?? references[0]!));
}

function deleteImage(context: EngineContext, image: ImageRecord, records: ImageDeleteItem[], options: { force: boolean; prune: boolean; quiet: boolean }): void {
  const { images: store } = context;
  const conflict = conflictOf(context, image, { soft: !options.force, references: true });
  if (conflict) {
    const dangling = !store.referencesOf(image.Id).length && !store.children(image.Id).length;
    if (options.quiet && (!dangling || conflict.used)) return;
    throw conflictError(image, conflict);
  }
  const { parent } = image;
  for (const reference of store.referencesOf(image.Id)) {
    store.untag(reference);
    store.onEvent('untag', image, image.Id);
    records.push({ Untagged: familiarReference(reference) });
  }
  const layers = store.delete(image.Id);
  store.onEvent('delete', image, image.Id);
  records.push({ Deleted: image.Id }, ...layers.map((layer) => ({ Deleted: layer.chainId })));
  const above = store.byId(parent);
  if (options.prune && above) deleteImage(context, above, records, { force: false, prune: true, quiet: true });
}

function conflictOf(context: EngineContext, image: ImageRecord, check: { soft: boolean; references: boolean }): Conflict | undefined {
  const { images: store, containers } = context;
  if (store.children(image.Id).length) return { hard: true, used: false, message: 'image has dependent child images' };
  const users = containers.using(image.Id);
  const running = users.find((user) => user.running);
  if (running) return { hard: true, used: true, message: `image is being used by running container ${short(running.id)}` };
  if (!check.soft) return undefined;
  if (check.references && store.referencesOf(image.Id).length) return { hard: false, used: false, message: 'image is referenced in multiple repositories' };
  const [stopped] = users;
  return stopped ? { hard: false, used: true, message: `image is being used by stopped container ${short(stopped.id)}` } : undefined;
}

function conflictError(image: ImageRecord, conflict: Conflict): ApiError {
  return new ApiError('conflict', `conflict: unable to delete ${short(image.Id)} (${conflict.hard ? 'cannot be forced' : 'must be forced'}) - ${conflict.message}`);
}

/** Dangling images, or with `dangling=false` all that no container uses. */
export function pruneImages(context: EngineContext, filters?: Filters): ImagesPruneReport {
  const { images: store } = context;
  const args = new FilterArgs(filters, ['dangling', 'label', 'label!', 'until']);
  const danglingOnly = args.bool('dangling') ?? true;
  const now = context.sys.now();
  const until = Math.min(Infinity, ...args.values('until').map((value) => parseUntil(value, now)));
  const sizes = new Map(store.layers.all().map((layer) => [layer.chainId, layer.size]));
  const candidates = store.all().filter((image) => {
    const children = store.children(image.Id).length > 0;
    if (children && (danglingOnly || !store.referencesOf(image.Id).length)) return false;
    return createdMs(image) <= until && args.prunable(image.Config.Labels ?? null);
  });
  const deleted: ImageDeleteItem[] = [];
  const tryRemove = (text: string) => {
    try {
      deleted.push(...removeImage(context, text));
    } catch (error) {
      // In use, or the parent of another: left alone, and only logged.
      if (!(error instanceof ApiError)) throw error;
    }
  };
  for (const image of candidates) {
    const references = store.referencesOf(image.Id);
    if (!references.length) tryRemove(image.Id.slice(7));
    else if (!danglingOnly || references.every((reference) => reference.digest)) for (const reference of references) tryRemove(familiarReference(reference));
  }
  const reclaimed = deleted.reduce((sum, { Deleted }) => sum + (sizes.get(Deleted ?? '') ?? 0), 0);
  context.emit('image', 'prune', '', { reclaimed: String(reclaimed) });
  return { ImagesDeleted: deleted.length ? deleted : null, SpaceReclaimed: reclaimed };
}
