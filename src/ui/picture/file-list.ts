// The files of one place: a few lines, the newest kept in sight, with what is in small text files.

import { html, nothing, type TemplateResult } from 'lit';
import type { FileListing, StoredFile } from '../../host/host-snapshot.ts';
import { bytesText, leaves } from './picture-model.ts';

const SHOWN = 6;

/** A button that fetches the file out of the host, for the person's own disk. */
function fetchButton(file: StoredFile, directory: string | undefined): TemplateResult | typeof nothing {
  if (directory === undefined) return nothing;
  const fetch = (event: Event): void => {
    const detail = { path: `${directory}/${file.path}` };
    event.target!.dispatchEvent(new CustomEvent('fetch-file', { detail, bubbles: true, composed: true }));
  };
  return html`<button class="fetch" aria-label="Download ${file.path}" title="Download ${file.path}" @click=${fetch}>↓</button>`;
}

function line(file: StoredFile, directory: string | undefined): TemplateResult {
  const first = file.preview?.trimEnd().split('\n').at(-1) ?? '';
  const lines = file.preview ? file.preview.trimEnd().split('\n').length : 0;
  switch (file.kind) {
    case 'whiteout':
      return html`<li class="whiteout"><span class="name">${file.path}</span><span class="what">deleted here (whiteout)</span></li>`;
    case 'opaque':
      return html`<li class="whiteout"><span class="name">${file.path}/</span><span class="what">hides the image's directory (opaque)</span></li>`;
    case 'directory':
      return html`<li><span class="name">${file.path}/</span><span class="what">empty</span></li>`;
    case 'symlink':
      return html`<li><span class="name">${file.path}</span><span class="what">→ ${file.preview}</span></li>`;
    default:
      return html`<li><span class="name">${file.path}</span><span class="what">${first ? html`<q>${first.slice(0, 60)}</q>${lines > 1 ? ` (${lines} lines)` : ''}` : bytesText(file.size)}</span>${fetchButton(file, directory)}</li>`;
  }
}

/** `empty` is said when there is nothing. Files below a directory of the host can be downloaded. */
export function fileList(listing: FileListing, empty: string, directory?: string): TemplateResult {
  const files = leaves(listing);
  const shown = files.toSorted((a, b) => b.mtime - a.mtime).slice(0, SHOWN).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const more = listing.total - (listing.files.length - files.length) - shown.length;
  if (!shown.length) return html`<p class="empty">${empty}</p>`;
  return html`<ul class="files">${shown.map((file) => line(file, directory))}${more > 0 ? html`<li class="more">and ${more} more</li>` : nothing}</ul>`;
}
