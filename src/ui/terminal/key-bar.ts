// Keys that a phone's keyboard lacks, one tap each; Ctrl waits for the letter that follows.

import { LitElement, css, html } from 'lit';
import type { StowageApp } from '../app/stowage-app.ts';

const KEYS: readonly { readonly label: string; readonly key: string; readonly name?: string }[] = [
  { label: 'Tab', key: '\t' }, { label: '↑', key: 'ArrowUp', name: 'Up: the command before' },
  { label: '|', key: '|', name: 'Pipe' }, { label: '~', key: '~', name: 'Tilde' }, { label: '-', key: '-', name: 'Hyphen' }, { label: '/', key: '/', name: 'Slash' },
  { label: '↓', key: 'ArrowDown', name: 'Down: the next command' }, { label: '←', key: 'ArrowLeft', name: 'Left' }, { label: '→', key: 'ArrowRight', name: 'Right' },
  { label: '$', key: '$', name: 'Dollar' }, { label: '"', key: '"', name: 'Double quote' }, { label: "'", key: "'", name: 'Quote' }, { label: '>', key: '>', name: 'Greater than' }, { label: '&', key: '&', name: 'Ampersand' }, { label: 'Esc', key: '\x1b' },
];

export class KeyBar extends LitElement {
  static override properties = { app: { attribute: false }, control: { state: true } };
  static override styles = css`
    :host { display: none; background: var(--surface); border-top: 1px solid var(--line); }
    .keys { display: flex; gap: 4px; overflow-x: auto; padding: 4px 6px; scrollbar-width: none; }
    button { font: 15px var(--font-mono); color: var(--ink); flex: 1 0 auto; min-width: 40px; min-height: 40px; padding: 0 9px; border: 1px solid var(--line); border-radius: var(--radius-small); background: var(--raised); cursor: pointer; touch-action: manipulation; user-select: none; }
    button[aria-pressed="true"] { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
    .enter { background: var(--volume-soft); border-color: var(--volume); position: sticky; right: 0; box-shadow: -8px 0 8px -2px var(--surface); }
    @media (max-width: 800px), (pointer: coarse) { :host { display: block; } }
  `;

  declare app: StowageApp;
  declare control: boolean;

  constructor() {
    super();
    this.control = false;
  }

  override render() {
    const button = ({ label, key, name = label }: (typeof KEYS)[number]) => html`<button aria-label=${name} @pointerdown=${keepFocus} @click=${() => this.#press(key)}>${label}</button>`;
    return html`
      <div class="keys" role="toolbar" aria-label="Keys for the terminal">
        ${button(KEYS[0]!)}
        <button aria-pressed=${this.control} @pointerdown=${keepFocus} @click=${() => (this.control = !this.control)}>Ctrl</button>
        ${KEYS.slice(1).map(button)}
        <button class="enter" aria-label="Enter" @pointerdown=${keepFocus} @click=${() => this.#press('\r')}>⏎</button>
      </div>
    `;
  }

  override firstUpdated(): void {
    // Ahead of the page, which listens at the section: what is typed next is a control character.
    this.closest('section')!.addEventListener('terminal-keys', this.#latched as EventListener, { capture: true });
  }

  readonly #latched = (event: CustomEvent<{ text: string }>): void => {
    const { text } = event.detail;
    if (!this.control || !/^[a-z@[\]\\^_ ]$/i.test(text)) return;
    this.control = false;
    event.stopImmediatePropagation();
    event.target!.dispatchEvent(new CustomEvent('terminal-keys', { detail: { text: String.fromCharCode(text.toUpperCase().charCodeAt(0) & 0x1f) }, bubbles: true, composed: true }));
  };

  #press(key: string): void {
    this.app.pane.press(key);
  }
}

/** A tap does not take the focus from the terminal, whose on-screen keyboard stays. */
const keepFocus = (event: Event): void => event.preventDefault();

customElements.define('key-bar', KeyBar);
