// The timeline below the terminal: back, on, each step as a point, and a list of steps with what each has changed.

import { LitElement, html, nothing, svg, type PropertyValues } from 'lit';
import type { HostLink } from '../host-link.ts';
import type { StepView, ToWorker } from '../worker/protocol.ts';
import { changeText, toneOf } from '../../host/time/change-text.ts';
import { timeStyles } from './time-styles.ts';

interface Branch {
  readonly from: number;
  readonly steps: readonly StepView[];
}

/** Points shown in the bar; the list has them all. */
const POINTS = 400;

export class TimeLine extends LitElement {
  static override properties = { link: { attribute: false }, snapshot: { attribute: false }, steps: { state: true }, at: { state: true }, branches: { state: true }, open: { state: true }, said: { state: true } };
  static override styles = timeStyles;

  declare link: HostLink;
  declare steps: readonly StepView[];
  declare at: number;
  declare branches: readonly Branch[];
  declare open: boolean;
  /** What a screen reader is told after a jump. */
  declare said: string;

  constructor() {
    super();
    this.steps = [];
    this.branches = [];
    this.at = 0;
    this.open = false;
    this.said = '';
  }

  override render() {
    const { steps, at, branches, open } = this;
    const first = Math.max(0, Math.min(steps.length, at + POINTS / 2) - POINTS);
    return html`
      ${open ? this.#panel() : nothing}
      <div class="bar" role="group" aria-label="Time" @keydown=${this.#key}>
        <div class="moves">
          <button title="Undo: back to before the last command (Alt+Shift+Z)" ?disabled=${at === 0} @click=${() => this.undo()}>${arrow('M7 5 3 9l4 4 M3 9h8a4 4 0 0 1 0 8H8')} <span class="label">Undo</span></button>
          <button title="Redo (Alt+Shift+Y)" ?disabled=${at === steps.length} @click=${() => this.redo()}>${arrow('M13 5l4 4-4 4 M17 9H9a4 4 0 0 0 0 8h3')} <span class="label">Redo</span></button>
        </div>
        <ol aria-label="Commands">
          <li>${this.#dot(0, 'The beginning', 0, '')}</li>
          ${steps.slice(first, first + POINTS).map((step, index) => {
            const number = first + index + 1;
            return html`<li class=${number > at ? 'ahead' : ''}>${this.#dot(number, step.text, branches.filter(({ from }) => from === number).length, step.change ? toneOf(step.change.changes) : '')}</li>`;
          })}
        </ol>
        <div class="end"><button class="files" title="Files of the host: download, upload, edit" @click=${() => this.#tell('show-files')}>Files</button><button title="A link, a file, a script, a report" @click=${() => this.#tell('show-share')}>Share</button><button class="count" aria-expanded=${open} @click=${() => (this.open = !open)}>${at === steps.length ? `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}` : `${at} of ${steps.length}`}</button></div>
      </div>
      <p class="hidden" role="status">${this.said}</p>
    `;
  }

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('link') || !this.link) return;
    this.link.onTime(({ from, steps, at, branches }) => {
      if (this.at !== at && this.#moved) {
        const now = steps.length ? [...this.steps.slice(0, from), ...steps] : this.steps.slice(0, from);
        this.said = at ? `Now at step ${at} of ${now.length}, after ${now[at - 1]!.text}` : `Now at the beginning, before ${now.length} steps`;
      }
      this.#moved = false;
      this.steps = [...this.steps.slice(0, from), ...steps];
      this.at = at;
      this.branches = branches;
    });
    this.link.send({ kind: 'tell-time' });
  }

  #moved = false;

  override updated(changed: PropertyValues): void {
    if (changed.has('at') || changed.has('steps')) this.renderRoot.querySelector('.bar [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.bar [aria-current]')?.focus();
  }

  undo(): void {
    this.#jump('undo');
  }

  redo(): void {
    this.#jump('redo');
  }

  /** @param step how many steps of the way are done there */
  go(branch: number, step: number): void {
    this.#jump({ branch, step });
  }

  #jump(to: Extract<ToWorker, { kind: 'jump' }>['to']): void {
    this.#moved = true;
    this.#tell('time-jump');
    this.link.send({ kind: 'jump', to });
  }

  #dot(step: number, text: string, forks: number, tone: string) {
    const label = `${step ? `After step ${step}: ${text}` : text}${forks ? `, ${forks} other ${forks === 1 ? 'way goes' : 'ways go'} on from here` : ''}`;
    return html`<button class="dot ${tone} ${forks ? 'forks' : ''}" title=${label} aria-label=${label} aria-current=${step === this.at ? 'step' : nothing} tabindex=${step === this.at ? 0 : -1} data-step=${step} @click=${() => this.go(0, step)}><i></i></button>`;
  }

  #panel() {
    const { steps, branches } = this;
    return html`
      <section class="panel" aria-label="Steps" @keydown=${this.#panelKey}>
        ${steps.length ? html`<ol>
          <li><button class="step" aria-current=${this.at === 0 ? 'step' : nothing} @click=${() => this.go(0, 0)}><time></time><span>The beginning</span></button></li>
          ${steps.map((step, index) => html`<li class=${index >= this.at ? 'ahead' : ''}>${this.#step(step, this.at === index + 1, () => this.go(0, index + 1))}</li>`)}
        </ol>` : html`<p class="empty">Every command you run becomes a step here. You can go back to any of them, and on from there another way.</p>`}
        ${branches.map((branch, number) => html`
          <h2>Another way, ${branch.from ? `from behind step ${branch.from}` : 'from the beginning'}</h2>
          <ol>${branch.steps.map((step, index) => html`<li class="ahead">${this.#step(step, false, () => this.go(number + 1, branch.from + index + 1))}</li>`)}</ol>`)}
      </section>`;
  }

  #step(step: StepView, isHere: boolean, go: () => void) {
    const { changes = [], more = 0 } = step.change ?? {};
    return html`
      <button class="step" aria-current=${isHere ? 'step' : nothing} @click=${go}>
        <time>${timeText(step.at)}</time>
        <span>${step.kind === 'upload' ? html`<small>file brought:</small> ` : step.inside ? html`<small>inside ${firstWords(step.inside)}:</small> ` : step.terminal > 1 ? html`<small>terminal ${step.terminal}:</small> ` : nothing}<code>${step.text}</code>${step.end === undefined ? html` <small>still runs</small>` : nothing}</span>
        ${changes.length ? html`<span class="what">${changes.map((change) => {
          const { sign, text } = changeText(change);
          return html`<span class=${change.how === 'changed' ? 'altered' : change.how}><b>${sign}</b> ${text}</span>`;
        })}${more ? html`<span>and ${more} more</span>` : nothing}</span>` : nothing}
      </button>`;
  }

  #tell(name: string): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }));
  }

  readonly #key = (event: KeyboardEvent): void => {
    const { dataset } = event.composedPath()[0] as HTMLElement;
    if (event.key === 'Escape' && this.open) this.open = false;
    if (dataset.step === undefined) return;
    const points = [...this.renderRoot.querySelectorAll<HTMLElement>('.dot')];
    const at = points.findIndex((point) => point.dataset.step === dataset.step);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: points.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    points[Math.max(0, Math.min(points.length - 1, next))]!.focus();
  };

  readonly #panelKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' && event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    if (event.key === 'Escape') {
      this.open = false;
      this.renderRoot.querySelector<HTMLElement>('.count')!.focus();
      return;
    }
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('.step')];
    rows[rows.indexOf(event.composedPath()[0] as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  };
}

const arrow = (path: string) => html`<svg viewBox="0 0 20 20" aria-hidden="true">${svg`<path d=${path}></path>`}</svg>`;
const firstWords = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
const timeText = (at: number): string => new Date(at).toTimeString().slice(0, 8);

customElements.define('time-line', TimeLine);
