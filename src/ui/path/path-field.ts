// A field for a path of a container or of the host, which offers what it could go on with.

import { LitElement, css, html, nothing } from 'lit';
import type { HostLink } from '../host-link.ts';

/** Fires `ask` ({ reference }). */
export class PathField extends LitElement {
  static override properties = { link: { attribute: false }, value: {}, offers: { state: true }, active: { state: true } };
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = css`
    :host { display: block; position: relative; }
    form { display: flex; gap: 6px; }
    input { flex: 1; min-width: 0; min-height: 34px; padding: 0 10px; font: 13.5px var(--font-mono); color: var(--ink); background: var(--raised); border: 1px solid var(--line-strong); border-radius: var(--radius-small); }
    button { font: inherit; font-size: 14px; min-height: 34px; padding: 0 14px; border: 1px solid var(--line-strong); border-radius: var(--radius-small); background: none; color: inherit; cursor: pointer; }
    button:hover { background: var(--raised); }
    :focus-visible { outline: 3px solid var(--focus); outline-offset: 0; }
    ul { position: absolute; z-index: 3; inset: 100% 0 auto 0; margin: 3px 0 0; padding: 4px; list-style: none; max-height: 15rem; overflow: auto; background: var(--raised); border: 1px solid var(--line-strong); border-radius: var(--radius-small); box-shadow: 0 8px 24px rgb(0 0 0 / .18); }
    li { padding: 4px 8px; font: 13px/1.5 var(--font-mono); border-radius: 4px; cursor: pointer; overflow-wrap: anywhere; }
    li[aria-selected="true"] { background: var(--accent); color: var(--accent-ink); }
    @media (max-width: 800px) { input, button { min-height: 44px; font-size: 16px; } li { padding: 9px 8px; } }
  `;

  declare link: HostLink;
  declare value: string;
  declare offers: readonly string[];
  declare active: number;
  #asked = 0;

  constructor() {
    super();
    this.value = '';
    this.offers = [];
    this.active = -1;
  }

  override render() {
    const { offers, active } = this;
    return html`
      <form @submit=${this.#submit}>
        <input name="path" role="combobox" aria-label="Path" aria-autocomplete="list" aria-expanded=${offers.length ? 'true' : 'false'} aria-controls="offers" aria-activedescendant=${active >= 0 ? `offer-${active}` : nothing}
          autocomplete="off" autocapitalize="off" spellcheck="false" placeholder="web:/data/f" .value=${this.value} @input=${this.#input} @focus=${this.#input} @keydown=${this.#key} @blur=${this.#leave} />
        <button>Ask</button>
      </form>
      ${offers.length ? html`<ul id="offers" role="listbox" aria-label="Goes on with">${offers.map((offer, index) => html`<li id=${`offer-${index}`} role="option" aria-selected=${index === active ? 'true' : 'false'} @mousedown=${(event: Event) => this.#take(offer, event)}>${offer}</li>`)}</ul>` : html`<ul id="offers" role="listbox" aria-label="Goes on with" hidden></ul>`}
    `;
  }

  get #field(): HTMLInputElement {
    return this.renderRoot.querySelector('input')!;
  }

  readonly #input = async (): Promise<void> => {
    const text = this.#field.value, asked = ++this.#asked;
    this.active = -1;
    try {
      const offers = await this.link.ask((id) => ({ kind: 'look', id, question: { about: 'completion', text } })) as string[];
      if (asked !== this.#asked || this.renderRoot.querySelector(':focus') !== this.#field) return;
      // What was chosen meanwhile, among what was offered before, stays chosen.
      const chosen = this.offers[this.active];
      this.offers = offers.filter((offer) => offer !== text).slice(0, 30);
      this.active = chosen === undefined ? -1 : this.offers.indexOf(chosen);
    } catch {
      this.offers = [];
    }
  };

  readonly #key = (event: KeyboardEvent): void => {
    const { offers } = this;
    const move = (to: number): void => {
      event.preventDefault();
      this.active = to;
      void this.updateComplete.then(() => this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }));
    };
    if (event.key === 'ArrowDown' && offers.length) move((this.active + 1) % offers.length);
    else if (event.key === 'ArrowUp' && offers.length) move((this.active <= 0 ? offers.length : this.active) - 1);
    else if (event.key === 'Escape' && offers.length) {
      event.preventDefault();
      this.#leave();
    } else if (event.key === 'Enter' && this.active >= 0) this.#take(offers[this.active]!, event);
    // As in the shell, while there is something to take: else it leaves the field.
    else if (event.key === 'Tab' && !event.shiftKey && this.active >= 0) this.#take(offers[this.active]!, event);
  };

  #take(offer: string, event: Event): void {
    event.preventDefault();
    this.#field.value = offer;
    if (offer.endsWith('/')) void this.#input();
    else this.#send();
  }

  /** What is still being asked comes too late. */
  readonly #leave = (): void => {
    this.#asked++;
    this.offers = [];
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.#send();
  };

  #send(): void {
    const reference = this.#field.value.trim();
    this.#leave();
    this.active = -1;
    if (reference) this.dispatchEvent(new CustomEvent('ask', { detail: { reference } }));
  }
}

customElements.define('path-field', PathField);
