// A quiz question, by its form: choose, tell myths from truth, or put steps in order.

import { LitElement, html } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Quiz } from '../../course/lesson.ts';
import './choose-quiz.ts';
import './myth-quiz.ts';
import './order-quiz.ts';
import { questionStyles } from './question-styles.ts';

const TITLES = { choose: 'Question', myth: 'Truth or myth?', order: 'In which order?' } as const;

export class QuizBlock extends LitElement {
  static override properties = { block: { attribute: false }, lesson: {} };
  static override styles = questionStyles;

  declare block: Quiz;
  declare lesson: string;

  override render() {
    const { block, lesson } = this;
    return html`
      <section role="group" aria-label="Question">
        <h3>${TITLES[block.form]}</h3>
        <p class="ask" id="ask">${unsafeHTML(block.ask)}</p>
        ${block.form === 'choose' ? html`<choose-quiz .block=${block} .lesson=${lesson}></choose-quiz>` : block.form === 'myth' ? html`<myth-quiz .block=${block} .lesson=${lesson}></myth-quiz>` : html`<order-quiz .block=${block} .lesson=${lesson}></order-quiz>`}
      </section>
    `;
  }
}

customElements.define('quiz-block', QuizBlock);
