// A scene as SVG: grounds, lines, cards, headings, in this order.

import { nothing, svg, type SVGTemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { drawContainers, drawPlaces, drawSlabs, drawTrays } from './draw-cards.ts';
import { foldGlyph, lockGlyph } from './glyphs.ts';
import type { Heading, MountLine, Scene } from './scene.ts';

export function drawScene(scene: Scene): SVGTemplateResult {
  const { idle } = scene;
  return svg`
    <g class="trays">${drawTrays(scene.trays)}</g>
    <g class="lines" aria-hidden="true">${repeat(scene.lines, (line) => line.key, drawLine)}</g>
    <g class="locks" aria-hidden="true">${repeat(scene.lines.filter((line) => line.readonly), (line) => line.key, drawLock)}</g>
    <g class="headings">${repeat(scene.headings, (heading) => heading.key, drawHeading)}</g>
    <g class="containers">${drawContainers(scene.containers)}</g>
    <g class="slabs">${drawSlabs(scene.slabs)}</g>
    ${idle ? svg`
      <g class="item idle-images" role="button" tabindex="-1" data-item="idle" data-fold="idle" aria-expanded=${idle.open ? 'true' : 'false'} aria-label=${idle.label} transform="translate(${idle.x} ${idle.y})">
        <rect class="hit" width=${idle.width} height=${idle.height} rx="6"/>
        <g class="glyph" transform="translate(8 ${idle.height / 2 - 7})">${foldGlyph(idle.open)}</g>
        <text class="small soft" x="28" y=${idle.height / 2 + 4.2}>${idle.label}</text>
      </g>` : nothing}
    <g class="places">${drawPlaces(scene.places)}</g>`;
}

const drawHeading = (heading: Heading): SVGTemplateResult => svg`<g class="heading" data-key="heading:${heading.key}" transform="translate(${heading.x} ${heading.y})"><text class="title">${heading.text}</text>${heading.notes.map((note, index) => svg`<text class="note" y=${24 + index * 18}>${note}</text>`)}</g>`;

function drawLine(line: MountLine): SVGTemplateResult {
  return svg`<g class="line ${line.kind} ${line.readonly ? 'readonly' : ''} ${line.live ? '' : 'still'}" data-key=${line.key} data-place=${line.place} data-container=${line.container}>
    <path class="halo" d=${line.path}/><path class="thread" d=${line.path}/></g>`;
}

const drawLock = ({ lock, kind }: MountLine): SVGTemplateResult =>
  svg`<g class="lock ${kind}" transform="translate(${lock.x - 7} ${lock.y - 7})"><circle cx="7" cy="7" r="8.5"/><g class="glyph" transform="translate(1.4 .6) scale(.8)">${lockGlyph}</g></g>`;
