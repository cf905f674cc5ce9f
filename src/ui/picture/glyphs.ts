// The small signs of the picture, each 14 by 14, drawn in the current colour.

import { svg, type SVGTemplateResult } from 'lit';
import type { Mark } from './picture-model.ts';

const sheet = svg`<path d="M3.5 1.5h5l2.5 2.5v8.5h-7.5z"/>`;

const MARKS: Record<Mark, SVGTemplateResult> = {
  file: sheet,
  // An arrow out of a line: up from the layer below.
  copied: svg`<path d="M7 10V2.5M3.8 5.5 7 2.3l3.2 3.2M2 12.2h10"/>`,
  deleted: svg`<path d="M3 3l8 8M11 3l-8 8"/>`,
  hiding: svg`<path d="M2 7c1.4-2.4 3-3.5 5-3.5s3.6 1.1 5 3.5c-1.4 2.4-3 3.5-5 3.5S3.4 9.4 2 7zM2.5 12 11.5 2"/>`,
  directory: svg`<path d="M1.5 11.5v-9h4l1.4 1.6h5.6v7.4z"/>`,
  link: svg`<path d="M2 11.5c0-4 2.5-6 8-6M7.2 2.5l3.2 3-3.2 3"/>`,
  special: svg`<circle cx="7" cy="7" r="4.5"/><circle cx="7" cy="7" r="1"/>`,
};

export const markGlyph = (mark: Mark): SVGTemplateResult => MARKS[mark];
export const lockGlyph = svg`<rect x="3" y="6" width="8" height="6" rx="1.5"/><path d="M4.8 6V4.4a2.2 2.2 0 0 1 4.4 0V6"/>`;
export const hiddenGlyph = MARKS.hiding;
export const fetchGlyph = svg`<path d="M7 2v7M4 6.5 7 9.5l3-3M2.5 12h9"/>`;
export const foldGlyph = (open: boolean): SVGTemplateResult => (open ? svg`<path d="M3.5 5.5 7 9l3.5-3.5"/>` : svg`<path d="M5.5 3.5 9 7l-3.5 3.5"/>`);

/** As `store-icon.ts` has them, for inside of a drawing. */
export const STORE_SHAPES = {
  layer: svg`<path d="M8 2 14.5 5.2 8 8.4 1.5 5.2z"/><path d="M1.5 8.2 8 11.4l6.5-3.2M1.5 11 8 14.2 14.5 11" fill="none"/>`,
  volume: svg`<path d="M2.5 4v8c0 1.2 2.5 2.2 5.5 2.2s5.5-1 5.5-2.2V4"/><ellipse cx="8" cy="4" rx="5.5" ry="2.2"/>`,
  bind: svg`<path d="M1.8 12.8V3.4h4.4l1.6 1.8h6.4v7.6z"/>`,
  tmpfs: svg`<path d="M9.2 1.6 3 9h4.2l-.6 5.4L13 7H8.6z"/>`,
} as const;
