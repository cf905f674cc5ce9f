// Every command of the page by name: type a few letters, choose with the arrows, Enter.

import { LitElement, css, html, nothing, type PropertyValues } from 'lit';
import { dialogStyles } from './dialog-styles.ts';
import { pageCommands, type PageCommand } from './page-command.ts';
import type { StowageApp } from './stowage-app.ts';

export class CommandPalette extends LitElement {
  static override properties = { query: { state: true }, at: { state: true } };
  static override styles = [dialogStyles, css`
    dialog { width: min(36rem, calc(100vw - 20px)); margin-top: max(12px, 9vh); max-height: min(34rem, 80dvh); }
    input { font: inherit; font-size: 17px; width: 100%; border: 0; padding: 15px 20px; background: none; color: inherit; border-bottom: 1px solid var(--line); flex: none; }
    input:focus { outline: none; border-bottom-color: var(--accent); box-shadow: 0 1px 0 var(--accent); }
    [role="listbox"] { overflow-y: auto; padding: 8px; }
    [role="group"] > span { display: block; padding: 9px 12px 3px; font-size: 13px; color: var(--ink-soft); }
    [role="option"] { display: flex; gap: 12px; align-items: center; padding: 6px 12px; min-height: 36px; border-radius: var(--radius-small); cursor: pointer; }
    [role="option"] span { flex: 1; }
    [aria-selected="true"] { background: var(--accent); color: var(--accent-ink); }
    [aria-selected="true"] kbd { background: none; border-color: currentColor; }
    .none { padding: 12px 20px 18px; margin: 0; color: var(--ink-soft); }
    @media (pointer: coarse) { [role="option"] { min-height: 46px; } }
  `];

  declare app: StowageApp;
  declare query: string;
  declare at: number;

  constructor() {
    super();
    this.query = '';
    this.at = 0;
  }

  override render() {
    const found = this.#found();
    const groups = [...new Set(found.map(({ group }) => group))];
    const option = (command: PageCommand) => {
      const index = found.indexOf(command);
      return html`<div role="option" id="option-${index}" aria-selected=${index === this.at} @click=${() => this.#run(command)} @pointermove=${() => (this.at = index)}><span>${command.name}</span>${command.keys ? html`<kbd>${command.keys}</kbd>` : nothing}</div>`;
    };
    return html`
      <dialog aria-label="Commands" @click=${this.#outside}>
        <input role="combobox" aria-label="What should the page do?" aria-expanded="true" aria-controls="list" aria-autocomplete="list" aria-activedescendant=${found.length ? `option-${this.at}` : nothing}
          placeholder="What should the page do?" autocomplete="off" spellcheck="false" .value=${this.query} @input=${this.#typed} @keydown=${this.#key}>
        ${found.length
          ? html`<div role="listbox" id="list" aria-label="Commands" tabindex="-1">${groups.map((group, index) => html`<div role="group" aria-labelledby="group-${index}"><span id="group-${index}">${group}</span>${found.filter((command) => command.group === group).map(option)}</div>`)}</div>`
          : html`<p class="none" id="list" role="status">Nothing of that name. This palette is for the page; commands of the host are typed in the terminal.</p>`}
      </dialog>
    `;
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('at')) this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  show(): void {
    const dialog = this.#dialog;
    if (dialog.open) return dialog.close();
    this.query = '';
    this.at = 0;
    this.requestUpdate();
    dialog.showModal();
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  /** Grouped in the order in which groups first come, so that the arrows go down the list as it is seen. */
  #found(): readonly PageCommand[] {
    const words = this.query.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = pageCommands().filter(({ name, group, also = '' }) => words.every((word) => `${name} ${group} ${also}`.toLowerCase().includes(word)));
    const order = [...new Set(fits.map(({ group }) => group))];
    return order.flatMap((group) => fits.filter((command) => command.group === group));
  }

  readonly #typed = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.at = 0;
  };

  readonly #key = (event: KeyboardEvent): void => {
    const found = this.#found();
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined && found.length) this.at = Math.abs(step) === 1 ? (this.at + step + found.length) % found.length : Math.min(found.length - 1, Math.max(0, this.at + step));
    else if (event.key === 'Enter' && found[this.at]) this.#run(found[this.at]!);
    else return;
    event.preventDefault();
  };

  #run(command: PageCommand): void {
    this.#dialog.close();
    command.run();
  }

  readonly #outside = (event: MouseEvent): void => {
    if (event.target === event.currentTarget) this.#dialog.close();
  };
}

customElements.define('command-palette', CommandPalette);
