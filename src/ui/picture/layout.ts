// The whole picture laid out: from a model and the room there is to boxes and lines. Pure; the same input gives the same scene.

import { bytesText, type ContainerBox, type PictureModel, type Place } from './picture-model.ts';
import { placeCard } from './layout-cards.ts';
import { COLUMN_GAP, idleLayers, layStacks, type Stacks } from './layout-layers.ts';
import { layLines } from './layout-lines.ts';
import type { ContainerCard, Detail, Heading, PlaceCard, Scene } from './scene.ts';

export interface LayoutOptions {
  /** px at zoom 1 that there are to fill. */
  readonly width: number;
  readonly height: number;
  /** What the person chose of single containers. */
  readonly details: ReadonlyMap<string, Detail>;
  /** What the person chose for all. */
  readonly detail?: Detail | undefined;
  readonly idleImages?: boolean | undefined;
}

const MARGIN = 14, HEADING = 22, PLACE_GAP = 12, GROUP_GAP = 8;
const NARROW = 560;
/** A place's width where several stand abreast. */
const ABREAST = 196;
/** Up to here containers are always told in full, and places stand by their kind. */
const FEW = 3;
/** A container's least width. */
const LEAST: Record<Detail, number> = { full: 222, compact: 190, tile: 128 };
/** A directory of the host that nothing mounts is there because the person is in it. */
const GROUPS: readonly { readonly kind: string; readonly text: string; readonly has: (place: Place) => boolean }[] = [
  { kind: 'volume', text: 'Volumes', has: ({ kind }) => kind === 'volume' },
  { kind: 'bind', text: 'Host directories', has: ({ kind, usedBy }) => kind === 'bind' && usedBy.length > 0 },
  { kind: 'tmpfs', text: 'Memory', has: ({ kind }) => kind === 'tmpfs' },
  { kind: 'here', text: 'On the host, where you are', has: ({ kind, usedBy }) => kind === 'bind' && !usedBy.length },
];
/** So many containers are drawn at length when there is no room for all anyway. */
const MOST: readonly [Detail, number][] = [['full', 6], ['compact', 40], ['tile', Infinity]];

/** The first of the ways to draw that fits; else the one that the number of containers calls for. */
export function layOut(model: PictureModel, options: LayoutOptions): Scene {
  const n = model.containers.length;
  const narrow = options.width < NARROW;
  const room = narrow ? options.width - 2 * MARGIN - laneRoom(model) : options.width - 2 * MARGIN - placesWidth(options.width) - channel(options.width);
  const most = (detail: Detail): number => Math.max(1, Math.min(n, Math.floor((room - 16 + COLUMN_GAP) / (LEAST[detail] + COLUMN_GAP))));
  const likely = options.detail ?? MOST.find(([, limit]) => n <= limit)![0];
  const fallback = lowest(model, options, likely, most(likely), narrow);
  // Few are always told in full; many are laid out once.
  if (n <= FEW || n > 60 || options.detail) return n <= FEW ? firstFit(model, options, [likely], most, narrow) ?? fallback : fallback;
  return firstFit(model, options, likely === 'full' ? ['full', 'compact'] : [likely], most, narrow) ?? fallback;
}

function firstFit(model: PictureModel, options: LayoutOptions, details: readonly Detail[], most: (detail: Detail) => number, narrow: boolean): Scene | undefined {
  for (const detail of details) {
    for (let columns = 1; columns <= most(detail); columns++) {
      const scene = compose(model, options, detail, columns, narrow);
      if (scene.height <= options.height) return scene;
    }
  }
  return undefined;
}

/** Where places make up the height, they stand in as many columns as the paper allows. */
function lowest(model: PictureModel, options: LayoutOptions, detail: Detail, columns: number, narrow: boolean): Scene {
  let best = compose(model, options, detail, columns, narrow);
  if (narrow || model.containers.length <= FEW) return best;
  for (const abreast of [2, 3, 4]) {
    const taken = abreast * (ABREAST + COLUMN_GAP) + channel(options.width);
    const room = options.width - 2 * MARGIN - taken;
    const fitting = Math.floor((room - 16 + COLUMN_GAP) / (LEAST[detail] + COLUMN_GAP));
    if (room < options.width / 2 || fitting < 1) break;
    const scene = compose(model, options, detail, Math.min(columns, fitting), narrow, abreast);
    if (scene.height < best.height - 20) best = scene;
  }
  return best;
}

const placesWidth = (width: number): number => Math.round(Math.min(310, Math.max(196, width * 0.31)));
const channel = (width: number): number => (width < 700 ? 44 : Math.min(96, Math.round(width * 0.075)));
/** What lines need beside the cards when places are below. */
const laneRoom = (model: PictureModel): number => 14 + Math.min(5, model.places.length) * 5;

