// What is set off in the drawing: what one points at and what it is tied to, what has just changed, what a lesson speaks of.

import type { Change } from './picture-diff.ts';
import type { PictureModel } from './picture-model.ts';

const only = (drawing: SVGSVGElement, name: string, elements: Iterable<Element>): void => {
  const wanted = new Set(elements);
  for (const element of drawing.querySelectorAll(`.${name}`)) if (!wanted.has(element)) element.classList.remove(name);
  for (const element of wanted) element.classList.add(name);
};

const all = (drawing: SVGSVGElement, selector: string): Element[] => [...drawing.querySelectorAll(selector)];
const byKey = (drawing: SVGSVGElement, key: string): Element[] => all(drawing, `[data-key="${CSS.escape(key)}"]`);

/** @param stop a mount, a place, a container's head, a file; nothing */
export function pointAt(drawing: SVGSVGElement, stop: Element | null): void {
  const item = stop?.getAttribute('data-item') ?? '';
  const place = stop?.getAttribute('data-place');
  const below = stop?.getAttribute('data-below');
  const mount = stop?.classList.contains('mount') ?? false;
  const lines = mount ? byKey(drawing, `line:${item}`)
    : place ? all(drawing, `.line[data-place="${CSS.escape(place)}"]`)
    : stop?.hasAttribute('data-fold') ? all(drawing, `.line[data-container="${CSS.escape(item)}"]`) : [];
  only(drawing, 'hot', lines);
  drawing.classList.toggle('pointing', lines.length > 0);
  only(drawing, 'aimed', mount && place ? byKey(drawing, place) : []);
  only(drawing, 'below', below ? byKey(drawing, below) : []);
}

/** Rows that the last command made or wrote. */
export function markFresh(drawing: SVGSVGElement, changes: readonly Change[]): void {
  only(drawing, 'fresh', changes.length > 40 ? [] : changes.flatMap((change) => ('owner' in change && change.kind !== 'file-removed' ? byKey(drawing, change.key) : [])));
}

export function showSpot(drawing: SVGSVGElement, keys: readonly string[]): void {
  only(drawing, 'spot', keys.flatMap((key) => [...byKey(drawing, key), ...all(drawing, `.line[data-place="${CSS.escape(key)}"], .line[data-container="${CSS.escape(key)}"]`)]));
  // A key of something that is not there dims nothing.
  drawing.classList.toggle('spotlit', drawing.querySelector('.spot') !== null);
}

/** What those keys stand for, in words. */
export function namesOf({ containers, places, layers }: PictureModel, keys: readonly string[]): string[] {
  const names = new Map<string, string>([
    ...containers.flatMap((box): [string, string][] => [[box.key, `container ${box.name}`], ...box.files.items.map((file): [string, string] => [file.key, `/${file.path} in ${box.name}`])]),
    ...places.flatMap((place): [string, string][] => [[place.key, `${place.kind === 'volume' ? 'volume ' : ''}${place.title}`], ...place.files.items.map((file): [string, string] => [file.key, `${file.path} in ${place.title}`])]),
    ...layers.map((layer): [string, string] => [layer.key, `a layer of ${layer.images[0] ?? 'an image'}`]),
  ]);
  return [...new Set(keys.flatMap((key) => names.get(key) ?? []))];
}
