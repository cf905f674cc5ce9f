// A quiz question: choose, and read why it is so.

import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Quiz } from '../../course/lesson.ts';
import { progressStore } from './progress-store.ts';
import { questionStyles } from './question-styles.ts';

export class QuizBlock extends LitElement {
  static override properties = { block: { attribute: false }, lesson: {}, chosen: { state: true } };
  static override styles = questionStyles;

  declare block: Quiz;
  declare lesson: string;
  declare chosen: number | undefined;

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('block')) return;
    const kept = progressStore.answer(this.lesson, this.block.id);
    this.chosen = typeof kept === 'number' && kept in this.block.options ? kept : undefined;
  }

  override render() {
    const { block, chosen } = this;
    const option = chosen === undefined ? undefined : block.options[chosen]!;
    return html`
      <section aria-label="Question">
        <h3>Question</h3>
        <fieldset class="choices">
          <legend class="ask">${unsafeHTML(block.ask)}</legend>
          ${block.options.map((candidate, index) => html`
            <label class=${chosen === index ? (candidate.right ? 'chosen right' : 'chosen wrong') : ''}>
              <input type="radio" name="choice" .checked=${chosen === index} @change=${() => this.#choose(index)} /><span>${unsafeHTML(candidate.text)}</span>
            </label>`)}
        </fieldset>
        <div aria-live="polite">${option ? html`<p class="because ${option.right ? 'right' : 'wrong'}"><b>${option.right ? 'Right.' : 'Not quite.'}</b> ${unsafeHTML(option.because)}</p>` : nothing}</div>
      </section>
    `;
  }

  #choose(index: number): void {
    this.chosen = index;
    progressStore.keepAnswer(this.lesson, this.block.id, index);
  }
}

customElements.define('quiz-block', QuizBlock);
