// A survival grid: stores against events, a cell that says kept or lost, and after the trial what was true.

import { html, nothing, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { isRight } from '../../course/guess.ts';
import type { GridPrediction } from '../../course/lesson.ts';

const NEXT: Readonly<Record<string, string>> = { kept: 'lost', lost: 'kept' };
const plain = (markup: string): string => markup.replace(/<[^>]+>/g, '');

/** Arrow keys go from cell to cell, as in any table; Space and Enter change one, and so do the letters k and l. */
export function gridTable({ stores, events }: GridPrediction, guesses: readonly (string | null)[], answers: readonly string[] | undefined, guess: (index: number, value: string) => void): TemplateResult {
  const columns = events.length;
  const cell = (index: number, of: string): TemplateResult => {
    const guessed = guesses[index];
    const answer = answers?.[index];
    const right = answer !== undefined && isRight(guessed ?? null, answer);
    if (answer !== undefined) {
      return html`<td class=${right ? 'right' : 'wrong'}><span aria-hidden="true">${right ? '✓' : '✗'}</span> ${answer === 'lost' ? 'lost' : 'kept'}${answer === 'orphaned' ? html`<abbr title="kept, but no container uses it">*</abbr>` : nothing}<span class="hidden">, ${right ? 'as you said' : `you said ${guessed}`}</span></td>`;
    }
    return html`<td><button class=${guessed ?? 'open'} data-cell=${index} aria-label="${of}: ${guessed ?? 'not answered'}" @click=${() => guess(index, NEXT[guessed ?? ''] ?? 'kept')}>${guessed ?? '?'}</button></td>`;
  };
  const onKey = (event: KeyboardEvent): void => {
    const at = Number((event.target as HTMLElement).dataset.cell ?? Number.NaN);
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (Number.isNaN(at)) return;
    if (event.key === 'k' || event.key === 'l') guess(at, event.key === 'k' ? 'kept' : 'lost');
    if (step === undefined) return;
    event.preventDefault();
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-cell="${at + step}"]`)?.focus();
  };
  return html`
    <div class="grid" role="region" aria-label="Survival grid" tabindex="0">
      <table @keydown=${onKey}>
        <thead><tr><td></td>${events.map((event) => html`<th scope="col">${unsafeHTML(event.label)}</th>`)}</tr></thead>
        <tbody>${stores.map((store, row) => html`<tr><th scope="row">${unsafeHTML(store.label)}</th>${events.map((event, column) => cell(row * columns + column, `${plain(store.label)}, ${plain(event.label)}`))}</tr>`)}</tbody>
      </table>
    </div>
    ${answers?.includes('orphaned') ? html`<p class="foot-note">* The bytes are still on the disk, but no container refers to their volume any more.</p>` : nothing}
  `;
}
