// A shape for each kind of store, so that colour is never the only sign: sheets, cylinder, folder, bolt.

import { svg, html, type TemplateResult } from 'lit';

const SHAPES = {
  layer: svg`<path d="M8 2 14.5 5.2 8 8.4 1.5 5.2z"/><path d="M1.5 8.2 8 11.4l6.5-3.2M1.5 11 8 14.2 14.5 11" fill="none"/>`,
  volume: svg`<path d="M2.5 4v8c0 1.2 2.5 2.2 5.5 2.2s5.5-1 5.5-2.2V4"/><ellipse cx="8" cy="4" rx="5.5" ry="2.2"/>`,
  bind: svg`<path d="M1.8 12.8V3.4h4.4l1.6 1.8h6.4v7.6z"/>`,
  tmpfs: svg`<path d="M9.2 1.6 3 9h4.2l-.6 5.4L13 7H8.6z"/>`,
} as const;

export type StoreKind = keyof typeof SHAPES;

export const STORE_LABELS: Readonly<Record<StoreKind, string>> = { layer: 'writable layer', volume: 'volume', bind: 'host directory', tmpfs: 'tmpfs' };

/** Drawn in the current colour. */
export function storeIcon(kind: StoreKind): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="var(--${kind}-soft)" stroke="var(--${kind})" stroke-width="1.4" stroke-linejoin="round">${SHAPES[kind]}</svg>`;
}
