// The dialog of what can be taken away: a link, a file, a script, a recording, a report.

import { LitElement, css, html } from 'lit';
import { dialogStyles } from '../app/dialog-styles.ts';
import type { StowageApp } from '../app/stowage-app.ts';
import { chooseHost } from './bring.ts';
import { showPanel } from '../app/panels.ts';
import { linkOf, LONGEST_LINK, saveHost, takeAway } from './take-away.ts';

export class SharePanel extends LitElement {
  static override properties = { link: { state: true }, length: { state: true }, copied: { state: true } };
  static override styles = [dialogStyles, css`
    .link { display: flex; gap: 8px; margin-bottom: .7em; }
    input { flex: 1; min-width: 0; font: 13px var(--font-mono); color: var(--ink); background: var(--paper); border: 1px solid var(--line-strong); border-radius: var(--radius-small); padding: 6px 10px; min-height: 34px; box-sizing: border-box; }
    dl { margin: 0; display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 8px 16px; align-items: center; }
    dt, dd { margin: 0; }
    dd { color: var(--ink-soft); font-size: 14px; }
    @media (max-width: 700px) { dl { grid-template-columns: 1fr; gap: 4px; } dd { margin-bottom: 10px; } .link { flex-wrap: wrap; } input { flex-basis: 100%; } }
  `];

  declare app: StowageApp;
  declare link: string | undefined;
  declare length: number;
  declare copied: boolean;

  constructor() {
    super();
    this.length = 0;
    this.copied = false;
  }

  override render() {
    const { app, link, length } = this;
    return html`
      <dialog aria-labelledby="heading" @click=${this.#outside}>
        <div class="head"><h2 id="heading">Share and take away</h2><button class="close" @click=${() => this.#dialog.close()}>Close</button></div>
        <div class="body">
          <h3>This host, as a link</h3>
          ${link ? html`
            <div class="link"><input readonly aria-label="Link to this host" .value=${link} @focus=${(event: FocusEvent) => (event.target as HTMLInputElement).select()}><button class="main" @click=${this.#copy}>${this.copied ? 'Copied' : 'Copy link'}</button></div>
            <p class="soft">Whoever opens it stands where you stand, with all your steps behind them. Everything is in the link itself (${Math.ceil(length / 1000)} kB); no server knows of it. Their own host is kept.</p>`
          : length ? html`<p>It would be ${Math.ceil(length / 1000)} kB, and many programs cut links at ${LONGEST_LINK / 1000} kB. Send the file below instead.</p>` : html`<p class="soft">One moment …</p>`}
          <p class="hidden" role="status">${this.copied ? 'The link is copied' : ''}</p>
          <h3>Files to take away</h3>
          <dl>
            <dt><button @click=${() => saveHost(app)}>The host</button></dt><dd>opens here again, in any browser</dd>
            <dt><button @click=${() => takeAway(app, 'script')}>A bash script</button></dt><dd>your commands for a real Docker, with what each changed</dd>
            <dt><button @click=${() => takeAway(app, 'cast')}>An asciicast</button></dt><dd>the terminal as it was, to be played by asciinema</dd>
            <dt><button @click=${() => takeAway(app, 'report')}>A report</button></dt><dd>Markdown: commands, output, changes</dd>
          </dl>
          <h3>Bring and look</h3>
          <p class="actions"><button @click=${() => { this.#dialog.close(); void showPanel(app, 'files', app.snapshot?.cwd); }}>Files of the host …</button> <button @click=${() => { this.#dialog.close(); void chooseHost(app); }}>Open a host's file …</button></p>
        </div>
      </dialog>
    `;
  }

  show(): void {
    this.link = undefined;
    this.length = 0;
    this.copied = false;
    void linkOf(this.app).then(({ link, length }) => {
      this.link = link;
      this.length = length;
    });
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  readonly #copy = async (): Promise<void> => {
    const input = this.renderRoot.querySelector('input')!;
    try {
      await navigator.clipboard.writeText(this.link!);
      this.copied = true;
    } catch {
      // Not allowed: the person copies what is selected.
      input.focus();
      input.select();
    }
  };

  readonly #outside = (event: MouseEvent): void => {
    if (event.target === event.currentTarget) this.#dialog.close();
  };
}

customElements.define('share-panel', SharePanel);
