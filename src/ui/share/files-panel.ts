// The files of the host, directory by directory: to be downloaded, edited, and joined by others.

import { LitElement, css, html, nothing } from 'lit';
import { dialogStyles } from '../app/dialog-styles.ts';
import type { StowageApp } from '../app/stowage-app.ts';
import type { DirectoryView } from '../worker/list-directory.ts';
import { chooseFiles, uploadFiles } from './bring.ts';
import { showPanel } from '../app/panels.ts';

/** Entries shown of one directory. */
const MOST = 500;

export class FilesPanel extends LitElement {
  static override properties = { view: { state: true }, problem: { state: true } };
  static override styles = [dialogStyles, css`
    .place { display: flex; gap: 8px; padding: 12px 0 8px; position: sticky; top: 0; background: var(--surface); }
    input { flex: 1; min-width: 0; font: 14px var(--font-mono); color: var(--ink); background: var(--paper); border: 1px solid var(--line-strong); border-radius: var(--radius-small); padding: 4px 10px; }
    ul { list-style: none; margin: 0; padding: 0; }
    li { display: flex; align-items: center; gap: 8px; border-bottom: 1px solid var(--line); min-height: 38px; }
    .name { flex: 1; min-width: 0; text-align: left; border: 0; font-family: var(--font-mono); overflow-wrap: anywhere; padding: 4px 6px; }
    .size { color: var(--ink-soft); font-size: 13px; font-variant-numeric: tabular-nums; white-space: nowrap; }
    li .act { border-color: transparent; padding: 2px 8px; }
    .directory { font-weight: 600; }
  `];

  declare app: StowageApp;
  declare view: DirectoryView | undefined;
  declare problem: string;

  constructor() {
    super();
    this.problem = '';
  }

  override render() {
    const { view } = this;
    const entries = view?.entries ?? [];
    return html`
      <dialog aria-labelledby="heading" @click=${this.#outside}>
        <div class="head"><h2 id="heading">Files of the host</h2><button class="close" @click=${() => this.#dialog.close()}>Close</button></div>
        <div class="body">
          <form class="place" @submit=${this.#submit}><input aria-label="Directory" spellcheck="false" autocapitalize="off" .value=${view?.path ?? ''}><button>Go</button><button type="button" class="main" @click=${this.#upload}>Upload here …</button></form>
          <p role="status">${this.problem}</p>
          <ul aria-label="Entries of ${view?.path ?? ''}">
            ${view && view.path !== '/' ? html`<li><button class="name directory" @click=${() => this.#open(`${view.path}/..`)}>..</button></li>` : nothing}
            ${entries.slice(0, MOST).map(({ name, kind, size }) => this.#entry(name, kind, size))}
          </ul>
          ${entries.length > MOST ? html`<p class="soft">and ${entries.length - MOST} more: give a path above.</p>` : view && !entries.length ? html`<p class="soft">Empty.</p>` : nothing}
        </div>
      </dialog>
    `;
  }

  #entry(name: string, kind: string, size: number) {
    const path = `${this.view!.path === '/' ? '' : this.view!.path}/${name}`;
    if (kind === 'directory') return html`<li><button class="name directory" @click=${() => this.#open(path)}>${name}/</button></li>`;
    if (kind !== 'file') return html`<li><span class="name">${name}</span><span class="size">${kind}</span></li>`;
    return html`<li>
      <button class="name" @click=${() => this.#edit(path)}>${name}</button><span class="size">${size} B</span>
      <button class="act" aria-label="Edit ${name}" @click=${() => this.#edit(path)}>Edit</button>
      <button class="act" aria-label="Download ${name}" @click=${() => this.dispatchEvent(new CustomEvent('fetch-file', { detail: { path }, bubbles: true, composed: true }))}>Download</button></li>`;
  }

  /** @param at a directory */
  show(at = '/root'): void {
    if (!this.#dialog.open) this.#dialog.showModal();
    void this.#open(at);
  }

  async #open(path: string): Promise<void> {
    try {
      this.view = await this.app.link.ask((id) => ({ kind: 'list', id, path })) as DirectoryView;
      this.problem = '';
    } catch (error) {
      this.problem = `${path}: ${(error as Error).message}`;
    }
  }

  #edit(path: string): void {
    this.#dialog.close();
    void showPanel(this.app, 'editor', path);
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#open(this.renderRoot.querySelector('input')!.value.trim() || '/');
  };

  readonly #upload = async (): Promise<void> => {
    const path = this.view?.path ?? '/root';
    const files = await chooseFiles();
    await uploadFiles(this.app, files, path);
    await this.#open(path);
  };

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  readonly #outside = (event: MouseEvent): void => {
    if (event.target === event.currentTarget) this.#dialog.close();
  };
}

customElements.define('files-panel', FilesPanel);
