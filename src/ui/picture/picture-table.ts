// The same picture as tables: for screen readers, and for who likes rows better.

import { html, nothing, type TemplateResult } from 'lit';
import { fileDetail } from './layout-cards.ts';
import { bytesText, type Files, type PictureModel } from './picture-model.ts';

const KINDS = { volume: 'volume', bind: 'host path', tmpfs: 'memory' } as const;

const ask = (reference: string, label: string): TemplateResult => html`<button class="ask" data-ask=${reference}><code>${label}</code></button>`;

function files({ items, total }: Files, empty: string): TemplateResult {
  if (!items.length) return html`${empty}`;
  return html`<ul>${items.map((file) => html`<li>${ask(file.reference, file.path)} ${file.mark === 'copied' ? 'copied up, ' : ''}${fileDetail(file)}</li>`)}${total > items.length ? html`<li>and ${total - items.length} more</li>` : nothing}</ul>`;
}

export function pictureTable({ containers, places, layers }: PictureModel): TemplateResult {
  const titles = new Map(places.map((place) => [place.key, place.title]));
  return html`<div class="table">
    <table>
      <caption>Containers</caption>
      <thead><tr><th scope="col">Name</th><th scope="col">State</th><th scope="col">Image</th><th scope="col">Mounts</th><th scope="col">In its writable layer</th></tr></thead>
      <tbody>${containers.length ? containers.map((box) => html`<tr>
        <th scope="row">${box.name}</th><td>${box.stateText}</td><td>${box.image}</td>
        <td>${box.mounts.length ? html`<ul>${box.mounts.map((mount) => html`<li>${ask(mount.reference, mount.destination)} ${mount.kind === 'tmpfs' ? 'in memory' : html`from ${KINDS[mount.kind]} ${titles.get(mount.place)}`}${mount.readonly ? ', read-only' : ''}${mount.hidden ? `, hides ${mount.hidden.names.join(', ')}${mount.hidden.total > mount.hidden.names.length ? ' …' : ''}` : ''}</li>`)}</ul>` : 'none'}</td>
        <td>${files(box.files, 'nothing')}</td>
      </tr>`) : html`<tr><td colspan="5">none yet</td></tr>`}</tbody>
    </table>
    <table>
      <caption>Where mounts lead</caption>
      <thead><tr><th scope="col">Kind</th><th scope="col">Name</th><th scope="col">Files</th><th scope="col">Used by</th></tr></thead>
      <tbody>${places.length ? places.map((place) => html`<tr>
        <td>${place.note === 'volume' || place.kind === 'volume' ? place.note : `${KINDS[place.kind]}, ${place.note}`}</td><th scope="row">${ask(place.reference, place.title)}</th>
        <td>${place.missing || place.gone ? 'nothing there' : files(place.files, 'empty')}</td><td>${place.usedBy.join(', ') || 'no container'}</td>
      </tr>`) : html`<tr><td colspan="4">none</td></tr>`}</tbody>
    </table>
    <table>
      <caption>Image layers, read-only, the lowest first</caption>
      <thead><tr><th scope="col">Made by</th><th scope="col">Images that end with it</th><th scope="col">Size</th><th scope="col">Under</th></tr></thead>
      <tbody>${layers.map((layer) => html`<tr>
        <td>${ask(layer.reference, layer.title || 'base image')}</td><td>${layer.images.join(', ') || '–'}</td><td>${bytesText(layer.size)}, ${layer.total} files</td>
        <td>${containers.filter((box) => box.layers.includes(layer.key)).map((box) => box.name).join(', ') || 'no container'}</td>
      </tr>`)}</tbody>
    </table>
  </div>`;
}
