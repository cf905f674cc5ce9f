// A drill: one question of an interview. Say the answer, prove it by command, compare it with a good one, and take what is asked next.

import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Lesson } from '../../course/lesson.ts';
import type { LessonState } from '../../course/session.ts';
import { isRecord, keepAnswer, keptAnswer } from './answer-store.ts';
import { drillCount, drills, nextDrill } from './drills.ts';
import { drillStyles } from './drill-styles.ts';
import { progressStore } from './progress-store.ts';

/** s that an answer may take. */
const LONG = 45;
const BLOCK = 'drill';

interface Kept {
  readonly said: boolean;
  readonly looked: boolean;
  readonly points: readonly number[];
  readonly seconds?: number;
}

const NONE: Kept = { said: false, looked: false, points: [] };
const isKept = (value: unknown): value is Kept => isRecord(value) && typeof value.said === 'boolean' && Array.isArray(value.points);

/** Fires `open-lesson` ({ id, fresh }) and `show-lessons`. */
export class DrillView extends LitElement {
  static override properties = { lesson: { attribute: false }, state: { attribute: false }, kept: { state: true }, timed: { state: true } };
  static override styles = drillStyles;

  declare lesson: Lesson;
  declare state: LessonState | undefined;
  declare kept: Kept;
  /** s since the person began to speak. */
  declare timed: number | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('lesson')) {
      this.#stop();
      this.kept = keptAnswer(this.lesson.id, BLOCK, isKept) ?? NONE;
    }
    if (changed.has('state') && this.#isProved) this.#record();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  override render() {
    const { lesson, state, kept } = this;
    const index = drills.findIndex(({ id }) => id === lesson.id);
    const task = lesson.blocks.find((block) => block.kind === 'task')!;
    const proved = this.#isProved, said = kept.said || proved || kept.looked, open = proved || kept.looked;
    return html`
      <p class="where"><button @click=${() => this.#tell('show-lessons')}>All lessons</button><span>Interview drill${index < 0 ? nothing : `, question ${index + 1} of ${drills.length}`}</span></p>
      <h1>${lesson.title}</h1>
      <section aria-labelledby="say"><h2 id="say"><b aria-hidden="true">1</b> Say it</h2>
        ${said ? html`<p class="past">${kept.seconds === undefined ? 'You have answered.' : `You have answered, in ${kept.seconds} seconds.${kept.seconds > LONG ? ` An interviewer listens for about ${LONG}.` : ''}`}</p>` : html`
          <p>Answer aloud, or in your head, as if somebody had just asked you. Half a minute is enough.</p>
          <p class="actions"><button class="main" @click=${this.#said}>I have said it</button>
            ${this.timed === undefined ? html`<button @click=${this.#start}>Time me: ${LONG} seconds</button>` : html`<span class="timer ${this.timed > LONG ? 'over' : ''}" role="timer">${this.timed} s of ${LONG}</span>`}</p>`}
      </section>
      ${said ? html`
        <section aria-labelledby="prove"><h2 id="prove"><b aria-hidden="true">2</b> Prove it</h2>
          ${lesson.blocks.map((block) => block.kind === 'prose' ? html`<div class="prose">${unsafeHTML(block.html)}</div>` : nothing)}
          <task-block .task=${task} .status=${proved ? 'done' : 'open'} .verdict=${state?.verdict} .shows=${state?.shows[task.id]}></task-block>
          ${open ? nothing : html`<p class="actions"><button class="quiet" @click=${() => this.#keep({ looked: true })}>Read the answer without the proof</button></p>`}
        </section>` : nothing}
      ${open ? this.#answer() : nothing}
      ${open ? this.#end() : nothing}
    `;
  }

  #answer() {
    const { lesson, kept: { points } } = this;
    const answer = lesson.blocks.find((block) => block.kind === 'answer')!;
    return html`
      <section aria-labelledby="compare"><h2 id="compare"><b aria-hidden="true">3</b> Compare</h2>
        <blockquote class="prose">${unsafeHTML(answer.say)}</blockquote>
        <fieldset><legend>Which of these did you say?</legend>
          ${answer.points.map((point, index) => html`<label><input type="checkbox" .checked=${points.includes(index)} @change=${() => this.#keep({ points: points.includes(index) ? points.filter((each) => each !== index) : [...points, index] })}><span>${unsafeHTML(point)}</span></label>`)}
        </fieldset>
        <p class="score" aria-live="polite">${points.length} of ${answer.points.length} points</p>
        <div class="often"><p><b>Often said:</b> <q>${unsafeHTML(answer.often)}</q></p>${unsafeHTML(answer.but)}</div>
        <h3>And then they ask</h3>
        ${lesson.blocks.map((block) => block.kind === 'quiz' ? html`<quiz-block .block=${block} .lesson=${lesson.id}></quiz-block>` : nothing)}
      </section>`;
  }

  #end() {
    const next = nextDrill(this.lesson.id);
    return html`
      <div class="finished"><p>${drillCount()}.</p>
        ${next ? html`<button class="main" @click=${() => this.#tell('open-lesson', { id: next.id, fresh: true })}>Next question: ${next.title}</button>` : html`<p>You have proved them all.</p>`}
        <button @click=${() => this.#tell('open-lesson', { id: this.lesson.id, fresh: true })}>This one again</button></div>`;
  }

  get #isProved(): boolean {
    return this.state !== undefined && this.state.open === undefined;
  }

  readonly #start = (): void => {
    this.timed = 0;
    const begun = performance.now();
    this.#timer = setInterval(() => (this.timed = Math.floor((performance.now() - begun) / 1000)), 250);
  };

  readonly #said = (): void => {
    const seconds = this.timed;
    this.#stop();
    this.#keep({ said: true, ...(seconds !== undefined && { seconds: Math.max(1, seconds) }) });
  };

  #stop(): void {
    clearInterval(this.#timer);
    this.timed = undefined;
  }

  #keep(change: Partial<Kept>): void {
    this.kept = { ...this.kept, ...change };
    keepAnswer(this.lesson.id, BLOCK, this.kept);
    if (this.#isProved || this.kept.looked) this.#record();
  }

  #record(): void {
    const { points, looked, seconds } = this.kept;
    const answer = this.lesson.blocks.find((block) => block.kind === 'answer')!;
    progressStore.keepDrill(this.lesson.id, { points, of: answer.points.length, proved: this.#isProved, looked, ...(seconds !== undefined && { seconds }) });
  }

  #tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

customElements.define('drill-view', DrillView);
