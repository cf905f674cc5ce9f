// The lines of a card: mounts, what they hide, files.

import { nothing, svg, type SVGTemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { fetchGlyph, hiddenGlyph, markGlyph, STORE_SHAPES } from './glyphs.ts';
import { fileDetail } from './layout-cards.ts';
import type { FileItem, MountItem } from './picture-model.ts';
import type { Row } from './scene.ts';
import { textWidth } from './text-fit.ts';

const KINDS = { volume: 'volume', bind: 'bind mount', tmpfs: 'tmpfs' } as const;
const MARKS: Record<FileItem['mark'], string> = {
  file: 'file', copied: 'copied up from the image', deleted: 'deleted here, still in the image', hiding: 'hides the image’s directory', directory: 'empty directory', link: 'link', special: 'special file',
};

export const rowKey = (row: Row): string => (row.type === 'file' ? row.file.key : row.type === 'mount' ? row.mount.key : row.type === 'hidden' ? `hidden:${row.mount.key}` : row.key);

const glyph = (x: number, y: number, sign: SVGTemplateResult, kind = ''): SVGTemplateResult => svg`<g class="glyph ${kind}" transform="translate(${x} ${y})">${sign}</g>`;

export function drawRows(rows: readonly Row[], width: number, inset: number): unknown {
  return repeat(rows, rowKey, (row) => svg`<g class="row ${row.type}" data-key=${rowKey(row)} transform="translate(0 ${row.y})"><g class="body">${drawRow(row, width, inset)}</g></g>`);
}

function drawRow(row: Row, width: number, inset: number): SVGTemplateResult {
  const middle = row.height / 2, base = middle + 4.2;
  switch (row.type) {
    case 'mount':
      return svg`
        <g class="item mount ${row.mount.kind}" role="button" tabindex="-1" data-item=${row.mount.key} data-ask=${row.mount.reference} data-place=${row.mount.place} aria-label=${tellMount(row.mount)}>
          <rect class="hit" x="4" y="1" width=${width - 8} height=${row.height - 2} rx="5"/>
          <g class="store ${row.mount.kind}" transform="translate(10 ${middle - 8})">${STORE_SHAPES[row.mount.kind]}</g>
          <text class="code" x="32" y=${base}>${row.label}</text>
          ${row.veiled ? glyph(40 + textWidth(row.label, 12.5, true), middle - 7, hiddenGlyph) : nothing}
          ${row.tag ? svg`<g transform="translate(${width - 24 - textWidth(row.tag, 11)} ${middle - 8.5})"><rect class="tag" width=${textWidth(row.tag, 11) + 10} height="17" rx="4"/><text class="tag-text" x=${textWidth(row.tag, 11) / 2 + 5} y="12.3">${row.tag}</text></g>` : nothing}
        </g>`;
    case 'hidden':
      return svg`<title>Behind this mount, out of reach: ${row.mount.hidden!.names.join(', ')}</title><rect class="veil" x="30" y="1" width=${width - 44} height=${row.height - 2} rx="4"/>${glyph(34, middle - 7, hiddenGlyph)}<text class="small hidden-text" x="52" y=${base}>${row.label}</text>`;
    case 'text':
      return svg`<text class="small soft" x=${inset + 20} y=${base}>${row.label}</text>`;
    case 'file': {
      const { file } = row;
      const right = width - inset - (file.hostPath === undefined ? 0 : 24);
      return svg`
        <g class="item file ${file.mark}" role="button" tabindex="-1" data-item=${file.key} data-ask=${file.reference} data-below=${file.below ?? nothing} data-fetch=${file.hostPath ?? nothing} aria-label=${tellFile(row)}>
          <rect class="hit" x=${inset - 6} y="0" width=${right - inset + 10} height=${row.height} rx="4"/>
          ${glyph(inset, middle - 7, markGlyph(file.mark), file.mark)}
          <text class="code" x=${inset + 20} y=${base}>${row.label}</text>
          <text class="small soft end" x=${right} y=${base}>${row.detail}</text>
        </g>
        ${file.hostPath === undefined ? nothing : svg`
          <g class="fetch" role="button" tabindex="-1" data-fetch=${file.hostPath} aria-label="Download ${file.path}"><title>Download ${file.path}</title>
            <rect class="hit" x=${right + 4} y="0" width="22" height=${row.height} rx="4"/>${glyph(right + 8, middle - 7, fetchGlyph)}
          </g>`}`;
    }
  }
}

/** Begins with what is seen, so that what one sees can be said to the machine. */
const tellFile = ({ label, detail, file }: Extract<Row, { type: 'file' }>): string =>
  [`${label} ${detail}`, label.startsWith('…') ? file.path : '', MARKS[file.mark], detail.endsWith('…') ? fileDetail(file) : ''].filter(Boolean).join(', ');

const tellMount = ({ destination, kind, readonly, hidden, place }: MountItem): string =>
  [`${destination}, ${KINDS[kind]} ${place.slice(place.lastIndexOf(':') + 1)}`, readonly ? 'read-only' : '', hidden ? `hides ${hidden.names.join(', ')}` : ''].filter(Boolean).join(', ');
