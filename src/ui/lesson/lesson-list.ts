// The list of lessons by track: which are done, and which to open. Nothing is locked.

import { LitElement, css, html } from 'lit';
import type lessonIndex from 'virtual:lessons';
import { buttonStyles } from './lesson-styles.ts';
import { progressStore } from './progress-store.ts';

/** Fires `open-lesson` ({ id }). `show()` opens it as a dialog. */
export class LessonList extends LitElement {
  static override properties = { lessons: { attribute: false }, current: {} };
  static override styles = [buttonStyles, css`
    dialog { width: min(44rem, calc(100vw - 32px)); max-height: min(44rem, calc(100dvh - 48px)); padding: 0; border: 1px solid var(--line); border-radius: 14px; background: var(--surface); color: var(--ink); }
    dialog::backdrop { background: rgb(10 16 22 / .45); }
    header { position: sticky; top: 0; display: flex; align-items: center; justify-content: space-between; gap: 16px; padding: 16px 24px; background: var(--surface); border-bottom: 1px solid var(--line); }
    h2 { margin: 0; font-size: 1.2rem; }
    .note { margin: 14px 24px 0; color: var(--ink-soft); font-size: 14px; }
    h3 { margin: 20px 24px 4px; font-size: 14px; font-weight: 600; color: var(--ink-soft); }
    ul { list-style: none; margin: 0; padding: 0 12px 12px; }
    li button { display: grid; grid-template-columns: 22px 1fr auto; gap: 4px 10px; width: 100%; text-align: left; border: 0; background: none; padding: 10px 12px; align-items: baseline; }
    li button:hover { background: var(--paper); }
    li button[aria-current="true"] { background: var(--volume-soft); }
    .mark { color: var(--good); font-weight: 700; }
    .title { font-weight: 600; font-size: 16px; }
    .summary { grid-column: 2 / 4; color: var(--ink-soft); }
    .minutes { color: var(--ink-soft); white-space: nowrap; }
  `];

  declare lessons: typeof lessonIndex;
  declare current: string;

  override render() {
    const tracks = [...new Set(this.lessons.map((lesson) => lesson.track))];
    return html`
      <dialog aria-labelledby="heading" @click=${this.#outside}>
        <header><h2 id="heading">Lessons</h2><button @click=${() => this.#dialog.close()}>Close</button></header>
        <p class="note">Opening a lesson starts a fresh host, prepared for it.</p>
        ${tracks.map((track) => html`
          <h3>${track.replaceAll('-', ' ')}</h3>
          <ul>${this.lessons.filter((lesson) => lesson.track === track).map((lesson) => this.#row(lesson))}</ul>`)}
      </dialog>
    `;
  }

  show(): void {
    this.requestUpdate();
    this.#dialog.showModal();
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  #row(lesson: (typeof lessonIndex)[number]) {
    const done = progressStore.isCompleted(lesson.id);
    return html`
      <li><button aria-current=${lesson.id === this.current} @click=${() => this.#open(lesson.id)}>
        <span class="mark">${done ? '✓' : ''}</span><span class="title">${lesson.title}</span><span class="minutes">${done ? 'done, ' : ''}${lesson.minutes} min</span><span class="summary">${lesson.summary}</span>
      </button></li>`;
  }

  #open(id: string): void {
    this.#dialog.close();
    this.dispatchEvent(new CustomEvent('open-lesson', { detail: { id }, bubbles: true, composed: true }));
  }

  readonly #outside = (event: Event): void => {
    if (event.target === this.#dialog) this.#dialog.close();
  };
}

customElements.define('lesson-list', LessonList);
