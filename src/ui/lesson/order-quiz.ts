// Put steps in order: each can be moved up and down by buttons or with the arrow keys.

import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { OrderQuiz as Block } from '../../course/lesson.ts';
import { isListOf, isRecord, keepAnswer, keptAnswer } from './answer-store.ts';
import { questionStyles } from './question-styles.ts';

interface Kept {
  /** Steps by their number, as they lie now. */
  readonly order: readonly number[];
  readonly checked: boolean;
}

export class OrderQuiz extends LitElement {
  static override properties = { block: { attribute: false }, lesson: {}, kept: { state: true } };
  static override styles = questionStyles;

  declare block: Block;
  declare lesson: string;
  declare kept: Kept;

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('block')) return;
    const count = this.#steps.length;
    this.kept = keptAnswer(this.lesson, this.block.id, (value): value is Kept => isRecord(value) && typeof value.checked === 'boolean' && isListOf(value.order, count, (step) => typeof step === 'number' && step in this.#steps))
      ?? { order: shuffled(count, this.block.id), checked: false };
  }

  /** Each with the number of its group: within one, the order is free. */
  get #steps(): { readonly text: string; readonly group: number }[] {
    return this.block.steps.flatMap((group, index) => group.map((text) => ({ text, group: index })));
  }

  override render() {
    const { order, checked } = this.kept;
    const steps = this.#steps;
    const inPlace = order.map((step, place) => steps[step]!.group === steps[place]!.group);
    const right = inPlace.every(Boolean);
    return html`
      <ol class="steps" aria-label="Steps, first to last">
        ${order.map((step, place) => html`
          <li class=${checked ? (inPlace[place] ? 'right' : 'wrong') : ''} @keydown=${(event: KeyboardEvent) => this.#key(event, place)}>
            <span>${unsafeHTML(steps[step]!.text)}${checked ? html`<span class="hidden">${inPlace[place] ? ', in its place' : ', not in its place'}</span>` : nothing}</span>
            <button data-step=${step} data-by="-1" ?disabled=${place === 0} aria-label="Move step ${place + 1} up" @click=${() => this.#move(place, -1)}>↑</button>
            <button data-step=${step} data-by="1" ?disabled=${place === order.length - 1} aria-label="Move step ${place + 1} down" @click=${() => this.#move(place, 1)}>↓</button>
          </li>`)}
      </ol>
      <div aria-live="polite">${checked ? html`<p class="because ${right ? 'right' : 'wrong'}"><b>${right ? 'Right.' : `Not yet: ${inPlace.filter(Boolean).length} of ${steps.length} are in their place.`}</b></p>${right ? html`<div>${unsafeHTML(this.block.because)}</div>` : nothing}` : nothing}</div>
      ${checked && right ? nothing : html`<button class="main" @click=${() => this.#keep({ order, checked: true })}>Check the order</button>`}
    `;
  }

  #key(event: KeyboardEvent, place: number): void {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    this.#move(place, by);
  }

  /** The button that was used stays in the hand, unless its step has come to the end. */
  #move(place: number, by: number): void {
    const order = [...this.kept.order];
    const other = order[place + by];
    if (other === undefined) return;
    const step = order[place]!;
    [order[place], order[place + by]] = [other, step];
    this.#keep({ order, checked: false });
    void this.updateComplete.then(() => {
      const buttons = [...this.renderRoot.querySelectorAll<HTMLButtonElement>(`[data-step="${step}"]`)];
      (buttons.find((button) => button.dataset.by === String(by) && !button.disabled) ?? buttons.find((button) => !button.disabled))?.focus();
    });
  }

  #keep(kept: Kept): void {
    this.kept = kept;
    keepAnswer(this.lesson, this.block.id, kept);
  }
}

/** The same disorder every time, and never the order itself. */
function shuffled(count: number, word: string): number[] {
  let seed = [...word].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  const order = Array.from({ length: count }, (_, step) => step);
  for (let at = count - 1; at > 0; at--) {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    const other = seed % (at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order.every((step, place) => step === place) ? order.toReversed() : order;
}

customElements.define('order-quiz', OrderQuiz);
