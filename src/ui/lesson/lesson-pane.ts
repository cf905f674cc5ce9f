// The lesson: its text, tasks that tick as the host's state changes, predictions and quizzes.

import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Block, Lesson } from '../../course/lesson.ts';
import type { Broken, LessonState } from '../../course/session.ts';
import type { HostLink } from '../host-link.ts';
import { lessonStyles } from './lesson-styles.ts';
import { progressStore } from './progress-store.ts';

/** Fires `run-command` ({ command, enter }), `open-lesson` ({ id }), `show-lessons`, and `light` ({ keys }) when a task is done that shows something in the picture. */
export class LessonPane extends LitElement {
  static override properties = { link: { attribute: false }, lesson: { attribute: false }, next: { attribute: false }, practise: { type: Boolean }, state: { state: true }, lit: { state: true } };
  static override styles = lessonStyles;

  declare link: HostLink;
  /** Undefined while it is loaded. */
  declare lesson: Lesson | undefined;
  declare next: Pick<Lesson, 'id' | 'title'> | undefined;
  /** Only the tasks are shown. */
  declare practise: boolean;
  declare state: LessonState | undefined;
  /** Keys that the picture lights up. */
  declare lit: readonly string[] | undefined;

  override render() {
    const { lesson, state } = this;
    if (!lesson) return html`<div class="page" tabindex="-1"></div>`;
    const said = html`<p class="hidden" role="status">${state ? announcement(lesson, state) : nothing}</p>`;
    if (lesson.kind === 'drill') return html`<div class="page" tabindex="-1">${state?.broken ? this.#broken(state.broken) : nothing}<drill-view .lesson=${lesson} .state=${state}></drill-view>${said}</div>`;
    const tasks = lesson.blocks.filter((block) => block.kind === 'task').length;
    const done = state?.done.length ?? 0;
    return html`
      <div class="page" tabindex="-1">
        <p class="where"><button @click=${() => this.#tell('show-lessons')}>All lessons</button><span>${lesson.track.replaceAll('-', ' ')}, ${lesson.minutes} minutes</span></p>
        <h1>${lesson.title}</h1>
        <p class="summary">${this.practise ? 'Practice: the tasks alone, without the text.' : lesson.summary}</p>
        <div class="progress" role="progressbar" aria-label="Tasks done" aria-valuemin="0" aria-valuemax=${tasks} aria-valuenow=${done}>
          ${Array.from({ length: tasks }, (_, index) => html`<span class=${index < done ? 'done' : ''}></span>`)}<b>${done} of ${tasks} tasks</b>
        </div>
        ${(this.practise ? lesson.blocks.filter((block) => block.kind === 'task') : lesson.blocks).map((block) => this.#block(block, lesson))}
        ${said}
        ${state && state.open === undefined ? html`<lesson-end .lesson=${lesson} .next=${this.next}></lesson-end>` : nothing}
        <p class="end">${this.practise ? html`<button @click=${() => this.#tell('open-lesson', { id: lesson.id })}>Start it again with the text</button>` : html`<button @click=${this.#export}>Do this on your own Docker</button> <span>a script that prepares it there</span>`}</p>
      </div>
    `;
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('link') && this.link) {
      this.link.onLesson(({ state, progress }) => {
        const last = state.done.at(-1);
        if (this.state && last !== undefined && state.done.length > this.state.done.length && state.shows[last]) this.#tell('light', { keys: state.shows[last] });
        this.state = state;
        progressStore.keep(progress);
        if (state.open === undefined && this.lesson?.id === progress.lesson) progressStore.complete(progress.lesson, this.lesson.hash);
      });
    }
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('lesson') && changed.get('lesson')) {
      this.state = undefined;
      this.scrollTop = 0;
    }
    for (const pre of this.renderRoot.querySelectorAll('pre[data-run]:not([data-ready])')) {
      pre.setAttribute('data-ready', '');
      const button = document.createElement('button');
      button.textContent = 'Put at the prompt';
      button.addEventListener('click', () => this.#offer(pre.querySelector('code')!.textContent!.trimEnd()));
      pre.append(button);
    }
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.page')?.focus();
  }

  #block(block: Block, lesson: Lesson): TemplateResult {
    const { state } = this;
    switch (block.kind) {
      case 'prose':
        return html`<div class="prose">${unsafeHTML(block.html)}</div>`;
      case 'note':
        return html`<aside class="note"><h3>${block.title}</h3><div class="prose">${unsafeHTML(block.text)}</div></aside>`;
      case 'task': {
        const isOpen = state?.open === block.id;
        return html`
          ${isOpen && state.broken ? this.#broken(state.broken) : nothing}
          <task-block .task=${block} .status=${state?.done.includes(block.id) ? 'done' : isOpen ? 'open' : 'later'} .verdict=${isOpen ? state?.verdict : undefined} .shows=${state?.shows[block.id]} .lit=${Boolean(this.lit?.length) && String(this.lit) === String(state?.shows[block.id])}></task-block>`;
      }
      case 'predict':
        return html`<predict-block .block=${block} .lesson=${lesson.id} .link=${this.link}></predict-block>`;
      case 'quiz':
        return html`<quiz-block .block=${block} .lesson=${lesson.id}></quiz-block>`;
      case 'answer':
        return html`<aside class="note"><div class="prose">${unsafeHTML(block.say)}</div></aside>`;
    }
  }

  readonly #export = async (): Promise<void> => {
    const [{ labScript }, { saveFile }] = await Promise.all([import('../../course/lab-script.ts'), import('./save-file.ts')]);
    saveFile(`${this.lesson!.id.replace(/\W+/g, '-')}.sh`, labScript(this.lesson!));
  };

  #broken({ say, to }: Broken): TemplateResult {
    return html`
      <section class="broken" role="alert"><div class="prose">${unsafeHTML(say)}</div>
        ${to === undefined ? html`<p>This cannot be taken back any more: start the lesson over.</p>` : html`<button class="main" @click=${() => this.link.send({ kind: 'rewind', to })}>Go back to just before</button>`}</section>`;
  }

  #offer(command: string): void {
    this.#tell('run-command', { command, enter: false });
  }

  #tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** What a screen reader is told when the host has changed: once, and in one place. */
function announcement({ blocks }: Lesson, { done, open, verdict, broken }: LessonState): string {
  if (broken) return '';
  const tasks = blocks.filter((block) => block.kind === 'task');
  const task = tasks.find(({ id }) => id === open);
  const aha = tasks.find(({ id }) => id === done.at(-1))?.aha?.say ?? '';
  const text = document.createElement('template');
  text.innerHTML = `${aha} `;
  text.innerHTML += task && verdict ? (verdict.mistake === undefined ? verdict.goals.find((goal) => !goal.holds)?.notYet : task.mistakes[verdict.mistake]!.say) ?? '' : '';
  return `${done.length} of ${tasks.length} tasks done. ${text.content.textContent}${task ? '' : 'The lesson is finished.'}`;
}
