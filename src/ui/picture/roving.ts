// The keyboard in the drawing: one stop of the page, and arrows from thing to thing inside.

/** Where an arrow leads from an item: the nearest in that direction, in the order of distance with sideways steps counting double. */
export function nextItem(items: readonly { readonly key: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number }[], from: string, direction: 'up' | 'down' | 'left' | 'right'): string | undefined {
  const start = items.find((item) => item.key === from);
  if (!start) return items[0]?.key;
  const upright = direction === 'up' || direction === 'down';
  const sign = direction === 'up' || direction === 'left' ? -1 : 1;
  let best: { key: string; cost: number } | undefined;
  for (const item of items) {
    if (item === start) continue;
    const along = sign * (upright ? item.y + item.height / 2 - start.y - start.height / 2 : item.x - start.x);
    if (along < (upright ? 3 : 24)) continue;
    const aside = upright ? overlapGap(item.x, item.width, start.x, start.width) : Math.abs(item.y + item.height / 2 - start.y - start.height / 2);
    const cost = along + aside * (upright ? 3 : 2);
    if (!best || cost < best.cost) best = { key: item.key, cost };
  }
  return best?.key;
}

/** How far two stretches are apart; 0 when they overlap. */
const overlapGap = (a: number, aLength: number, b: number, bLength: number): number => Math.max(0, Math.max(a, b) - Math.min(a + aLength, b + bLength));

const ITEMS = '[data-item], .fetch';

/** All things in the drawing that can be stopped at, in the order in which they are drawn. */
export const stops = (drawing: SVGSVGElement): SVGGElement[] => [...drawing.querySelectorAll<SVGGElement>(ITEMS)];

export const keyOf = (stop: Element): string => stop.getAttribute('data-item') ?? `fetch:${stop.getAttribute('data-fetch')}`;

/** Exactly one of them is reached by Tab. @returns it */
export function holdStop(drawing: SVGSVGElement, wanted: string | undefined): SVGGElement | undefined {
  const all = stops(drawing);
  const held = all.find((stop) => keyOf(stop) === wanted) ?? all[0];
  for (const stop of all) {
    const index = stop === held ? '0' : '-1';
    if (stop.getAttribute('tabindex') !== index) stop.setAttribute('tabindex', index);
  }
  return held;
}

const ARROWS: Readonly<Record<string, 'up' | 'down' | 'left' | 'right'>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };

/** @returns where the key leads, if anywhere */
export function stopAfter(drawing: SVGSVGElement, at: Element, key: string): SVGGElement | undefined {
  const all = stops(drawing);
  if (key === 'Home') return all[0];
  if (key === 'End') return all.at(-1);
  const direction = ARROWS[key];
  if (!direction) return undefined;
  // A mount and its place are neighbours, however far apart they are drawn.
  const place = at.getAttribute('data-place');
  if (place && direction === 'right' && at.classList.contains('mount')) return all.find((stop) => stop.getAttribute('data-item') === place) ?? undefined;
  if (place && direction === 'left' && !at.classList.contains('mount')) {
    const mount = all.find((stop) => stop.classList.contains('mount') && stop.getAttribute('data-place') === place);
    if (mount) return mount;
  }
  const boxes = all.map((stop) => {
    const { x, y, width, height } = stop.getBoundingClientRect();
    return { key: keyOf(stop), x, y, width, height };
  });
  const next = nextItem(boxes, keyOf(at), direction);
  return next === undefined ? undefined : all.find((stop) => keyOf(stop) === next);
}
