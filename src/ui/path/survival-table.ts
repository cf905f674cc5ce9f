// What the data at a path would survive, event by event: each really happens, on a copy of the host.

import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { HostSnapshot } from '../../host/host-snapshot.ts';
import type { SurvivalRow } from '../../host/survival.ts';
import type { SurvivalEvent } from '../../host/survival-events.ts';
import type { HostLink } from '../host-link.ts';

/** Milliseconds of rest after a change of the host before all is tried anew. */
const REST = 900;

const WORDS: Readonly<Record<SurvivalRow['outcome'], { readonly word: string; readonly look: string }>> = {
  kept: { word: 'kept', look: 'good' }, left: { word: 'kept', look: 'good' }, orphaned: { word: 'orphaned', look: 'warn' }, changed: { word: 'partly', look: 'warn' }, lost: { word: 'lost', look: 'bad' },
};
const REFUSED = { word: 'refused', look: 'none' };

const SHAPES: Readonly<Record<string, TemplateResult>> = {
  good: html`<svg viewBox="0 0 12 12" aria-hidden="true"><path d="m2 6.4 2.7 2.8L10 3.4" /></svg>`,
  bad: html`<svg viewBox="0 0 12 12" aria-hidden="true"><path d="m2.6 2.6 6.8 6.8m0-6.8-6.8 6.8" /></svg>`,
  warn: html`<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M6 1.8 11 10.2H1zM6 5v2.4" /></svg>`,
  none: html`<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M2 6h8" /></svg>`,
};

export class SurvivalTable extends LitElement {
  static override properties = { link: { attribute: false }, snapshot: { attribute: false }, reference: {}, events: { state: true }, rows: { state: true }, wanted: { state: true }, spoken: { state: true } };
  static override styles = css`
    :host { display: block; margin-top: 10px; }
    .ask { font: inherit; font-size: 14px; min-height: 34px; padding: 3px 14px; border: 1px solid var(--line-strong); border-radius: var(--radius-small); background: none; color: inherit; cursor: pointer; }
    .ask:hover { background: var(--raised); }
    :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
    table:focus { outline: none; }
    table { width: 100%; scroll-margin-top: 46px; border-collapse: collapse; font-size: 13px; line-height: 1.4; }
    caption { text-align: left; font-weight: 600; font-size: 14px; padding: 4px 0; }
    caption span { font-weight: 400; color: var(--ink-soft); font-size: 13px; }
    th, td { text-align: left; vertical-align: top; padding: 5px 8px 5px 0; border-top: 1px solid var(--line); font-weight: 400; overflow-wrap: anywhere; }
    thead th { color: var(--ink-soft); }
    tbody th { width: 44%; }
    th code { display: block; font: 12px/1.45 var(--font-mono); color: var(--ink-soft); }
    .outcome { white-space: nowrap; font-weight: 600; }
    .outcome svg { width: 12px; height: 12px; margin-right: 5px; vertical-align: -1px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
    .good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); } .none { color: var(--ink-soft); }
    td small { display: block; font-size: 12.5px; color: var(--ink-soft); font-weight: 400; white-space: normal; }
    .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    @media (max-width: 800px) { .ask { min-height: 44px; } }
  `;

  declare link: HostLink;
  declare snapshot: HostSnapshot | undefined;
  declare reference: string;
  declare events: readonly SurvivalEvent[];
  declare rows: ReadonlyMap<string, SurvivalRow>;
  declare wanted: boolean;
  declare spoken: string;
  /** The one that runs: another one makes it stop. */
  #round = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.events = [];
    this.rows = new Map();
    this.wanted = false;
    this.spoken = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#round++;
    clearTimeout(this.#rest);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.wanted || !(changed.has('reference') || changed.has('snapshot'))) return;
    const isOther = changed.has('reference');
    if (isOther) this.rows = new Map();
    this.#round++;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#tryAll(isOther), isOther ? 0 : REST);
  }

  override render() {
    if (!this.wanted) return html`<button class="ask" @click=${this.#want}>What would it survive?</button>`;
    return html`
      <table tabindex="-1" aria-busy=${!this.events.length || this.rows.size < this.events.length ? 'true' : 'false'}>
        <caption>What it would survive <span>tried out on copies of this host</span></caption>
        <thead><tr><th scope="col">What happens</th><th scope="col">The data</th></tr></thead>
        <tbody>${this.events.map((event) => this.#row(event))}</tbody>
      </table>
      <span class="spoken" role="status">${this.spoken}</span>
    `;
  }

  #row({ id, label }: SurvivalEvent): TemplateResult {
    const row = this.rows.get(id);
    const { word, look } = row ? (row.refusal === undefined ? WORDS[row.outcome] : REFUSED) : { word: '…', look: 'none' };
    return html`<tr><th scope="row">${label}${row ? html`<code>${row.command}</code>` : nothing}</th>
      <td><span class="outcome ${look}">${row ? SHAPES[look] : nothing}${word}</span>${row ? html`<small>${row.refusal ?? (row.outcome === 'lost' ? '' : row.how)}</small>` : nothing}</td></tr>`;
  }

  readonly #want = (): void => {
    this.wanted = true;
    // The button is gone: who pressed it goes on at what took its place.
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector('table')?.focus({ preventScroll: true });
    });
    void this.#tryAll(true);
  };

  async #tryAll(isAsked: boolean): Promise<void> {
    const round = ++this.#round, { reference, link } = this;
    try {
      const events = await link.ask((id) => ({ kind: 'look', id, question: { about: 'events', reference } })) as readonly SurvivalEvent[];
      if (round !== this.#round) return;
      this.events = events;
      // Only with its rows it is long enough to be brought to the top.
      if (isAsked) void this.updateComplete.then(() => this.renderRoot.querySelector('table')?.scrollIntoView({ block: 'start' }));
      const rows = new Map(this.rows);
      for (const { id: event } of events) {
        const row = await link.ask((id) => ({ kind: 'look', id, question: { about: 'survival', reference, event } })) as SurvivalRow | undefined;
        if (round !== this.#round) return;
        if (row) rows.set(event, row);
        this.rows = new Map(rows);
      }
      if (isAsked) this.spoken = summary(events.flatMap(({ id }) => rows.get(id) ?? []));
    } catch (error) {
      if (round === this.#round) this.spoken = `It could not be tried out: ${(error as Error).message}`;
    }
  }
}

/** `Kept in 14 of 17 cases; lost: removed by force, …` */
function summary(rows: readonly SurvivalRow[]): string {
  const lost = rows.filter(({ outcome }) => outcome === 'lost').map(({ label }) => label);
  return `Tried out: kept in ${rows.length - lost.length} of ${rows.length} cases.${lost.length ? ` Lost when: ${lost.join(', ')}.` : ''}`;
}

customElements.define('survival-table', SurvivalTable);
