// The line between two parts of the page: dragged, moved with the arrow keys, put back by a double click; remembered.

import { LitElement, css } from 'lit';
import { DEFAULTS, change, settings, type Settings } from './settings.ts';

type Measure = 'lesson' | 'picture';

/** Per cent. */
const LEAST = 15, MOST = 80;

/** `measure` is what it moves: the lesson's width or the picture's height. */
export class PaneSplitter extends LitElement {
  static override properties = { measure: {} };
  static override styles = css`
    :host { position: relative; z-index: 2; touch-action: none; }
    :host([measure="lesson"]) { grid-area: split; cursor: col-resize; }
    :host([measure="picture"]) { grid-area: picture; align-self: start; height: 1px; cursor: row-resize; background: var(--line); }
    :host::after { content: ""; position: absolute; inset: -4px; border-radius: 3px; }
    :host([measure="lesson"])::after { inset: 0 -4px; }
    :host([measure="picture"])::after { inset: -4px 0; }
    :host(:hover)::after, :host(:focus-visible)::after, :host([dragged])::after { background: color-mix(in srgb, var(--focus) 55%, transparent); }
    :host(:focus-visible) { outline: none; }
  `;

  declare measure: Measure;

  override connectedCallback(): void {
    super.connectedCallback();
    const across = this.measure === 'lesson';
    this.role = 'separator';
    this.tabIndex = 0;
    this.ariaOrientation = across ? 'vertical' : 'horizontal';
    this.ariaLabel = across ? 'Width of the lesson' : 'Height of the picture';
    this.ariaValueMin = String(LEAST);
    this.ariaValueMax = String(MOST);
    this.#say();
    this.addEventListener('keydown', this.#key);
    this.addEventListener('pointerdown', this.#down);
    this.addEventListener('dblclick', () => this.#set(DEFAULTS[this.measure]));
  }

  #say(): void {
    this.ariaValueNow = String(Math.round(settings()[this.measure]));
  }

  #set(value: number): void {
    change({ [this.measure]: Math.min(MOST, Math.max(LEAST, value)) } as Partial<Settings>);
    this.#say();
  }

  readonly #key = (event: KeyboardEvent): void => {
    const across = this.measure === 'lesson';
    const value = settings()[this.measure];
    const to = { [across ? 'ArrowRight' : 'ArrowUp']: value + 2, [across ? 'ArrowLeft' : 'ArrowDown']: value - 2, Home: LEAST, End: MOST, Enter: DEFAULTS[this.measure] }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#set(to);
  };

  readonly #down = (event: PointerEvent): void => {
    if (event.button) return;
    event.preventDefault();
    this.setPointerCapture(event.pointerId);
    this.toggleAttribute('dragged', true);
    const frame = this.parentElement!.getBoundingClientRect();
    const move = ({ clientX, clientY }: PointerEvent): void =>
      this.#set(this.measure === 'lesson' ? (clientX - frame.left) / frame.width * 100 : (frame.bottom - clientY) / frame.height * 100);
    const end = (): void => {
      this.removeEventListener('pointermove', move);
      this.toggleAttribute('dragged', false);
    };
    this.addEventListener('pointermove', move);
    this.addEventListener('lostpointercapture', end, { once: true });
  };
}

customElements.define('pane-splitter', PaneSplitter);
