// The lines from a path in a container to the place that serves it.

import { isUp } from './picture-model.ts';
import type { ContainerCard, MountLine, PlaceCard } from './scene.ts';

/** Beside each other: through a channel that begins at `from`. Below each other: through lanes that begin at `lanes`. */
export type Route = { readonly from: number; readonly columns: number } | { readonly lanes: number };

const LANE = 5, LANES = 5, TURN = 7;

export function layLines(containers: readonly ContainerCard[], places: readonly PlaceCard[], route: Route): MountLine[] {
  const byKey = new Map(places.map((place, index) => [place.key, { place, index }]));
  const columns = [...new Set(containers.map((card) => Math.round(card.x)))].toSorted((a, b) => b - a);
  return containers.flatMap((card) => card.box.mounts.flatMap((mount): MountLine[] => {
    const to = byKey.get(mount.place);
    if (!to) return [];
    const { place, index } = to;
    const from = { x: card.x + card.width, y: card.y + card.ports.get(mount.key)! };
    const end = { x: place.x, y: place.y + place.entry };
    const common = { key: `line:${mount.key}`, container: card.key, place: place.key, kind: mount.kind, readonly: mount.readonly, live: isUp(card.box.state), from };
    if ('lanes' in route) {
      const lane = route.lanes + (index % LANES) * LANE;
      return [{ ...common, path: aroundPath(from, lane, { x: place.x + place.width, y: end.y }), lock: { x: lane, y: from.y + TURN + 14 } }];
    }
    // Those of farther columns run a little higher, so that they are told apart behind the nearer ones.
    const behind = columns.indexOf(Math.round(card.x));
    const y = from.y - (behind % 3) * 6;
    const bend = (end.x - route.from) / 2;
    const path = `M${at(from.x, from.y)}C${at(from.x + 8, from.y)} ${at(from.x + 8, y)} ${at(from.x + 16, y)}L${at(Math.max(route.from, from.x + 16), y)}C${at(route.from + bend, y)} ${at(end.x - bend, end.y)} ${at(end.x, end.y)}`;
    return [{ ...common, path, lock: { x: Math.max(route.from, from.x + 16) + 2, y } }];
  }));
}

/** Right, down and back left, with round corners. */
function aroundPath(from: { x: number; y: number }, lane: number, end: { x: number; y: number }): string {
  const down = end.y > from.y ? 1 : -1;
  return `M${at(from.x, from.y)}L${at(lane - TURN, from.y)}Q${at(lane, from.y)} ${at(lane, from.y + TURN * down)}L${at(lane, end.y - TURN * down)}Q${at(lane, end.y)} ${at(lane - TURN, end.y)}L${at(end.x, end.y)}`;
}

const at = (x: number, y: number): string => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
