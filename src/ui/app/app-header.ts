// The page's header: name, menus (slot `menu`), theme, and starting over.

import { LitElement, css, html } from 'lit';

type Theme = 'auto' | 'light' | 'dark';
const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];
const KEY = 'stowage-theme';

/** Fires `reset-host` once the person has confirmed it. */
export class AppHeader extends LitElement {
  static override properties = { theme: { state: true }, asking: { state: true } };
  static override styles = css`
    :host { display: flex; align-items: center; gap: 12px; padding: 0 16px; min-height: 48px; background: var(--surface); border-bottom: 1px solid var(--line); }
    h1 { display: flex; align-items: center; gap: 9px; margin: 0; font-size: 17px; font-weight: 650; letter-spacing: -.01em; }
    p { margin: 0; color: var(--ink-soft); font-size: 14px; }
    .end { margin-left: auto; display: flex; gap: 8px; align-items: center; }
    button { font: inherit; font-size: 14px; min-height: 32px; padding: 2px 12px; color: var(--ink); background: none; border: 1px solid var(--line); border-radius: var(--radius-small); cursor: pointer; }
    button:hover { border-color: var(--line-strong); }
    .sure { border-color: var(--bad); color: var(--bad); }
    @media (max-width: 700px) { .tagline { display: none; } :host { padding: 0 12px; } button { min-height: 40px; } }
  `;

  declare theme: Theme;
  declare asking: boolean;

  constructor() {
    super();
    this.asking = false;
    this.theme = THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'auto';
    this.#apply();
  }

  override render() {
    return html`
      <h1><svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true"><rect x="3" y="17" width="26" height="11" rx="2" fill="var(--volume)"/><rect x="6" y="5" width="20" height="9" rx="2" fill="var(--layer)"/></svg>Stowage</h1>
      <p class="tagline">where container data lives</p>
      <div class="end">
        <slot name="menu"></slot>
        ${this.asking
          ? html`<button class="sure" @click=${this.#reset}>Throw this host away</button><button @click=${() => (this.asking = false)}>Keep it</button>`
          : html`<button @click=${() => (this.asking = true)}>Start over</button>`}
        <button @click=${this.#next} aria-label="Colours: ${this.theme}. Change">${{ auto: 'Auto', light: 'Light', dark: 'Dark' }[this.theme]}</button>
      </div>
    `;
  }

  readonly #next = (): void => {
    this.theme = THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length]!;
    localStorage.setItem(KEY, this.theme);
    this.#apply();
  };

  readonly #reset = (): void => {
    this.asking = false;
    this.dispatchEvent(new CustomEvent('reset-host', { bubbles: true, composed: true }));
  };

  #apply(): void {
    if (this.theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = this.theme;
  }
}

customElements.define('app-header', AppHeader);
