// A prediction: say what will survive, then see what the engine really does.

import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Predict } from '../../course/lesson.ts';
import type { HostLink } from '../host-link.ts';
import { questionStyles } from './question-styles.ts';
import { progressStore } from './progress-store.ts';

interface Kept {
  readonly guesses: readonly (boolean | null)[];
  readonly answers?: readonly boolean[];
}

export class PredictBlock extends LitElement {
  static override properties = { block: { attribute: false }, lesson: {}, link: { attribute: false }, guesses: { state: true }, answers: { state: true }, problem: { state: true } };
  static override styles = questionStyles;

  declare block: Predict;
  declare lesson: string;
  declare link: HostLink;
  declare guesses: (boolean | null)[];
  declare answers: readonly boolean[] | undefined;
  declare problem: string;

  constructor() {
    super();
    this.guesses = [];
    this.problem = '';
  }

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('block')) return;
    const kept = progressStore.answer(this.lesson, this.block.id) as Kept | undefined;
    const fits = kept?.guesses?.length === this.block.rows.length;
    this.guesses = fits ? [...kept.guesses] : this.block.rows.map(() => null);
    this.answers = fits ? kept.answers : undefined;
  }

  override render() {
    const { block, guesses, answers } = this;
    const right = answers?.filter((answer, row) => answer === guesses[row]).length ?? 0;
    return html`
      <section aria-label="Prediction">
        <h3>Predict</h3>
        <p class="ask">${unsafeHTML(block.ask)}</p>
        ${block.rows.map((row, index) => html`
          <fieldset>
            <legend>${unsafeHTML(row.label)}</legend>
            ${[true, false].map((value) => html`<label><input type="radio" name=${`row-${index}`} .checked=${guesses[index] === value} ?disabled=${answers !== undefined} @change=${() => this.#guess(index, value)} />${value ? 'Yes' : 'No'}</label>`)}
            ${answers ? html`<span class="verdict ${answers[index] === guesses[index] ? 'right' : 'wrong'}">${answers[index] === guesses[index] ? '✓ right' : '✗'}, the engine says ${answers[index] ? 'yes' : 'no'}</span>` : nothing}
          </fieldset>`)}
        <div aria-live="polite">
          ${this.problem ? html`<p class="problem">${this.problem}</p>` : nothing}
          ${answers ? html`<p class="score">${right} of ${answers.length} right. The engine tried each on a copy of your host.</p><div class="because">${unsafeHTML(block.because)}</div>` : nothing}
        </div>
        ${answers
          ? html`<button @click=${this.#again}>Predict again</button>`
          : html`<button class="main" ?disabled=${guesses.includes(null)} @click=${this.#check}>Try it on a copy of my host</button>`}
      </section>
    `;
  }

  #guess(row: number, value: boolean): void {
    this.guesses = this.guesses.map((guess, index) => (index === row ? value : guess));
    this.#keep();
  }

  readonly #check = async (): Promise<void> => {
    this.problem = '';
    try {
      this.answers = await this.link.predict(this.block.id);
      this.#keep();
    } catch (error) {
      this.problem = `This cannot be tried on your host as it is now; finish the task above first. (${(error as Error).message})`;
    }
  };

  readonly #again = (): void => {
    this.answers = undefined;
    this.guesses = this.block.rows.map(() => null);
    this.#keep();
  };

  #keep(): void {
    progressStore.keepAnswer(this.lesson, this.block.id, { guesses: this.guesses, ...(this.answers && { answers: this.answers }) } satisfies Kept);
  }
}

customElements.define('predict-block', PredictBlock);
