// Choose: one answer, or all that are right; and, where it is asked for, say why and compare.

import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { ChooseQuiz as Block } from '../../course/lesson.ts';
import { isRecord, keepAnswer, keptAnswer } from './answer-store.ts';
import { questionStyles } from './question-styles.ts';

interface Kept {
  readonly chosen: readonly number[];
  readonly checked: boolean;
  /** The person's own words, and the points that they found in them. */
  readonly words: string;
  readonly points?: readonly number[];
}

const NONE: Kept = { chosen: [], checked: false, words: '' };
const isKept = (value: unknown): value is Kept => isRecord(value) && Array.isArray(value.chosen) && typeof value.checked === 'boolean' && typeof value.words === 'string';

export class ChooseQuiz extends LitElement {
  static override properties = { block: { attribute: false }, lesson: {}, kept: { state: true } };
  static override styles = questionStyles;

  declare block: Block;
  declare lesson: string;
  declare kept: Kept;

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('block')) this.kept = keptAnswer(this.lesson, this.block.id, isKept) ?? NONE;
  }

  override render() {
    const { block, kept } = this;
    const { several, options } = block;
    const right = options.every((option, index) => option.right === kept.chosen.includes(index));
    const told = kept.checked ? options.map((option, index) => ({ ...option, index })).filter(({ index, right: needed }) => kept.chosen.includes(index) || (several && needed)) : [];
    return html`
      <fieldset class="choices">
        <legend class="quiet">${several ? 'Choose all that are right' : 'Choose one'}</legend>
        ${options.map((option, index) => html`
          <label class=${kept.checked && kept.chosen.includes(index) ? `chosen ${option.right ? 'right' : 'wrong'}` : ''}>
            <input type=${several ? 'checkbox' : 'radio'} name="choice" .checked=${kept.chosen.includes(index)} @change=${() => this.#choose(index)} /><span>${unsafeHTML(option.text)}</span>
          </label>`)}
      </fieldset>
      ${several && !kept.checked ? html`<button class="main" ?disabled=${!kept.chosen.length} @click=${() => this.#keep({ checked: true })}>Check</button>` : nothing}
      <div aria-live="polite">
        ${kept.checked ? html`<p class="because ${right ? 'right' : 'wrong'}"><b>${right ? 'Right.' : several && !told.some((option) => !option.right) ? 'Not all of them yet.' : 'Not quite.'}</b> ${several ? nothing : unsafeHTML(told[0]?.because ?? '')}</p>
          ${several ? html`<ul>${told.map((option) => html`<li>${option.right ? '✓' : '✗'} ${unsafeHTML(option.text)}: ${unsafeHTML(option.because)}</li>`)}</ul>` : nothing}` : nothing}
      </div>
      ${kept.checked && right && block.explain.length ? this.#explain() : nothing}
    `;
  }

  #explain() {
    const { block: { explain }, kept: { words, points } } = this;
    return html`
      <label class="free">Now say why, in your own words.<textarea rows="3" .value=${words} ?disabled=${points !== undefined} @input=${(event: Event) => this.#keep({ words: (event.target as HTMLTextAreaElement).value })}></textarea></label>
      ${points === undefined
        ? html`<button class="main" ?disabled=${words.trim().length < 10} @click=${() => this.#keep({ points: [] })}>Compare</button>`
        : html`<fieldset class="choices"><legend>Tick what you have said:</legend>${explain.map((point, index) => html`
            <label><input type="checkbox" .checked=${points.includes(index)} @change=${() => this.#keep({ points: toggled(points, index) })} /><span>${unsafeHTML(point)}</span></label>`)}</fieldset>
          <p aria-live="polite" class="score">${points.length} of ${explain.length} points.</p>`}
    `;
  }

  #choose(index: number): void {
    this.#keep(this.block.several ? { chosen: toggled(this.kept.chosen, index), checked: false } : { chosen: [index], checked: true });
  }

  #keep(change: Partial<Kept>): void {
    this.kept = { ...this.kept, ...change };
    keepAnswer(this.lesson, this.block.id, this.kept);
  }
}

const toggled = (list: readonly number[], item: number): number[] => (list.includes(item) ? list.filter((each) => each !== item) : [...list, item]);

customElements.define('choose-quiz', ChooseQuiz);
