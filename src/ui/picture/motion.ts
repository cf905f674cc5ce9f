// What a change looks like while it happens: things rise, dissolve, are swept away. Never awaited, and nothing depends on it.

import type { Change } from './picture-diff.ts';
import type { MountLine, Scene } from './scene.ts';

/** More at once is another host, not a change. */
const MOST = 60;
/** With more boxes than this on the screen nothing glides to its new place. */
const MOST_GLIDING = 70;
const EASE = 'cubic-bezier(.2,.7,.2,1)';

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Those that go, as they looked: taken before the picture is drawn anew. */
export interface Leaving {
  readonly ghosts: ReadonlyMap<string, SVGGElement>;
  readonly spots: ReadonlyMap<string, Spot>;
  readonly lines: ReadonlyMap<string, string>;
}

/** By the person's setting, or by that of their system. */
export const stillWanted = (): boolean => document.documentElement.dataset.motion === 'less';

export function beforeChange(drawing: SVGSVGElement, scene: Scene, changes: readonly Change[]): Leaving | undefined {
  const many = changes.length > MOST;
  const ghosts = new Map<string, SVGGElement>();
  for (const change of many ? [] : changes) {
    const keys = change.kind === 'emptied' ? change.files : /removed$|swept/.test(change.kind) ? [change.key] : [];
    for (const key of keys) {
      const element = find(drawing, key);
      if (!element) continue;
      const ghost = element.cloneNode(true) as SVGGElement;
      const parent = element.closest<SVGGElement>('.card');
      if (element.matches('.row') && parent) ghost.setAttribute('transform', `${parent.getAttribute('transform')} ${element.getAttribute('transform')}`);
      ghosts.set(key, ghost);
    }
  }
  return { ghosts, spots: spotsOf(scene), lines: new Map(scene.lines.map((line) => [line.key, line.path])) };
}

/** To be called once the new picture is drawn. */
export function afterChange(drawing: SVGSVGElement, scene: Scene, changes: readonly Change[], leaving: Leaving): void {
  if (changes.length > MOST || scene.containers.length + scene.places.length > MOST_GLIDING) return;
  glide(drawing, scene, leaving);
  const spots = spotsOf(scene);
  for (const change of changes) play(drawing, change, spots, leaving);
}

function spotsOf(scene: Scene): Map<string, Spot> {
  return new Map([...scene.trays, ...scene.slabs, ...scene.containers, ...scene.places].map(({ key, x, y }) => [key, { x, y }]));
}

const find = (drawing: SVGSVGElement, key: string): SVGGElement | null => drawing.querySelector<SVGGElement>(`[data-key="${CSS.escape(key)}"]`);

const move = (x: number, y: number): string => `translate(${x}px, ${y}px)`;

function animate(element: Element | null | undefined, frames: Keyframe[], duration: number, delay = 0): Animation | undefined {
  return element?.animate(frames, { duration, delay, easing: EASE, fill: 'backwards' });
}

/** What has moved goes there, and lines follow. */
function glide(drawing: SVGSVGElement, scene: Scene, leaving: Leaving): void {
  for (const { key, x, y } of [...scene.trays, ...scene.slabs, ...scene.containers, ...scene.places]) {
    const from = leaving.spots.get(key);
    if (from && (from.x !== x || from.y !== y)) animate(find(drawing, key), [{ transform: move(from.x, from.y) }, { transform: move(x, y) }], 340);
  }
  for (const line of scene.lines) {
    const from = leaving.lines.get(line.key);
    if (from !== undefined && from !== line.path) bend(find(drawing, line.key), from, line);
  }
}

function bend(element: SVGGElement | null, from: string, line: MountLine): void {
  for (const path of element?.querySelectorAll('path.halo, path.thread') ?? []) animate(path, [{ d: `path("${from}")` } as Keyframe, { d: `path("${line.path}")` } as Keyframe], 340);
}

