// A quiet line under the terminal: what each -v, --mount and --tmpfs of the `docker run` that is being typed will be.

import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import type { MountNote } from '../../host/mount-words.ts';
import type { HostLink } from '../host-link.ts';
import { storeIcon, type StoreKind } from '../picture/store-icon.ts';

/** Milliseconds without a key before the line is read, and before it is spoken. */
const REST = 120, SPOKEN = 1_500;

const ICONS: Readonly<Partial<Record<MountNote['kind'], StoreKind>>> = { volume: 'volume', anonymous: 'volume', bind: 'bind', tmpfs: 'tmpfs', image: 'layer' };

export class MountLens extends LitElement {
  static override properties = { link: { attribute: false }, notes: { state: true }, spoken: { state: true } };
  static override styles = css`
    :host { display: block; min-width: 0; height: 1.7em; font: 13px/1.7 var(--font-text); color: var(--ink-soft); overflow: hidden; }
    ul { display: flex; gap: 16px; margin: 0; padding: 0; list-style: none; justify-content: flex-start; }
    li { flex: 0 1 auto; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    /* One at a time has the room. */
    li:not(.full) { flex: none; max-width: 15em; }
    .short { display: none; }
    .icon { vertical-align: -3px; margin-right: 5px; }
    code { font: 12.5px var(--font-mono); color: var(--ink); }
    .bad { color: var(--bad); }
    .warn { color: var(--warn); }
    .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    @media (max-width: 800px) { li:not(.full), .shown { display: none; } .short { display: inline; } }
  `;

  declare link: HostLink;
  declare notes: readonly MountNote[];
  declare spoken: string;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #speak: ReturnType<typeof setTimeout> | undefined;
  #stop: (() => void) | undefined;
  /** What was asked last: only its answer is shown. */
  #asked = 0;

  constructor() {
    super();
    this.notes = [];
    this.spoken = '';
  }

  override firstUpdated(): void {
    this.#stop = this.link.onOutput(() => {
      clearTimeout(this.#rest);
      this.#rest = setTimeout(() => void this.#read(), REST);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    clearTimeout(this.#rest);
    clearTimeout(this.#speak);
  }

  override render() {
    return html`
      <ul aria-label="What the typed mounts will be">${this.notes.map((note) => this.#note(note, note === foremost(this.notes)))}</ul>
      <span class="spoken" role="status">${this.spoken}</span>
    `;
  }

  #note(note: MountNote, isFull: boolean): TemplateResult {
    const icon = ICONS[note.kind], look = isBad(note) ? 'bad' : note.warning ? 'warn' : '';
    const code = html`<code class="shown">${note.shown}</code>${note.destination ? html`<code class="short">${note.destination}</code>` : nothing}`;
    const name = `${note.shown}: ${inWords(note)}`;
    if (!isFull) return html`<li title=${name}>${icon ? storeIcon(icon) : nothing}<code>${note.destination ?? note.shown}</code>${look ? html` <span class=${look}>${isBad(note) ? 'refused' : 'look twice'}</span>` : nothing}</li>`;
    return html`<li class="full" title=${name}>${icon ? storeIcon(icon) : nothing}${code}
      <span class=${isBad(note) ? 'bad' : ''}>${briefly(note.text)}</span>${note.readonly && note.kind !== 'image' ? ', read-only' : ''}${note.warning ? html`, <span class="warn">${note.warning}</span>` : nothing}${note.effect ? `; ${note.effect}` : ''}</li>`;
  }

  async #read(): Promise<void> {
    const { terminal } = (this.getRootNode() as ShadowRoot).host as unknown as { readonly terminal: number };
    const asked = ++this.#asked;
    let notes: readonly MountNote[] = [];
    try {
      if (terminal) notes = await this.link.ask((id) => ({ kind: 'look', id, question: { about: 'mounts', terminal } })) as readonly MountNote[];
    } catch {
      // The host is not ready, or another one has taken its place.
    }
    if (asked !== this.#asked || JSON.stringify(notes) === JSON.stringify(this.notes)) return;
    this.notes = notes;
    clearTimeout(this.#speak);
    this.#speak = setTimeout(() => (this.spoken = notes.filter(({ kind }) => kind !== 'unfinished').map((note) => `${note.shown}: ${inWords(note)}.`).join(' ')), SPOKEN);
  }
}

/** Without what a refusal says of itself first: the rest of it must be on the line. */
const briefly = (text: string): string => text.replace(/invalid (mount config for type "\w+"|volume specification: '[^']*'): (invalid mount config for type "\w+": )?/, '');

const isBad = ({ kind, text }: MountNote): boolean => kind === 'refused' || text.endsWith(': refused');

/** The last one, which is most likely being typed, unless another one needs a look. */
const foremost = (notes: readonly MountNote[]): MountNote | undefined => notes.findLast((note, index) => isBad(note) || note.warning !== undefined || (index === notes.length - 1 && note.kind === 'unfinished')) ?? notes.at(-1);

const inWords = ({ text, readonly, kind, warning, effect }: MountNote): string =>
  `${text}${readonly && kind !== 'image' ? ', read-only' : ''}${warning ? `, ${warning}` : ''}${effect ? `; ${effect}` : ''}`;

customElements.define('mount-lens', MountLens);
