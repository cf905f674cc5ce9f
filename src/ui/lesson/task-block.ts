// One task: what to do, whether each goal holds, what is still missing, and a ladder of hints on request.

import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { TaskVerdict } from '../../course/goals/judge.ts';
import type { Task } from '../../course/lesson.ts';
import { taskStyles } from './task-styles.ts';

/** Fires `run-command` ({ command, enter }) and `light` ({ keys, show }): what the picture is to light up. */
export class TaskBlock extends LitElement {
  static override properties = { task: { attribute: false }, status: {}, verdict: { attribute: false }, shows: { attribute: false }, lit: { type: Boolean }, hints: { state: true } };
  static override styles = taskStyles;

  declare task: Task;
  declare status: 'done' | 'open' | 'later';
  declare verdict: TaskVerdict | undefined;
  /** Keys of the picture for what its aha shows; none when that is gone. */
  declare shows: readonly string[] | undefined;
  /** Whether the picture lights them up. */
  declare lit: boolean;
  /** Rungs that have been asked for. */
  declare hints: number;

  constructor() {
    super();
    this.status = 'later';
    this.hints = 0;
    this.lit = false;
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('task') && changed.get('task')) this.hints = 0;
  }

  override render() {
    const { task, status, verdict } = this;
    return html`
      <section role="group" class=${status} aria-label="Task">
        <header><span class="mark" aria-hidden="true">${status === 'done' ? '✓' : ''}</span><h3>${status === 'done' ? 'Task, done' : status === 'open' ? 'Your task' : 'Task, after the one above'}</h3></header>
        <div class="do">${unsafeHTML(task.do)}</div>
        ${status === 'done' && task.done ? html`<p class="after">${unsafeHTML(task.done)}</p>` : nothing}
        ${status === 'done' ? this.#aha() : nothing}
        ${status === 'open' ? [this.#goals(verdict), this.#help(verdict)] : nothing}
      </section>
    `;
  }

  #aha() {
    const { task: { aha }, shows = [], lit } = this;
    if (!aha) return nothing;
    return html`
      <div class="aha" role="note"><p>${unsafeHTML(aha.say)}</p>
        ${shows.length ? html`<button aria-pressed=${lit} @click=${() => this.dispatchEvent(new CustomEvent('light', { detail: { keys: lit ? [] : shows, show: true }, bubbles: true, composed: true }))}>Show it in the picture</button>` : nothing}</div>`;
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

  #help(verdict: TaskVerdict | undefined) {
    const { task, hints } = this;
    const ladder = verdict ? verdict.hints.map((index) => task.hints[index]!) : task.hints.filter((hint) => hint.when === undefined);
    const told = ladder.slice(0, hints);
    const command = told.length === ladder.length ? (ladder.findLast((hint) => hint.run !== undefined)?.run ?? task.solution).trim() : undefined;
    return html`
      <div class="help" role="group" aria-label="Hints">
        <ol class="hints" aria-live="polite" ?hidden=${!told.length}>${told.map((hint) => html`<li>${unsafeHTML(hint.say)}</li>`)}</ol>
        ${command === undefined
          ? html`<button @click=${this.#next}>${told.length ? `Another hint (${told.length} of ${ladder.length})` : 'Hint'}</button>`
          : html`<pre><code>${command}</code></pre><button class="main" @click=${() => this.#run(command)}>${command.includes('\n') ? 'Run these commands' : 'Run this command'}</button>`}
      </div>
    `;
  }

  readonly #next = (): void => void this.hints++;

  #run(command: string): void {
    this.dispatchEvent(new CustomEvent('run-command', { detail: { command, enter: true }, bubbles: true, composed: true }));
  }
}

customElements.define('task-block', TaskBlock);
