// Truth or myth: judge each statement, then read why.

import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { MythQuiz as Block } from '../../course/lesson.ts';
import { isListOf, isRecord, keepAnswer, keptAnswer } from './answer-store.ts';
import { questionStyles } from './question-styles.ts';

interface Kept {
  /** Whether it was called a myth. */
  readonly said: readonly (boolean | null)[];
  readonly checked: boolean;
}

export class MythQuiz extends LitElement {
  static override properties = { block: { attribute: false }, lesson: {}, kept: { state: true } };
  static override styles = questionStyles;

  declare block: Block;
  declare lesson: string;
  declare kept: Kept;

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('block')) return;
    const { statements, id } = this.block;
    this.kept = keptAnswer(this.lesson, id, (value): value is Kept => isRecord(value) && typeof value.checked === 'boolean' && isListOf(value.said, statements.length, (said) => said === null || typeof said === 'boolean'))
      ?? { said: statements.map(() => null), checked: false };
  }

  override render() {
    const { block: { statements }, kept: { said, checked } } = this;
    const right = statements.filter((statement, index) => statement.myth === said[index]).length;
    return html`
      ${statements.map((statement, index) => html`
        <fieldset>
          <legend>${unsafeHTML(statement.text)}</legend>
          ${[false, true].map((myth) => html`<label><input type="radio" name=${`statement-${index}`} .checked=${said[index] === myth} ?disabled=${checked} @change=${() => this.#say(index, myth)} />${myth ? 'Myth' : 'True'}</label>`)}
          ${checked ? html`<p class="because ${statement.myth === said[index] ? 'right' : 'wrong'}"><b>${statement.myth === said[index] ? '✓' : '✗'} ${statement.myth ? 'A myth.' : 'True.'}</b> ${unsafeHTML(statement.because)}</p>` : nothing}
        </fieldset>`)}
      <p class="score" aria-live="polite">${checked ? `${right} of ${statements.length} right.` : nothing}</p>
      ${checked
        ? html`<button @click=${() => this.#keep({ said: said.map(() => null), checked: false })}>Judge again</button>`
        : html`<button class="main" ?disabled=${said.includes(null)} @click=${() => this.#keep({ said, checked: true })}>Check</button>`}
    `;
  }

  #say(at: number, myth: boolean): void {
    this.#keep({ said: this.kept.said.map((each, index) => (index === at ? myth : each)), checked: false });
  }

  #keep(kept: Kept): void {
    this.kept = kept;
    keepAnswer(this.lesson, this.block.id, kept);
  }
}

customElements.define('myth-quiz', MythQuiz);