function compose(model: PictureModel, options: LayoutOptions, detail: Detail, columns: number, narrow: boolean, abreast = 1): Scene {
  const { width } = options;
  const stacks: Stacks = { trays: [], slabs: [], containers: [] };
  const headings: Heading[] = [];
  const shore = abreast === 1 ? placesWidth(width) : abreast * (ABREAST + COLUMN_GAP) - COLUMN_GAP;
  const side = narrow ? laneRoom(model) : shore + channel(width);
  const area = width - 2 * MARGIN - side;
  const detailOf = (box: ContainerBox): Detail => options.details.get(box.key) ?? detail;
  const idle = idleLayers(model);
  const idleImages = options.idleImages ?? model.containers.length === 0;
  let y = MARGIN;

  const none = model.containers.length ? [] : ['None now. Each docker run adds one,', 'with a writable layer of its own.'];
  headings.push({ key: 'containers', x: MARGIN, y: y + 13, text: model.containers.length ? 'Containers, each on its image’s layers' : 'Containers', notes: none });
  y += HEADING + none.length * 18 + (none.length ? 10 : 0);
  y += layStacks(model, MARGIN, y, area, { columns, detailOf, idleImages }, stacks);
  let line: Scene['idle'];
  if (idle.length && model.containers.length) {
    const images = [...new Set(idle.flatMap((layer) => layer.images))];
    const weight = bytesText(idle.reduce((sum, layer) => sum + layer.size, 0));
    const label = idleImages ? 'Hide images that no container stands on' : images.length ? `${images.length} more image${images.length === 1 ? '' : 's'}: ${images.slice(0, 4).join(', ')}${images.length > 4 ? '…' : ''}` : `layers without an image, ${weight}`;
    line = { x: MARGIN, y: y + 6, width: area, height: 26, label, open: idleImages };
    y += 32;
  }
  const places: PlaceCard[] = [];
  const placeDetail: Detail = model.places.length > 12 || detail === 'tile' ? 'compact' : detail === 'compact' && model.places.length > 6 ? 'compact' : 'full';
  const top = narrow ? y + 18 : MARGIN;
  const ports = narrow ? new Map<string, number>() : firstPorts(stacks.containers);
  const end = layPlaces(model, { x: narrow ? MARGIN : width - MARGIN - shore, width: narrow ? area : abreast === 1 ? shore : ABREAST, abreast }, top, y, placeDetail, ports, places, headings);
  return {
    width, height: Math.max(y, end) + MARGIN, detail, columns, narrow, headings, ...stacks, places, idle: line,
    lines: layLines(stacks.containers, places, narrow ? { lanes: width - MARGIN - side + 10 } : { from: MARGIN + area + 10, columns }),
  };
}

/** Where the mounts of each place leave their containers: the highest of few, the middle of many. */
function firstPorts(containers: readonly ContainerCard[]): Map<string, number> {
  const ports = new Map<string, number[]>();
  for (const card of containers) {
    for (const mount of card.box.mounts) ports.set(mount.place, [...ports.get(mount.place) ?? [], card.y + card.ports.get(mount.key)!]);
  }
  return new Map([...ports].map(([place, ys]) => [place, containers.length > FEW ? ys.reduce((sum, y) => sum + y, 0) / ys.length : Math.min(...ys)]));
}

/** Each beside the mounts that lead to it, as far as order and room allow. @returns where they end */
function layPlaces(model: PictureModel, { x, width, abreast }: { readonly x: number; readonly width: number; readonly abreast: number }, top: number, bottom: number, detail: Detail, ports: ReadonlyMap<string, number>, places: PlaceCard[], headings: Heading[]): number {
  const cardsOf = (kept: readonly Place[]): ReturnType<typeof placeCard>[] => kept.map((place) => placeCard(place, width, detail));
  // Many stand in the order of the mounts that lead to them, lest every line cross the picture.
  const groups = (model.containers.length > FEW && ports.size
    ? [{ kind: 'places', text: 'Where mounts lead', cards: cardsOf(model.places).toSorted((a, b) => (ports.get(a.key) ?? Infinity) - (ports.get(b.key) ?? Infinity) || 0) }]
    : GROUPS.map((group) => ({ ...group, cards: cardsOf(model.places.filter(group.has)) }))).filter(({ cards }) => cards.length);
  let rest = groups.reduce((sum, { cards }) => sum + HEADING + GROUP_GAP + cards.reduce((all, card) => all + card.height + PLACE_GAP, 0), -GROUP_GAP);
  let y = top;
  if (!groups.length) headings.push({ key: 'places', x, y: y + 13, text: 'Where mounts lead', notes: ['No volumes, and nothing of the', 'host mounted into a container.'] });
  for (const { kind, text, cards } of groups) {
    const first = Math.min(...cards.map((card) => (ports.get(card.key) ?? Infinity) - card.entry)) - HEADING;
    if (first !== Infinity) y = Math.max(y, Math.min(first, bottom - rest));
    headings.push({ key: kind, x, y: y + 13, text, notes: [] });
    y += HEADING;
    rest -= HEADING;
    const ends = Array.from({ length: abreast }, () => y);
    for (const [index, card] of cards.entries()) {
      const column = index % abreast;
      const wanted = (ports.get(card.key) ?? 0) - card.entry;
      const at = Math.max(ends[column]!, Math.min(wanted, bottom - rest / abreast));
      places.push({ ...card, x: x + column * (width + COLUMN_GAP), y: at });
      ends[column] = at + card.height + PLACE_GAP;
      rest -= card.height + PLACE_GAP;
    }
    y = Math.max(...ends);
    y += GROUP_GAP;
    rest -= GROUP_GAP;
  }
  return y - PLACE_GAP;
}