function play(drawing: SVGSVGElement, change: Change, spots: ReadonlyMap<string, Spot>, leaving: Leaving): void {
  const element = find(drawing, change.key);
  const body = element?.querySelector(':scope > .body');
  switch (change.kind) {
    case 'container-added':
      animate(body, [{ transform: move(0, -14), opacity: 0 }, { transform: move(0, 0), opacity: 1 }], 320);
      return;
    case 'place-added':
    case 'layer-added':
      animate(body, [{ transform: move(0, 10), opacity: 0 }, { transform: move(0, 0), opacity: 1 }], 320, 60);
      return;
    case 'mount-added': {
      const line = find(drawing, `line:${change.key}`);
      for (const path of line?.querySelectorAll<SVGPathElement>('path') ?? []) {
        const length = path.getTotalLength?.() ?? 0;
        const dashes = getComputedStyle(path).strokeDasharray;
        // A solid line is drawn from its port on; a broken one comes to light.
        if (dashes === 'none') animate(path, [{ strokeDasharray: `${length}`, strokeDashoffset: `${length}` }, { strokeDasharray: `${length}`, strokeDashoffset: '0' }], 420, 160);
        else animate(path, [{ opacity: 0 }, { opacity: 1 }], 420, 160);
      }
      return;
    }
    case 'state': {
      const lamp = element?.querySelector('.lamp');
      if (lamp) animate(lamp.querySelector('circle'), [{ transform: 'scale(2.2)', opacity: 0.2 }, { transform: 'scale(1)', opacity: 1 }], 420);
      return;
    }
    case 'copied-up': {
      // From the image's layer, where it stays, up to the writable one.
      const owner = spots.get(change.owner), slab = change.from === undefined ? undefined : spots.get(change.from);
      const row = Number(/translate\(0 ([\d.]+)\)/.exec(element?.getAttribute('transform') ?? '')?.[1] ?? 0);
      const rise = owner && slab ? slab.y - owner.y - row : 26;
      animate(body, [{ transform: move(0, rise), opacity: 0.15 }, { transform: move(0, rise * 0.9), opacity: 1, offset: 0.2 }, { transform: move(0, 0), opacity: 1 }], 620);
      if (change.from !== undefined) animate(find(drawing, change.from)?.querySelector('.top'), [{ strokeWidth: 5, strokeOpacity: 1 }, { strokeWidth: 1, strokeOpacity: 0.75 }], 700);
      return;
    }
    case 'deleted':
      animate(body, [{ transform: 'scale(1.15)', opacity: 0 }, { transform: 'scale(1)', opacity: 1 }], 300);
      return;
    case 'file-added':
      animate(body, [{ transform: move(0, -9), opacity: 0 }, { transform: move(0, 0), opacity: 1 }], 300, 80);
      return;
    case 'file-written':
      animate(element?.querySelector('.item > .hit'), [{ fillOpacity: 0.55 }, { fillOpacity: 0.14 }], 800);
      return;
    case 'outlived':
      animate(element?.querySelector('.shell'), [{ strokeWidth: 1.5 }, { strokeWidth: 7, offset: 0.3 }, { strokeWidth: 1.5 }], 1200, 200);
      return;
    case 'emptied':
      for (const [index, key] of change.files.entries()) leave(drawing, leaving.ghosts.get(key), [{ opacity: 1 }, { opacity: 0, transform: 'translateY(-26px)', filter: 'blur(2px)' }], 520, index * 50);
      return;
    case 'swept':
      leave(drawing, leaving.ghosts.get(change.key), [{ opacity: 1 }, { opacity: 0, transform: 'translateX(90px) skewX(-14deg)' }], 620);
      return;
    case 'container-removed':
      leave(drawing, leaving.ghosts.get(change.key), [{ opacity: 1 }, { opacity: 0, transform: 'translateY(10px)', filter: 'blur(5px)' }], 620);
      return;
    case 'place-removed':
    case 'layer-removed':
    case 'file-removed':
    case 'mount-removed':
      leave(drawing, leaving.ghosts.get(change.key), [{ opacity: 1 }, { opacity: 0 }], 320);
  }
}

/** A likeness stays for a moment, for eyes alone. */
function leave(drawing: SVGSVGElement, ghost: SVGGElement | undefined, frames: Keyframe[], duration: number, delay = 0): void {
  if (!ghost) return;
  for (const element of [ghost, ...ghost.querySelectorAll('*')]) {
    for (const name of ['data-key', 'data-item', 'data-ask', 'data-fold', 'data-fetch', 'role', 'tabindex', 'aria-label']) element.removeAttribute(name);
  }
  ghost.setAttribute('aria-hidden', 'true');
  ghost.style.pointerEvents = 'none';
  drawing.querySelector('.ghosts')!.append(ghost);
  // The outer group keeps its place, so that what is inside may move.
  const inner = ghost.querySelector(':scope > .body') ?? ghost;
  const animation = animate(inner, frames, duration, delay);
  if (!animation) return ghost.remove();
  animation.addEventListener('finish', () => ghost.remove());
  animation.addEventListener('cancel', () => ghost.remove());
}
