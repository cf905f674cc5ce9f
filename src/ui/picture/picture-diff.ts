// What changed between two pictures, in words that motion and announcements can be made from.

import { isUp, type ContainerBox, type FileItem, type PictureModel, type Place } from './picture-model.ts';

export type Change =
  | { readonly kind: 'container-added' | 'container-removed'; readonly key: string; readonly name: string }
  /** The process began or ended, or was paused. */
  | { readonly kind: 'state'; readonly key: string; readonly name: string; readonly text: string; readonly up: boolean }
  | { readonly kind: 'place-added' | 'place-removed'; readonly key: string; readonly name: string; readonly place: Place['kind'] }
  /** An anonymous volume, gone together with its container. */
  | { readonly kind: 'swept'; readonly key: string; readonly name: string }
  /** Memory that held files, gone with the process. */
  | { readonly kind: 'emptied'; readonly key: string; readonly name: string; readonly files: readonly string[] }
  /** What its last container left behind. */
  | { readonly kind: 'outlived'; readonly key: string; readonly name: string }
  | { readonly kind: 'layer-added' | 'layer-removed'; readonly key: string; readonly name: string }
  | { readonly kind: 'mount-added' | 'mount-removed'; readonly key: string; readonly name: string }
  /** `copied-up` rises from the layer `from`; `deleted` lays a whiteout over it. */
  | { readonly kind: 'copied-up' | 'deleted'; readonly key: string; readonly name: string; readonly owner: string; readonly from: string | undefined }
  | { readonly kind: 'file-added' | 'file-written' | 'file-removed'; readonly key: string; readonly name: string; readonly owner: string };

/** Removals first, then what came or changed, each in the order of the picture. */
export function diffModels(before: PictureModel, after: PictureModel): Change[] {
  const gone: Change[] = [], come: Change[] = [];
  const boxes = byKey(before.containers), places = byKey(before.places), layers = byKey(before.layers);
  const nextBoxes = byKey(after.containers), nextPlaces = byKey(after.places), nextLayers = byKey(after.layers);

  for (const box of before.containers) if (!nextBoxes.has(box.key)) gone.push({ kind: 'container-removed', key: box.key, name: box.name });
  const removed = gone.length > 0;
  for (const place of before.places) if (!nextPlaces.has(place.key)) gone.push(placeGone(place, removed, before, nextBoxes));
  for (const layer of before.layers) if (!nextLayers.has(layer.key)) gone.push({ kind: 'layer-removed', key: layer.key, name: layer.title });

  for (const layer of after.layers) if (!layers.has(layer.key)) come.push({ kind: 'layer-added', key: layer.key, name: layer.title });
  for (const box of after.containers) {
    const was = boxes.get(box.key);
    if (!was) come.push({ kind: 'container-added', key: box.key, name: box.name });
    else if (was.state !== box.state || was.stateText !== box.stateText) come.push({ kind: 'state', key: box.key, name: box.name, text: box.stateText, up: isUp(box.state) });
    mountChanges(was, box, gone, come);
    fileChanges(was?.files.items ?? [], box.files.items, box.key, gone, come);
  }
  for (const place of after.places) {
    const was = places.get(place.key);
    if (!was) come.push({ kind: 'place-added', key: place.key, name: place.title, place: place.kind });
    if (was && place.gone && !was.gone) {
      if (was.files.items.length) gone.push({ kind: 'emptied', key: place.key, name: place.title, files: was.files.items.map((file) => file.key) });
      continue;
    }
    if (was?.usedBy.length && !place.usedBy.length && place.kind === 'volume') come.push({ kind: 'outlived', key: place.key, name: place.title });
    fileChanges(was?.files.items ?? [], place.files.items, place.key, gone, come);
  }
  return [...gone, ...come];
}

const byKey = <T extends { readonly key: string }>(items: readonly T[]): ReadonlyMap<string, T> => new Map(items.map((item) => [item.key, item]));

function placeGone(place: Place, containerRemoved: boolean, before: PictureModel, next: ReadonlyMap<string, ContainerBox>): Change {
  if (place.kind === 'tmpfs' && place.files.items.length) return { kind: 'emptied', key: place.key, name: place.title, files: place.files.items.map((file) => file.key) };
  const users = before.containers.filter((box) => box.mounts.some((mount) => mount.place === place.key));
  if (place.anonymous && containerRemoved && users.some((box) => !next.has(box.key))) return { kind: 'swept', key: place.key, name: place.title };
  return { kind: 'place-removed', key: place.key, name: place.title, place: place.kind };
}

function mountChanges(was: ContainerBox | undefined, box: ContainerBox, gone: Change[], come: Change[]): void {
  const old = byKey(was?.mounts ?? []), now = byKey(box.mounts);
  for (const mount of old.values()) if (!now.has(mount.key)) gone.push({ kind: 'mount-removed', key: mount.key, name: mount.reference });
  for (const mount of box.mounts) if (!old.has(mount.key)) come.push({ kind: 'mount-added', key: mount.key, name: mount.reference });
}

function fileChanges(was: readonly FileItem[], now: readonly FileItem[], owner: string, gone: Change[], come: Change[]): void {
  if (was === now) return;
  const old = byKey(was), next = byKey(now);
  for (const file of was) if (!next.has(file.key)) gone.push({ kind: 'file-removed', key: file.key, name: file.path, owner });
  for (const file of now) {
    const before = old.get(file.key);
    const fresh = !before || before.mark !== file.mark;
    if (fresh && file.mark === 'copied') come.push({ kind: 'copied-up', key: file.key, name: file.path, owner, from: file.below });
    else if (fresh && file.mark === 'deleted') come.push({ kind: 'deleted', key: file.key, name: file.path, owner, from: file.below });
    else if (fresh) come.push({ kind: 'file-added', key: file.key, name: file.path, owner });
    else if (before.stamp !== file.stamp) come.push({ kind: 'file-written', key: file.key, name: file.path, owner });
  }
}

/** One short sentence of what matters most, for those who do not see it move; empty when there is nothing to tell. */
export function tellChanges(changes: readonly Change[]): string {
  const told = changes.flatMap((change): string[] => {
    switch (change.kind) {
      case 'container-added': return [`Container ${change.name} is there`];
      case 'container-removed': return [`Container ${change.name} and its writable layer are gone`];
      case 'state': return [`${change.name} is ${change.text}`];
      case 'place-added': return change.place === 'volume' ? [`Volume ${change.name} is there`] : [];
      case 'place-removed': return change.place === 'volume' ? [`Volume ${change.name} is gone`] : [];
      case 'swept': return [`Anonymous volume ${change.name} was removed with it`];
      case 'emptied': return [`Memory ${change.name} lost its files`];
      case 'outlived': return [`Volume ${change.name} stays, used by no container`];
      case 'copied-up': return [`${change.name} was copied up from the image`];
      case 'deleted': return [`${change.name} of the image is hidden by a whiteout`];
      default: return [];
    }
  });
  return told.length ? `${told.slice(0, 4).join('. ')}${told.length > 4 ? `, and ${told.length - 4} more changes` : ''}.` : '';
}
