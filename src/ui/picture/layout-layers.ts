// Containers standing on their image's layers: each layer drawn once, below all that share it.

import { bytesText, type ContainerBox, type LayerSlab, type PictureModel } from './picture-model.ts';
import { containerCard, SMALL } from './layout-cards.ts';
import type { ContainerCard, Detail, SlabCard, Tray } from './scene.ts';
import { fitText, textWidth } from './text-fit.ts';

export const COLUMN_GAP = 20, ROW_GAP = 14;
const PAD = 8, SLAB = 25, SLAB_GAP = 3;

export interface Stacks {
  readonly trays: Tray[];
  readonly slabs: SlabCard[];
  readonly containers: ContainerCard[];
}

/** What stands together: `slabs` from the lowest, and on them containers and further stacks. */
interface Stack {
  readonly slabs: readonly LayerSlab[];
  readonly items: readonly (ContainerBox | Stack)[];
  readonly size: number;
}

/** A block that knows its height, to be put somewhere. */
interface Block {
  readonly height: number;
  readonly span: number;
  put(x: number, y: number): void;
}

export interface StackOptions {
  readonly columns: number;
  readonly detailOf: (box: ContainerBox) => Detail;
  /** Draw the layers of images on which nothing stands, too. */
  readonly idleImages: boolean;
}

/** @returns the height */
export function layStacks(model: PictureModel, x: number, y: number, width: number, options: StackOptions, into: Stacks): number {
  const items = stacksOf(model, options.idleImages);
  const block = row(items, width, options.columns, 0, options, into);
  block.put(x, y);
  return block.height;
}

/** Layers on which no container stands. */
export function idleLayers({ containers, layers }: PictureModel): LayerSlab[] {
  const used = new Set(containers.flatMap((box) => box.layers));
  return layers.filter((layer) => !used.has(layer.key));
}

function stacksOf(model: PictureModel, idleImages: boolean): (ContainerBox | Stack)[] {
  const drawn = new Set(model.containers.flatMap((box) => box.layers));
  if (idleImages) for (const layer of model.layers) drawn.add(layer.key);
  const above = groupBy(model.layers.filter((layer) => drawn.has(layer.key)), (layer) => layer.parent);
  const standing = groupBy(model.containers, (box) => box.layers.at(-1));
  const order = new Map(model.containers.map((box, index) => [box, index]));
  const rank = (item: ContainerBox | Stack): number => ('slabs' in item ? Math.min(Infinity, ...item.items.map(rank)) : order.get(item)!);
  const stack = (base: LayerSlab): Stack => {
    const slabs = [base];
    let top = base;
    for (;;) {
      const next = above.get(top.key) ?? [];
      if (next.length !== 1 || standing.has(top.key)) break;
      top = next[0]!;
      slabs.push(top);
    }
    const items = [...standing.get(top.key) ?? [], ...(above.get(top.key) ?? []).map(stack)].toSorted((a, b) => rank(a) - rank(b));
    return { slabs, items, size: items.reduce((sum, item) => sum + ('slabs' in item ? item.size : 1), 0) };
  };
  const roots = (above.get(undefined) ?? []).map(stack);
  // A container whose layers are not told of stands on nothing.
  const known = new Set(model.layers.map((layer) => layer.key));
  const loose = model.containers.filter((box) => !known.has(box.layers.at(-1) ?? ''));
  return [...roots, ...loose].toSorted((a, b) => rank(a) - rank(b));
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string | undefined, T[]> {
  const groups = new Map<string | undefined, T[]>();
  for (const item of items) groups.set(keyOf(item), [...groups.get(keyOf(item)) ?? [], item]);
  return groups;
}

/** Items side by side in so many columns, wrapped; those of the last row stand on the ground. */
function row(items: readonly (ContainerBox | Stack)[], width: number, columns: number, depth: number, options: StackOptions, into: Stacks): Block {
  const column = (width - (columns - 1) * COLUMN_GAP) / columns;
  const lines: { blocks: { block: Block; at: number }[]; height: number; used: number }[] = [];
  for (const item of items) {
    const stacked = 'slabs' in item;
    const span = stacked ? Math.min(columns, Math.max(1, item.size)) : 1;
    let line = lines.at(-1);
    if (!line || line.used + span > columns) lines.push((line = { blocks: [], height: 0, used: 0 }));
    const room = span * column + (span - 1) * COLUMN_GAP;
    const block = stacked ? tray(item, room, span, depth + 1, options, into) : single(item, room, options, into);
    line.blocks.push({ block, at: line.used });
    line.used += span;
    line.height = Math.max(line.height, block.height);
  }
  return {
    span: columns, height: lines.reduce((sum, line) => sum + line.height + ROW_GAP, lines.length ? -ROW_GAP : 0),
    put(x, y) {
      let top = y;
      for (const [index, { blocks, height }] of lines.entries()) {
        const low = index === lines.length - 1;
        for (const { block, at } of blocks) block.put(x + at * (column + COLUMN_GAP), top + (low ? height - block.height : 0));
        top += height + ROW_GAP;
      }
    },
  };
}

function single(box: ContainerBox, width: number, { detailOf }: StackOptions, into: Stacks): Block {
  const card = containerCard(box, width, detailOf(box));
  return { height: card.height, span: 1, put: (x, y) => void into.containers.push({ ...card, x, y }) };
}

function tray(stack: Stack, width: number, columns: number, depth: number, options: StackOptions, into: Stacks): Block {
  const inner = width - 2 * PAD;
  const content = row(stack.items, inner, columns, depth, options, into);
  const above = stack.items.length ? PAD + content.height + 6 : PAD;
  const height = above + stack.slabs.length * (SLAB + SLAB_GAP) - SLAB_GAP + PAD - 2;
  return {
    height, span: columns,
    put(x, y) {
      into.trays.push({ key: `tray:${stack.slabs[0]!.key}`, x, y, width, height, depth });
      content.put(x + PAD, y + PAD);
      for (const [index, slab] of stack.slabs.toReversed().entries()) into.slabs.push(slabCard(slab, x + PAD - 3, y + above + index * (SLAB + SLAB_GAP), inner + 6));
    },
  };
}

function slabCard(slab: LayerSlab, x: number, y: number, width: number): SlabCard {
  const [name = ''] = slab.images;
  const files = `${slab.total} file${slab.total === 1 ? '' : 's'}`;
  const weight = `${bytesText(slab.size)}${width > 330 ? `, ${files}` : ''}`;
  const label = [name && (slab.images.length > 1 ? `${name} +${slab.images.length - 1}` : name), slab.title || (slab.parent === undefined ? 'base image' : 'layer')].filter(Boolean).join('  ·  ');
  return { key: slab.key, slab, x, y, width, height: SLAB, label: fitText(label, width - 46 - textWidth(weight, SMALL), SMALL), detail: weight };
}
