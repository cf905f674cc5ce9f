// A prediction: say what will happen, then see what the engine really does, on a copy of the host.

import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { isRight, questionsOf } from '../../course/guess.ts';
import type { OutputPrediction, OwnerPrediction, Predict, RowsPrediction } from '../../course/lesson.ts';
import type { HostLink } from '../host-link.ts';
import { isListOf, isRecord, keepAnswer, keptAnswer } from './answer-store.ts';
import { gridTable } from './grid-table.ts';
import { questionStyles } from './question-styles.ts';

export type Guesses = readonly (string | null)[];

interface Kept {
  readonly guesses: Guesses;
  readonly answers?: readonly string[];
}

const OWNERS: Readonly<Record<string, string>> = {
  'writable-layer': 'the container’s writable layer', 'image-layer': 'a layer of the image', volume: 'a volume', bind: 'a directory of the host (bind mount)', tmpfs: 'memory (tmpfs)', host: 'the host’s own disk',
};

export class PredictBlock extends LitElement {
  static override properties = { block: { attribute: false }, lesson: {}, link: { attribute: false }, guesses: { state: true }, answers: { state: true }, problem: { state: true }, busy: { state: true } };
  static override styles = questionStyles;

  declare block: Predict;
  declare lesson: string;
  declare link: HostLink;
  declare guesses: Guesses;
  declare answers: readonly string[] | undefined;
  declare problem: string;
  declare busy: boolean;

  constructor() {
    super();
    this.guesses = [];
    this.problem = '';
    this.busy = false;
  }

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('block')) return;
    const count = questionsOf(this.block);
    const kept = keptAnswer(this.lesson, this.block.id, (value): value is Kept =>
      isRecord(value) && isListOf(value.guesses, count, (guess) => guess === null || typeof guess === 'string')
      && (value.answers === undefined || isListOf(value.answers, count, (answer) => typeof answer === 'string')));
    this.guesses = kept?.guesses ?? Array.from({ length: count }, () => null);
    this.answers = kept?.answers;
    this.problem = '';
  }

  override render() {
    const { block, guesses, answers } = this;
    const right = answers?.filter((answer, index) => isRight(guesses[index]!, answer)).length ?? 0;
    return html`
      <section role="group" aria-label="Prediction">
        <h3>Predict</h3>
        <p class="ask">${unsafeHTML(block.ask)}</p>
        ${this.#questions()}
        <div class="foot" aria-live="polite">
          ${this.problem ? html`<p class="problem">${this.problem}</p>` : nothing}
          ${answers ? html`<p class="score">${answers.length === 1 ? (right ? 'Right.' : 'Not so.') : `${right} of ${answers.length} right.`} It was tried on a copy of your host.</p><div class="because">${unsafeHTML(block.because)}</div>` : nothing}
        </div>
        ${answers
          ? html`<button @click=${this.#again}>Predict again</button>`
          : html`<button class="main" ?disabled=${this.busy || guesses.some((guess) => !guess)} @click=${this.#check}>${this.busy ? 'Trying it …' : 'Try it on a copy of my host'}</button>`}
      </section>
    `;
  }

  #questions(): TemplateResult | readonly TemplateResult[] {
    const { block } = this;
    switch (block.form) {
      case 'rows':
        return this.#rows(block);
      case 'grid':
        return gridTable(block, this.guesses, this.answers, (index, guess) => this.#guess(index, guess));
      case 'output':
        return this.#output(block);
      case 'owner':
        return this.#owners(block);
    }
  }

  #rows({ rows }: RowsPrediction): TemplateResult[] {
    const { guesses, answers } = this;
    return rows.map((row, index) => html`
      <fieldset>
        <legend>${unsafeHTML(row.label)}</legend>
        ${['yes', 'no'].map((value) => html`<label><input type="radio" name=${`row-${index}`} .checked=${guesses[index] === value} ?disabled=${answers !== undefined} @change=${() => this.#guess(index, value)} />${value === 'yes' ? 'Yes' : 'No'}</label>`)}
        ${answers ? this.#verdict(index, `the engine says ${answers[index]}`) : nothing}
      </fieldset>`);
  }

  #owners({ rows }: OwnerPrediction): TemplateResult[] {
    const { guesses, answers } = this;
    const kinds = Object.keys(OWNERS).filter((kind) => kind !== 'host' || rows.some((row) => row.at.startsWith('/')));
    return rows.map((row, index) => html`
      <div class="owner">
        <label>${unsafeHTML(row.label)}
          <select ?disabled=${answers !== undefined} @change=${(event: Event) => this.#guess(index, (event.target as HTMLSelectElement).value)}>
            <option value="" ?selected=${!guesses[index]}>choose …</option>
            ${kinds.map((kind) => html`<option value=${kind} ?selected=${guesses[index] === kind}>${OWNERS[kind]}</option>`)}
          </select></label>
        ${answers ? this.#verdict(index, `it is ${OWNERS[answers[index]!] ?? 'nowhere'}`) : nothing}
      </div>`);
  }

  #output({ choices, run }: OutputPrediction): TemplateResult {
    const { guesses, answers } = this;
    const shown = (text: string): TemplateResult => html`<pre class="print"><code>${text || '(nothing)'}</code></pre>`;
    return html`
      <pre class="print command"><code>${run}</code></pre>
      ${choices.length
        ? html`<fieldset class="choices"><legend class="quiet">What does it print?</legend>${choices.map((choice) => html`
            <label class=${answers && guesses[0] === choice ? `chosen ${isRight(choice, answers[0]!) ? 'right' : 'wrong'}` : ''}><input type="radio" name="output" .checked=${guesses[0] === choice} ?disabled=${answers !== undefined} @change=${() => this.#guess(0, choice)} />${shown(choice)}</label>`)}</fieldset>`
        : html`<label class="free">What does it print?<textarea rows="2" spellcheck="false" autocapitalize="off" .value=${guesses[0] ?? ''} ?disabled=${answers !== undefined} @input=${(event: Event) => this.#guess(0, (event.target as HTMLTextAreaElement).value)}></textarea></label>`}
      ${answers ? html`<p>It printed:</p>${shown(answers[0]!)}` : nothing}
    `;
  }

  #verdict(index: number, text: string): TemplateResult {
    const right = isRight(this.guesses[index]!, this.answers![index]!);
    return html`<span class="verdict ${right ? 'right' : 'wrong'}">${right ? '✓ right' : '✗'}, ${text}</span>`;
  }

  #guess(at: number, value: string): void {
    this.guesses = this.guesses.map((guess, index) => (index === at ? value : guess));
    this.#keep();
  }

  readonly #check = async (): Promise<void> => {
    this.problem = '';
    this.busy = true;
    try {
      this.answers = await this.link.predict(this.block.id);
      this.#keep();
    } catch (error) {
      this.problem = `This cannot be tried on your host as it is now; finish the task above first. (${(error as Error).message})`;
    }
    this.busy = false;
  };

  readonly #again = (): void => {
    this.answers = undefined;
    this.guesses = this.guesses.map(() => null);
    this.#keep();
  };

  #keep(): void {
    keepAnswer(this.lesson, this.block.id, { guesses: this.guesses, ...(this.answers && { answers: this.answers }) } satisfies Kept);
  }
}

customElements.define('predict-block', PredictBlock);
