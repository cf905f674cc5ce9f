// Several terminals on one host: a tab for each, and more at a press.

import { LitElement, css, html, nothing, type PropertyValues } from 'lit';
import type { StowageApp } from '../app/stowage-app.ts';
import type { TerminalPane } from './terminal-pane.ts';

const MOST = 8;

/** Follows the panes of `app`, which it makes and takes away; the first one is the page's own. */
export class TerminalTabs extends LitElement {
  static override properties = { app: { attribute: false } };
  static override styles = css`
    :host { display: flex; align-items: stretch; min-height: 34px; padding: 0 6px; background: var(--surface); border-bottom: 1px solid var(--line); font-size: 13.5px; overflow-x: auto; }
    [role="tablist"] { display: flex; }
    .tab { display: flex; align-items: center; border-bottom: 2px solid transparent; color: var(--ink-soft); }
    .tab.front { border-bottom-color: var(--accent); color: var(--ink); background: var(--terminal-paper); }
    button { font: inherit; color: inherit; border: 0; background: none; cursor: pointer; padding: 0 10px; min-height: 33px; min-width: 30px; border-radius: 4px; white-space: nowrap; }
    button:hover { color: var(--ink); background: var(--paper); }
    button:focus-visible { outline-offset: -3px; }
    .end { padding: 0 6px; min-width: 26px; margin-left: -6px; }
    .more { font-size: 17px; }
    @media (max-width: 800px) { button { min-height: 40px; } }
  `;

  declare app: StowageApp;

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('app') || !this.app) return;
    const { app } = this;
    app.link.onOpened((terminal) => {
      if (!app.panes.has(terminal)) this.#front(this.#add(terminal));
      this.requestUpdate();
    });
    app.link.onEnded((terminal) => this.#ended(terminal));
    app.addEventListener('host-changed', () => this.#sync());
    this.#sync();
  }

  override render() {
    const terminals = [...this.app?.panes.keys() ?? []];
    const { terminal: front } = this.app ?? {};
    return html`
      <div role="tablist" aria-label="Terminals" @keydown=${this.#key}>${terminals.map((terminal, index) => html`
        <div class="tab ${terminal === front ? 'front' : ''}" role="presentation"><button role="tab" aria-selected=${terminal === front} tabindex=${terminal === front ? 0 : -1} @click=${() => this.show(terminal)}>Terminal ${index + 1}</button></div>`)}</div>
      ${terminals.length > 1 ? html`<button class="end" aria-label="Close terminal ${terminals.indexOf(front!) + 1}" title="Close this terminal" @click=${() => this.close()}>×</button>` : nothing}
      ${terminals.length < MOST ? html`<button class="more" aria-label="New terminal" title="New terminal" @click=${() => this.open()}>+</button>` : nothing}
    `;
  }

  open(): void {
    this.app.link.send({ kind: 'open', ...this.app.pane.size });
  }

  /** The one in front. The page keeps one. */
  close(): void {
    const { app } = this;
    if (app.panes.size < 2) return;
    const { terminal } = app;
    app.link.send({ kind: 'close', terminal });
    this.#remove(terminal);
  }

  show(terminal: number): void {
    this.#front(terminal);
    this.app.pane.focus();
  }

  /** `by` tabs further. */
  go(by: number): void {
    const terminals = [...this.app.panes.keys()];
    if (terminals.length) this.show(terminals[(terminals.indexOf(this.app.terminal) + by + terminals.length) % terminals.length]!);
  }

  #add(terminal: number): number {
    const pane = document.createElement('terminal-pane') as TerminalPane;
    pane.terminal = terminal;
    this.app.pane.after(pane);
    this.app.panes.set(terminal, pane);
    for (const { bytes } of this.app.unseen.filter((each) => each.terminal === terminal)) pane.write(bytes);
    return terminal;
  }

  #front(terminal: number): void {
    const { app } = this;
    app.terminal = terminal;
    for (const [id, pane] of app.panes) pane.hidden = id !== terminal;
    this.requestUpdate();
    void app.pane.updateComplete.then(() => app.pane.focus());
  }

  #remove(terminal: number): void {
    const { app } = this;
    const terminals = [...app.panes.keys()];
    const at = terminals.indexOf(terminal);
    const pane = app.panes.get(terminal);
    if (!pane) return;
    app.panes.delete(terminal);
    pane.remove();
    if (app.terminal === terminal) this.#front(terminals[at + 1] ?? terminals[at - 1]!);
    else this.requestUpdate();
  }

  /** Its shell has ended: the last one is followed by another. */
  #ended(terminal: number): void {
    const { app } = this;
    if (!app.panes.has(terminal)) return;
    if (app.panes.size > 1) return this.#remove(terminal);
    const { pane } = app;
    app.leaveTerminals();
    app.link.send({ kind: 'open', ...pane.size });
  }

  /** Another host, or the same one at another time: panes for its terminals, and no others. */
  #sync(): void {
    const { app } = this;
    const kept = new Set(app.panes.values());
    for (const pane of app.renderRoot.querySelectorAll<TerminalPane>('.panes terminal-pane')) {
      if (!kept.has(pane)) pane.remove();
    }
    for (const terminal of app.terminals) if (!app.panes.has(terminal)) this.#add(terminal);
    for (const [id, pane] of app.panes) pane.hidden = id !== app.terminal;
    this.requestUpdate();
  }

  readonly #key = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const terminals = [...this.app.panes.keys()];
    this.#front(terminals[(terminals.indexOf(this.app.terminal) + step + terminals.length) % terminals.length]!);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };
}

customElements.define('terminal-tabs', TerminalTabs);
