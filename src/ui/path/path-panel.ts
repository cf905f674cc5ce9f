// "Ask any path": what serves it, what it hides, who else sees it, its content, and on demand what it would survive.

import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { HostSnapshot } from '../../host/host-snapshot.ts';
import type { PathReport } from '../../host/path-report.ts';
import type { PathSource } from '../../host/path-view.ts';
import { hiddenWords, ownerWords, seerWords, servedBy, sizeWords } from '../../host/tell-path.ts';
import { offer } from '../app/page-command.ts';
import type { HostLink } from '../host-link.ts';
import { storeIcon, type StoreKind } from '../picture/store-icon.ts';
import './path-field.ts';
import type { PathField } from './path-field.ts';
import { panelStyles } from './panel-styles.ts';
import './survival-table.ts';

/** Milliseconds after a change of the host before it is asked again. */
const REST = 250;
/** Characters of a text shown at once. */
const SHOWN = 4_000;

const STORES: Readonly<Record<PathSource['kind'], StoreKind | undefined>> = {
  'writable-layer': 'layer', 'image-layer': 'layer', volume: 'volume', bind: 'bind', host: 'bind', tmpfs: 'tmpfs', kernel: undefined,
};

/** Listens to `ask-path` ({ reference }) on the whole page. */
export class PathPanel extends LitElement {
  static override properties = { link: { attribute: false }, snapshot: { attribute: false }, open: { type: Boolean, reflect: true }, report: { state: true }, spoken: { state: true } };
  static override styles = panelStyles;

  declare link: HostLink;
  declare snapshot: HostSnapshot | undefined;
  declare open: boolean;
  declare report: PathReport | undefined;
  declare spoken: string;
  #reference = '';
  #asked = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.open = false;
    this.spoken = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('ask-path', this.#onAsk);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('ask-path', this.#onAsk);
    clearTimeout(this.#rest);
  }

  override firstUpdated(): void {
    offer({
      name: 'Ask any path', group: 'Go to', also: 'where is data survive mount layer volume file whereis',
      run: () => {
        ((this.getRootNode() as ShadowRoot).host as unknown as { show(view: string): void }).show('picture');
        this.show();
      },
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('snapshot') || !this.open || !this.#reference) return;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#ask(this.#reference, false), REST);
  }

  override render() {
    if (!this.open) return html`<button class="handle" aria-expanded="false" @click=${() => this.show()}>${GLASS}<span>Ask any path</span></button>`;
    const { report } = this;
    return html`
      <section aria-label="Ask any path" @keydown=${this.#onKey}>
        <header><h2>Ask any path</h2><button class="close" aria-label="Close" @click=${this.#close}>×</button></header>
        <path-field .link=${this.link} value=${this.#reference} @ask=${(event: CustomEvent<{ reference: string }>) => void this.#ask(event.detail.reference)}></path-field>
        ${report ? this.#answer(report) : html`<p class="soft">A container and a path, as <code>web:/data</code>, or a path of the host, as <code>/root</code>. A click on something in the picture asks it, too.</p>`}
      </section>
      <span class="spoken" role="status">${this.spoken}</span>
    `;
  }

  /** Open it, at its field. */
  show(): void {
    this.open = true;
    void this.updateComplete.then(() => this.renderRoot.querySelector<PathField>('path-field')!.focus());
  }

  override focus(): void {
    const target = this.renderRoot.querySelector<HTMLElement>('path-field, .handle');
    target?.focus();
  }

  #answer(report: PathReport): TemplateResult {
    const { found, reference, hidden, seenBy, write } = report;
    if (report.problem !== undefined) return html`<p class="problem">${report.problem}</p>`;
    const row = (name: string, value: unknown) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
    const store = found && STORES[found.from.kind];
    return html`
      <h3><code>${reference}</code></h3>
      ${found ? nothing : html`<p class="problem">${report.absence}</p>`}
      <dl>
        ${found ? html`
          ${row('Served by', html`<span class="served">${store ? storeIcon(store) : nothing}${servedBy(report)}</span>`)}
          ${row('Is', html`${sizeWords(found)}<br />${ownerWords(found)}`)}
          ${found.hostPath !== undefined && found.hostPath !== reference ? row('On the host', html`<button class="path" @click=${() => void this.#ask(found.hostPath!)}>${found.hostPath}</button>`) : nothing}` : nothing}
        ${hidden.length ? row('Hides', hidden.map((each) => html`<button class="path" title=${each.hostPath} @click=${() => void this.#ask(each.hostPath)}>${hiddenWords(each)}</button>`)) : nothing}
        ${seenBy.length ? row('Seen by', seenBy.map((seer) => html`<button class="path" @click=${() => void this.#ask(`${seer.container}:${seer.path}`)}>${seerWords(seer)}</button>`)) : nothing}
        ${row('Writing', write)}
      </dl>
      ${found ? html`${this.#content(report)}<survival-table .link=${this.link} .snapshot=${this.snapshot} reference=${reference}></survival-table>` : nothing}
    `;
  }

  #content({ found, reference }: PathReport): unknown {
    const { content, hex, entries, total = 0 } = found!;
    if (entries?.length) {
      const base = reference.endsWith('/') ? reference : `${reference}/`;
      return html`<ul class="names" aria-label="In it">${entries.map((name) => html`<li><button class="path" @click=${() => void this.#ask(base + name.replace(/\/$/, ''))}>${name}</button></li>`)}${total > entries.length ? html`<li class="soft">and ${total - entries.length} more</li>` : nothing}</ul>`;
    }
    const text = content ?? hex;
    if (!text) return nothing;
    return html`<pre tabindex="0" aria-label=${hex ? 'Its first bytes' : 'Content'}>${text.slice(0, SHOWN)}${text.length > SHOWN ? '\n…' : ''}</pre>`;
  }

  async #ask(reference: string, isNew = true): Promise<void> {
    const asked = ++this.#asked;
    if (isNew) this.#reference = reference;
    try {
      const report = await this.link.ask((id) => ({ kind: 'look', id, question: { about: 'path', reference } })) as PathReport;
      if (asked !== this.#asked) return;
      this.report = report;
      if (isNew) this.spoken = report.problem ?? `${report.reference}: ${report.found ? `${sizeWords(report.found)}, served by ${servedBy(report)}` : report.absence ?? ''}`;
      this.requestUpdate();
    } catch {
      // The host is not ready yet: the next change asks again.
    }
  }

  readonly #onAsk = (event: Event): void => {
    this.open = true;
    void this.#ask((event as CustomEvent<{ reference: string }>).detail.reference);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    this.#close();
  };

  readonly #close = (): void => {
    this.open = false;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.handle')?.focus());
  };
}

const GLASS = html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"><circle cx="6.8" cy="6.8" r="4.6" /><path d="m10.3 10.3 4 4" /></svg>`;

customElements.define('path-panel', PathPanel);
