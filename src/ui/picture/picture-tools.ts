// The strip above the drawing: search, detail, zoom, the table, saving.

import { html, nothing, type TemplateResult } from 'lit';
import type { Detail } from './scene.ts';

export interface Tools {
  readonly hostname: string;
  readonly many: boolean;
  readonly word: string;
  readonly detail: Detail | undefined;
  readonly zoom: number;
  readonly asTable: boolean;
  readonly saving: boolean;
  search(word: string): void;
  leaveSearch(): void;
  choose(detail: Detail | undefined): void;
  zoomBy(steps: number): void;
  fit(): void;
  turn(): void;
  openSaving(open: boolean): void;
  save(format: 'svg' | 'png'): void;
}

const ICONS = {
  minus: html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3.5 8h9"/></svg>`,
  plus: html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3.5 8h9M8 3.5v9"/></svg>`,
  fit: html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10"/></svg>`,
  table: html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6"/></svg>`,
  save: html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2.5v7.5M4.5 7 8 10.5 11.5 7M3 13.5h10"/></svg>`,
};

const DETAILS: readonly { readonly value: Detail | ''; readonly label: string }[] = [
  { value: '', label: 'Detail: auto' }, { value: 'full', label: 'Everything' }, { value: 'compact', label: 'Compact' }, { value: 'tile', label: 'Tiles' },
];

export function pictureTools(tools: Tools): TemplateResult {
  const { many, word, zoom, asTable, detail, saving } = tools;
  const picks = (event: Event): void => tools.choose(((event.target as HTMLSelectElement).value || undefined) as Detail | undefined);
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' && event.key !== 'Enter') return;
    event.preventDefault();
    if (event.key === 'Escape') tools.search('');
    tools.leaveSearch();
  };
  return html`<div class="tools ${many ? 'many' : ''}" role="toolbar" aria-label="Picture">
    <h2><span>Storage on </span>${tools.hostname}</h2>
    ${many || word ? html`<input type="search" placeholder="Find" aria-label="Find in the picture" .value=${word} @input=${(event: Event) => tools.search((event.target as HTMLInputElement).value)} @keydown=${leave}>` : nothing}
    ${asTable ? nothing : html`
      ${many || detail ? html`<select aria-label="How much is drawn" @change=${picks}>${DETAILS.map(({ value, label }) => html`<option value=${value} ?selected=${value === (detail ?? '')}>${label}</option>`)}</select>` : nothing}
      <button @click=${() => tools.zoomBy(-1)} aria-label="Smaller" title="Smaller (−)">${ICONS.minus}</button>
      <button class="zoom" @click=${() => tools.zoomBy(0)} aria-label="Zoom ${Math.round(zoom * 100)} percent, back to 100" title="Back to 100 % (0)">${Math.round(zoom * 100)}%</button>
      <button @click=${() => tools.zoomBy(1)} aria-label="Larger" title="Larger (+)">${ICONS.plus}</button>
      <button @click=${() => tools.fit()} aria-label="Fit all" title="Fit all">${ICONS.fit}</button>`}
    <button aria-pressed=${asTable ? 'true' : 'false'} @click=${() => tools.turn()} aria-label="As a table" title="As a table">${ICONS.table}</button>
    <button aria-expanded=${saving ? 'true' : 'false'} @click=${() => tools.openSaving(!saving)} aria-label="Save the picture" title="Save the picture">${ICONS.save}</button>
    ${saving ? html`<div class="menu" @keydown=${(event: KeyboardEvent) => { if (event.key === 'Escape') tools.openSaving(false); }}>
      <button @click=${() => tools.save('svg')}>Save as SVG</button><button @click=${() => tools.save('png')}>Save as PNG</button>
    </div>` : nothing}
  </div>`;
}
