// The list of lessons by track: which are done, where to go on, and what to do with the progress. Nothing is locked.

import { LitElement, html, nothing, type TemplateResult } from 'lit';
import course from 'virtual:course';
import { drillCount, drillResult, drills, nextDrill } from './drills.ts';
import { buttonStyles } from './lesson-styles.ts';
import { listStyles } from './list-styles.ts';
import { progressFile, takeProgress } from './progress-file.ts';
import { progressStore } from './progress-store.ts';
import { saveFile } from './save-file.ts';

type Listed = (typeof course)['tracks'][number]['lessons'][number];

const lessons = course.tracks.flatMap((track) => track.lessons);
const seedPath = course.seedPath.map((id) => lessons.find((lesson) => lesson.id === id)!);

/** The one that comes next in the order of the course. */
export const lessonAfter = (id: string): Listed | undefined => lessons[lessons.findIndex((lesson) => lesson.id === id) + 1];

/** Fires `open-lesson` ({ id, practise, fresh }), `open-file` ({ file }) and `forget-everything`. `show()` opens it as a dialog. */
export class LessonList extends LitElement {
  static override properties = { current: {}, said: { state: true }, asking: { state: true } };
  static override styles = [buttonStyles, listStyles];

  declare current: string;
  /** What the last action has done. */
  declare said: string;
  declare asking: boolean;

  constructor() {
    super();
    this.said = '';
    this.asking = false;
  }

  override render() {
    const done = lessons.filter((lesson) => progressStore.completed(lesson.id) !== undefined).length;
    return html`
      <dialog aria-labelledby="heading" @click=${this.#outside}>
        <div class="head"><h2 id="heading">Lessons</h2><span class="count">${done} of ${lessons.length} done</span><button @click=${() => this.#dialog.close()}>Close</button></div>
        <div class="body">
          <p class="note">Every lesson has a host of its own. Leave one at any time; you find it as you left it.</p>
          <section class="seed"><h3>In ${seedPath.reduce((sum, lesson) => sum + lesson.minutes, 0)} minutes: the questions of an interview</h3>
            <ol>${seedPath.map((lesson) => html`<li><button class="link" @click=${() => this.#open(lesson.id)}>${lesson.title}</button> ${this.#mark(lesson)}</li>`)}</ol></section>
          ${drills.length ? this.#drills() : nothing}
          ${course.tracks.map((track) => html`<section><h3>${track.title}</h3><ul>${track.lessons.map((lesson) => this.#row(lesson))}</ul></section>`)}
          <section class="more"><h3>Your lessons and your progress</h3>
            <div class="actions">
              <button @click=${() => this.#choose('.md')}>Open a lesson file …</button>
              <button @click=${() => saveFile('stowage-progress.json', progressFile())}>Save my progress</button>
              <button @click=${() => this.#choose('.json')}>Load progress …</button>
              ${this.asking
                ? html`<button class="sure" @click=${() => this.#tell('forget-everything')}>Forget all progress and all hosts</button><button @click=${() => (this.asking = false)}>Keep them</button>`
                : html`<button @click=${() => (this.asking = true)}>Forget everything</button>`}
            </div>
            <p class="said" role="status">${this.said}</p>
            <input type="file" hidden @change=${this.#chosen} /></section>
        </div>
      </dialog>
    `;
  }

  show(): void {
    this.said = '';
    this.asking = false;
    this.requestUpdate();
    this.#dialog.showModal();
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  #row(lesson: Listed): TemplateResult {
    const done = progressStore.completed(lesson.id) !== undefined;
    return html`
      <li aria-current=${lesson.id === this.current}>
        <button class="open" @click=${() => this.#open(lesson.id)}><span class="title">${lesson.title}</span> ${this.#mark(lesson)}<span class="minutes">${lesson.minutes} min</span><span class="summary">${lesson.summary}</span></button>
        ${done ? html`<button class="practise" aria-label="Practise ${lesson.title} without the text" @click=${() => this.#open(lesson.id, true)}>Practise</button>` : nothing}
      </li>`;
  }

  #drills(): TemplateResult {
    const next = nextDrill() ?? drills[0]!;
    return html`
      <section class="seed drills"><h3>Interview drills: ${drillCount()}</h3>
        <p>The same questions, one at a time: say the answer, prove it on a fresh host, compare it with a good one.</p>
        <p><button class="main" @click=${() => this.#open(next.id, false, true)}>${drills.some(({ id }) => drillResult(id)) ? 'Go on' : 'Begin'}: ${next.title}</button></p>
        <ol>${drills.map(({ id, title }) => html`<li><button class="link" @click=${() => this.#open(id, false, true)}>${title}</button> <span class="result">${drillResult(id)}</span></li>`)}</ol></section>`;
  }

  #mark({ id, hash }: Listed): TemplateResult | typeof nothing {
    const done = progressStore.completed(id);
    if (done !== undefined) return html`<span class="mark">✓ done</span>${done === hash ? nothing : html` <span class="changed">changed since</span>`}`;
    const begun = progressStore.lesson(id)?.done.length;
    return begun ? html`<span class="begun">begun</span>` : nothing;
  }

  #open(id: string, practise = false, fresh = false): void {
    this.#dialog.close();
    this.#tell('open-lesson', { id, practise, fresh });
  }

  #choose(accept: string): void {
    const input = this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')!;
    input.accept = accept;
    input.value = '';
    input.click();
  }

  readonly #chosen = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (!file) return;
    if (input.accept === '.md') {
      this.#dialog.close();
      return this.#tell('open-file', { file });
    }
    try {
      const count = takeProgress(await file.text());
      this.said = `Loaded: ${count} ${count === 1 ? 'lesson' : 'lessons'} done.`;
    } catch (error) {
      this.said = `${file.name} was not loaded: ${(error as Error).message}.`;
    }
  };

  #tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  readonly #outside = (event: Event): void => {
    if (event.target === this.#dialog) this.#dialog.close();
  };
}

customElements.define('lesson-list', LessonList);
