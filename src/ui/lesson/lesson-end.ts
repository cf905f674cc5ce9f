// Where to go when a lesson is done: on along the short path, on in the course, to the drills of its questions, or through it again.

import { LitElement, css, html, nothing } from 'lit';
import course from 'virtual:course';
import type { Lesson } from '../../course/lesson.ts';
import { drillResult, drills } from './drills.ts';
import { buttonStyles } from './lesson-styles.ts';

const lessons = course.tracks.flatMap((track) => track.lessons);

/** Fires `open-lesson` ({ id, practise, fresh }). */
export class LessonEnd extends LitElement {
  static override properties = { lesson: { attribute: false }, next: { attribute: false } };
  static override styles = [buttonStyles, css`
    :host { display: block; background: color-mix(in srgb, var(--good) 14%, transparent); border-radius: var(--radius); padding: 14px 18px 8px; }
    p { font-weight: 600; margin: 0 0 10px; }
    h3 { font-size: 14px; margin: 8px 0 6px; }
    button { margin: 0 8px 8px 0; text-align: left; }
    @media (max-width: 800px) { button { min-height: 40px; } }
  `];

  declare lesson: Lesson;
  /** The one that follows in the course. */
  declare next: Pick<Lesson, 'id' | 'title'> | undefined;

  override render() {
    const { lesson: { id, seed }, next } = this;
    const place = course.seedPath.indexOf(id);
    const following = place < 0 ? undefined : lessons.find((lesson) => lesson.id === course.seedPath[place + 1]);
    const onPath = following?.id === next?.id ? undefined : following;
    const asked = drills.filter((drill) => drill.seed.some((question) => seed.includes(question)) && !drillResult(drill.id));
    const go = (label: string, detail: { id: string; practise?: boolean; fresh?: boolean }, main = false) => html`<button class=${main ? 'main' : ''} @click=${() => this.dispatchEvent(new CustomEvent('open-lesson', { detail, bubbles: true, composed: true }))}>${label}</button>`;
    return html`
      <p>Done: all tasks of this lesson are solved.</p>
      ${onPath ? go(`Next on the short path: ${onPath.title}`, { id: onPath.id }, true) : nothing}
      ${next ? go(`Next${onPath ? ' in the course' : ''}: ${next.title}`, { id: next.id }, !onPath) : nothing}
      ${go('Practise it without the text', { id, practise: true })}
      ${asked.length ? html`<h3>Asked in interviews: say it, and prove it</h3>${asked.map((drill) => go(drill.title, { id: drill.id, fresh: true }))}` : nothing}`;
  }
}

customElements.define('lesson-end', LessonEnd);
