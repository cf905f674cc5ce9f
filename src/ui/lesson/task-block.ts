// One task: what to do, whether each goal holds, what is still missing, and hints on request.

import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { TaskVerdict } from '../../course/goals/judge.ts';
import type { Task } from '../../course/lesson.ts';
import { taskStyles } from './task-styles.ts';

export class TaskBlock extends LitElement {
  static override properties = { task: { attribute: false }, status: {}, verdict: { attribute: false }, hints: { state: true } };
  static override styles = taskStyles;

  declare task: Task;
  declare status: 'done' | 'open' | 'later';
  declare verdict: TaskVerdict | undefined;
  declare hints: number;

  constructor() {
    super();
    this.status = 'later';
    this.hints = 0;
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('task') && changed.get('task')) this.hints = 0;
  }

  override render() {
    const { task, status, verdict } = this;
    return html`
      <section class=${status} aria-label="Task">
        <header><span class="mark" aria-hidden="true">${status === 'done' ? '✓' : ''}</span><h3>${status === 'done' ? 'Task, done' : status === 'open' ? 'Your task' : 'Task, after the one above'}</h3></header>
        <div class="do">${unsafeHTML(task.do)}</div>
        ${status === 'done' && task.done ? html`<p class="after">${unsafeHTML(task.done)}</p>` : nothing}
        <div aria-live="polite">${status === 'open' ? this.#goals(verdict) : nothing}</div>
        ${status === 'open' ? this.#help() : nothing}
      </section>
    `;
  }

  #goals(verdict: TaskVerdict | undefined) {
    if (!verdict) return nothing;
    const { task } = this;
    const first = verdict.goals.find((goal) => !goal.holds);
    const said = verdict.mistake === undefined ? first?.notYet : task.mistakes[verdict.mistake]!.say;
    const held = verdict.goals.filter((goal) => goal.holds).length;
    return html`
      <p class="count">${verdict.goals.map((goal) => html`<i class=${goal.holds ? 'holds' : ''}></i>`)}${held} of ${verdict.goals.length} conditions hold</p>
      ${said ? html`<p class=${verdict.mistake === undefined ? 'not-yet' : 'mistake'}>${unsafeHTML(said)}</p>` : nothing}
    `;
  }

  #help() {
    const { task, hints } = this;
    const command = hints === task.hints.length;
    return html`
      ${hints ? html`<ol class="hints">${task.hints.slice(0, hints).map((hint) => html`<li>${unsafeHTML(hint)}</li>`)}</ol>` : nothing}
      <div class="buttons">
        ${command
          ? html`<button class="main" @click=${this.#solve}>Put the commands at the prompt</button>`
          : html`<button @click=${() => this.hints++}>${hints ? `Another hint (${hints} of ${task.hints.length})` : 'Hint'}</button>`}
      </div>
    `;
  }

  readonly #solve = (): void => {
    this.dispatchEvent(new CustomEvent('run-command', { detail: { command: this.task.solution.trim(), enter: false }, bubbles: true, composed: true }));
  };
}

customElements.define('task-block', TaskBlock);
