// Containers and places as shapes: a box with a sheet in it, a drum, a folder, a strip of memory.

import { nothing, svg, type SVGTemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { drawRows } from './draw-rows.ts';
import { count } from './layout-cards.ts';
import { foldGlyph, lockGlyph, STORE_SHAPES } from './glyphs.ts';
import { type PlaceKind, written } from './picture-model.ts';
import type { ContainerCard, PlaceCard, SlabCard, Tray } from './scene.ts';

const card = (what: { key: string; x: number; y: number }, kind: string, body: SVGTemplateResult): SVGTemplateResult =>
  svg`<g class="card ${kind}" data-key=${what.key} transform="translate(${what.x} ${what.y})"><g class="body">${body}</g></g>`;

export const drawContainers = (cards: readonly ContainerCard[]): unknown => repeat(cards, (each) => each.key, (each) => card(each, `container ${each.box.state} ${each.detail}`, drawContainer(each)));

/** A name that is cut is said as it is seen, too. */
const seen = (title: string, name: string, rest: string): string => (title === name ? '' : `${title} ${rest}, `);

function drawContainer({ box, width, height, header, title, status, rows, sheet, ports, detail, key }: ContainerCard): SVGTemplateResult {
  const middle = header / 2;
  const files = written(box.files);
  return svg`
    <rect class="shell" width=${width} height=${height} rx="9"/>
    <g class="item head" role="button" tabindex="-1" data-item=${key} data-fold=${key} aria-expanded=${detail === 'full' ? 'true' : 'false'} aria-label="${seen(title, box.name, status)}Container ${box.name}, ${box.stateText}, image ${box.image}, ${files ? `${count(files, 'file')} in its writable layer` : 'nothing in its writable layer'}">
      <rect class="hit" x="3" y="3" width=${width - 6} height=${header - 5} rx="7"/>
      <g class="lamp ${box.state}" transform="translate(16 ${middle})"><circle r="5"/>${box.state === 'paused' ? svg`<path d="M-1.6-2.2v4.4M1.6-2.2v4.4"/>` : nothing}</g>
      <text class="name" x="28" y=${middle + 4.7}>${title}</text>
      ${detail === 'tile'
        ? svg`${files ? svg`<rect class="mark-layer" x=${width - 14 - box.mounts.length * 9} y=${middle - 5} width="6" height="10" rx="1"/>` : nothing}`
        : svg`<text class="small soft end" x=${width - 28} y=${middle + 4.2}>${status}</text><g class="glyph fold" transform="translate(${width - 23} ${middle - 7})">${foldGlyph(detail === 'full')}</g>`}
    </g>
    ${sheet ? svg`
      <path class="sheet" d="M6 ${sheet.y + 4}a4 4 0 0 1 4-4H${width - 18}l12 11V${sheet.y + sheet.height - 4}a4 4 0 0 1-4 4H10a4 4 0 0 1-4-4z"/>
      <path class="ear" d="M${width - 18} ${sheet.y}v7a4 4 0 0 0 4 4h8z"/>
      <g class="item layer" role="button" tabindex="-1" data-item="${key}#layer" data-ask="${box.name}:/" aria-label="Writable layer of ${box.name}, ${files ? count(files, 'file') : 'no files'}">
        <rect class="hit" x="8" y=${sheet.y + 1} width=${width - 28} height="20" rx="4"/>
        <g class="store layer" transform="translate(12 ${sheet.y + 3.5})">${STORE_SHAPES.layer}</g>
        <text class="small layer-name" x="34" y=${sheet.y + 15.7}>${sheet.label}</text>
      </g>` : nothing}
    ${drawRows(rows, width, 14)}
    ${detail === 'tile'
      ? box.mounts.map((mount, index) => svg`<rect class="port-tile ${mount.kind}" x=${width - 6 - (box.mounts.length - index) * 9} y=${middle - 3.5} width="7" height="7" rx=${mount.kind === 'volume' ? 3.5 : 1}/>`)
      : box.mounts.map((mount) => svg`<circle class="port ${mount.kind} ${mount.readonly ? 'readonly' : ''}" cx=${width} cy=${ports.get(mount.key)!} r="4.5"/>`)}`;
}

export const drawPlaces = (cards: readonly PlaceCard[]): unknown => repeat(cards, (each) => each.key, (each) => {
  const { place } = each;
  return card(each, `place ${place.kind} ${place.missing ? 'missing' : ''} ${place.gone ? 'gone' : ''} ${place.anonymous ? 'anonymous' : ''} ${place.usedBy.length ? '' : 'idle'}`, drawPlace(each));
});

const NAMES = { volume: 'Volume', bind: 'Host path', tmpfs: 'Memory at' } as const;

function drawPlace({ place, width, height, title, note, entry, rows, foot, key, lid }: PlaceCard): SVGTemplateResult {
  const mono = place.kind !== 'volume' || place.anonymous;
  return svg`
    <path class="shell" d=${outline(place.kind, width, height, lid)}/>
    <path class="top" d=${topOf(place.kind, width, entry, lid)}/>
    <g class="item head" role="button" tabindex="-1" data-item=${key} data-ask=${place.reference} data-place=${key} aria-label="${seen(title, place.title, note)}${NAMES[place.kind]} ${place.title}, ${place.note}, ${place.missing || place.gone ? 'nothing there' : count(place.files.total, 'file')}, ${place.usedBy.length ? `used by ${place.usedBy.join(', ')}` : 'used by no container'}">
      <rect class="hit" x="5" y=${entry - 12} width=${width - 10} height="24" rx="6"/>
      <g class="store ${place.kind}" transform="translate(12 ${entry - 8})">${STORE_SHAPES[place.kind]}</g>
      <text class=${mono ? 'code name' : 'name'} x="34" y=${entry + 4.5}>${title}</text>
      <text class="small soft end" x=${width - 12} y=${entry + 4.2}>${note}</text>
    </g>
    ${drawRows(rows, width, 12)}
    ${foot ? svg`<text class="small soft" x="14" y=${height - (place.kind === 'bind' ? 9 : 13)}>${foot}</text>` : nothing}`;
}

function outline(kind: PlaceKind, width: number, height: number, lid: number): string {
  if (kind === 'volume') return `M0 ${lid}a${width / 2} ${lid} 0 0 1 ${width} 0V${height - lid}a${width / 2} ${lid} 0 0 1 ${-width} 0z`;
  if (kind === 'bind') return `M0 6a6 6 0 0 1 6-6h${width * 0.22}l8 8H${width - 6}a6 6 0 0 1 6 6V${height - 6}a6 6 0 0 1-6 6H6a6 6 0 0 1-6-6z`;
  // Pins along the lower edge, as a strip of memory has them.
  const pins = Math.floor((width - 12) / 14), pin = (width - 12) / pins;
  return `M0 5a5 5 0 0 1 5-5H${width - 5}a5 5 0 0 1 5 5V${height - 5}h-6${`v5h${-pin * 0.62}v-5h${-pin * 0.38}`.repeat(pins)}H0z`;
}

/** The lid of a drum; the others have a tinted head. */
function topOf(kind: PlaceKind, width: number, entry: number, lid: number): string {
  if (kind === 'volume') return `M0 ${lid}a${width / 2} ${lid} 0 0 1 ${width} 0a${width / 2} ${lid} 0 0 1 ${-width} 0z`;
  const end = `V${entry + 13}H.75z`;
  if (kind === 'bind') return `M.75 6a5.2 5.2 0 0 1 5.2-5.2h${width * 0.22}l8 8H${width - 6}a5.2 5.2 0 0 1 5.2 5.2${end}`;
  return `M.75 5a4.2 4.2 0 0 1 4.2-4.2H${width - 5}a4.2 4.2 0 0 1 4.2 4.2${end}`;
}

export const drawTrays = (trays: readonly Tray[]): unknown => repeat(trays, (each) => each.key, (each) =>
  svg`<g class="card tray" data-key=${each.key} transform="translate(${each.x} ${each.y})"><rect class="ground d${each.depth % 2}" width=${each.width} height=${each.height} rx="12"/></g>`);

export const drawSlabs = (slabs: readonly SlabCard[]): unknown => repeat(slabs, (each) => each.key, (each) => card(each, 'slab', svg`
  <path class="edge" d="M0 5V${each.height - 4}a4 4 0 0 0 4 4H${each.width - 4}a4 4 0 0 0 4-4V5z"/>
  <rect class="top" width=${each.width} height=${each.height - 4} rx="4"/>
  <g class="item" role="button" tabindex="-1" data-item=${each.key} data-ask=${each.slab.reference} aria-label="${each.label} ${each.detail}, image layer, read-only${/files?$/.test(each.detail) ? '' : `, ${count(each.slab.total, 'file')}`}"><title>${each.slab.title || 'Base image'}: ${each.slab.files.join(', ')}${each.slab.total > each.slab.files.length ? ', …' : ''}</title>
    <rect class="hit" width=${each.width} height=${each.height - 3} rx="4"/>
    <g class="glyph" transform="translate(8 3.5)">${lockGlyph}</g>
    <text class="small" x="28" y="14.7">${each.label}</text>
    <text class="small soft end" x=${each.width - 9} y="14.7">${each.detail}</text>
  </g>`));
