// A small editor for a file of the host.

import { LitElement, css, html } from 'lit';
import { dialogStyles } from '../app/dialog-styles.ts';
import type { StowageApp } from '../app/stowage-app.ts';

/** Bytes of a file that it opens. */
const MOST = 1 << 20;

export class FileEditor extends LitElement {
  static override properties = { path: { state: true }, problem: { state: true }, isNew: { state: true }, isChanged: { state: true }, asking: { state: true }, readable: { state: true } };
  static override styles = [dialogStyles, css`
    dialog { width: min(54rem, calc(100vw - 20px)); height: min(38rem, calc(100dvh - 24px)); }
    h2 { font: 600 15px var(--font-mono); overflow-wrap: anywhere; }
    textarea { flex: 1; resize: none; border: 0; padding: 14px 24px; font: 14px/1.5 var(--font-mono); color: var(--ink); background: var(--paper); tab-size: 8; min-height: 0; white-space: pre; }
    textarea:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
    .foot { display: flex; gap: 8px; align-items: center; padding: 10px 16px; border-top: 1px solid var(--line); flex-wrap: wrap; }
    .foot p { flex: 1; margin: 0; font-size: 14px; color: var(--ink-soft); min-width: 12rem; }
    .foot .bad { color: var(--bad); }
  `];

  declare app: StowageApp;
  declare path: string;
  declare problem: string;
  declare isNew: boolean;
  declare isChanged: boolean;
  /** The person wants to leave without having saved. */
  declare asking: boolean;
  declare readable: boolean;

  constructor() {
    super();
    this.path = this.problem = '';
    this.isNew = this.isChanged = this.asking = false;
    this.readable = true;
  }

  override render() {
    return html`
      <dialog aria-labelledby="heading" @cancel=${this.#cancel}>
        <div class="head"><h2 id="heading">${this.path}${this.isNew ? ' (new)' : ''}</h2><button class="close" @click=${this.#leave}>Close</button></div>
        <textarea aria-label="Text of ${this.path}" spellcheck="false" autocapitalize="off" autocomplete="off" ?readonly=${!this.readable} @input=${() => (this.isChanged = true)} @keydown=${this.#key}></textarea>
        <div class="foot">
          <p class=${this.problem ? 'bad' : ''} role="status">${this.asking ? 'It is not saved.' : this.problem || (this.isChanged ? 'Changed. Ctrl+S saves it.' : 'Tab goes on to the buttons.')}</p>
          ${this.asking
            ? html`<button class="sure" @click=${() => this.#dialog.close()}>Close without saving</button><button class="main" @click=${() => this.#save(true)}>Save and close</button>`
            : html`<button ?disabled=${!this.readable} @click=${() => this.#save(false)}>Save</button><button class="main" ?disabled=${!this.readable} @click=${() => this.#save(true)}>Save and close</button>`}
        </div>
      </dialog>
    `;
  }

  /** @param path absolute; a file that is not there yet is begun */
  async show(path = '/root/file'): Promise<void> {
    this.path = path;
    this.problem = '';
    this.isNew = this.isChanged = this.asking = false;
    this.readable = true;
    let text = '';
    try {
      const bytes = await this.app.link.readFile(path);
      if (bytes.length > MOST) throw new Error(`it has ${Math.ceil(bytes.length / 1e6)} MB: too much for this editor`);
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch (error) {
      const why = (error as Error).message;
      if (/No such file/.test(why)) this.isNew = true;
      else {
        this.problem = error instanceof TypeError ? 'This is no text.' : why;
        this.readable = false;
      }
    }
    const area = this.renderRoot.querySelector('textarea')!;
    area.value = text;
    area.setSelectionRange(0, 0);
    if (!this.#dialog.open) this.#dialog.showModal();
    area.focus();
  }

  async #save(andClose: boolean): Promise<void> {
    const content = new TextEncoder().encode(this.renderRoot.querySelector('textarea')!.value);
    try {
      await this.app.link.ask((id) => ({ kind: 'upload', id, path: this.path, content }));
      this.isChanged = this.isNew = this.asking = false;
      this.problem = andClose ? '' : 'Saved.';
      if (andClose) {
        this.#dialog.close();
        this.app.pane.focus();
      }
    } catch (error) {
      this.asking = false;
      this.problem = `It could not be saved: ${(error as Error).message}`;
    }
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  readonly #leave = (): void => {
    if (this.isChanged) this.asking = true;
    else this.#dialog.close();
  };

  readonly #cancel = (event: Event): void => {
    event.preventDefault();
    this.#leave();
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    void this.#save(false);
  };
}

customElements.define('file-editor', FileEditor);
