// The whole page: header, lesson, terminal and picture, side by side on a wide screen and one at a time on a narrow one.

import { LitElement, css, html, nothing } from 'lit';
import lessons from 'virtual:lessons';
import { HostLink } from '../host-link.ts';
import type { Lesson } from '../../course/lesson.ts';
import type { HostSnapshot } from '../../host/host-snapshot.ts';
import type { LessonList } from '../lesson/lesson-list.ts';
import '../lesson/lesson-pane.ts';
import { progressStore } from '../lesson/progress-store.ts';
import '../terminal/terminal-pane.ts';
import type { TerminalPane } from '../terminal/terminal-pane.ts';
import './app-header.ts';

type View = 'lesson' | 'terminal' | 'picture';

const FIRST = 'outlive-your-container';

const VIEWS: readonly { readonly view: View; readonly label: string }[] = [
  { view: 'lesson', label: 'Lesson' }, { view: 'terminal', label: 'Terminal' }, { view: 'picture', label: 'Picture' },
];

export class StowageApp extends LitElement {
  static override properties = { snapshot: { state: true }, current: { state: true }, practise: { state: true }, lesson: { state: true }, lessonAfter: { state: true }, started: { state: true }, view: { state: true }, notice: { state: true } };
  static override styles = css`
    :host { display: grid; grid-template-rows: auto auto minmax(0, 1fr) auto; height: 100dvh; }
    main { display: grid; gap: 1px; background: var(--line); min-height: 0; grid-template-columns: minmax(320px, 40%) minmax(0, 1fr); grid-template-rows: minmax(0, 11fr) auto minmax(0, 9fr); grid-template-areas: "lesson terminal" "lesson time" "lesson picture"; }
    section { min-width: 0; min-height: 0; background: var(--surface); display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); }
    .lesson { grid-area: lesson; }
    .terminal { grid-area: terminal; background: var(--terminal-paper); }
    .picture { grid-area: picture; grid-template-columns: minmax(0, 1fr) auto; }
    .terminal { position: relative; grid-template-rows: minmax(0, 1fr) auto; }
    /* Places of what is loaded behind the prompt: a strip, a quiet line under the terminal, a drawer beside the picture. */
    time-line { grid-area: time; background: var(--surface); min-width: 0; }
    mount-lens { min-width: 0; }
    path-panel { min-height: 0; max-width: min(26rem, 60%); overflow: auto; border-left: 1px solid var(--line); }
    :is(time-line, mount-lens, path-panel):is(:not(:defined), [hidden]) { display: none; }
    .starting { position: absolute; inset: 0; margin: 0; display: grid; place-items: center; color: var(--ink-soft); animation: appear 0s .4s both; }
    @keyframes appear { from { visibility: hidden; } }
    nav { display: none; }
    .notice { display: flex; gap: 12px; align-items: center; padding: 8px 16px; background: var(--layer-soft); color: var(--ink); border-bottom: 1px solid var(--line); font-size: 14px; }
    .notice p { margin: 0; flex: 1; }
    button { font: inherit; color: inherit; }
    .notice button { border: 1px solid var(--line-strong); background: none; border-radius: var(--radius-small); padding: 2px 10px; cursor: pointer; }
    @media (max-width: 800px) {
      main { grid-template: minmax(0, 1fr) auto / minmax(0, 1fr); gap: 0; }
      section { grid-area: 1 / 1; visibility: hidden; }
      section[data-shown] { visibility: visible; }
      time-line { grid-area: 2 / 1; }
      time-line:not([data-shown]) { display: none; }
      .picture { grid-template: minmax(0, 1fr) auto / minmax(0, 1fr); }
      path-panel { max-width: none; max-height: 60%; border-left: 0; border-top: 1px solid var(--line); }
      nav { display: grid; grid-template-columns: repeat(3, 1fr); border-top: 1px solid var(--line); background: var(--surface); padding-bottom: env(safe-area-inset-bottom); }
      nav button { border: 0; background: none; padding: 12px 4px; min-height: 48px; border-top: 3px solid transparent; cursor: pointer; color: var(--ink-soft); }
      nav button[aria-pressed="true"] { border-top-color: var(--accent); color: var(--ink); font-weight: 600; }
    }
  `;

  declare snapshot: HostSnapshot | undefined;
  /** The lesson's id; `own/…` for one that the person has brought. */
  declare current: string;
  declare practise: boolean;
  declare lesson: Lesson | undefined;
  declare lessonAfter: ((id: string) => Pick<Lesson, 'id' | 'title'> | undefined) | undefined;
  declare started: boolean;
  declare view: View;
  declare notice: string;

  readonly #link = new HostLink();
  #terminal = 0;
  #loading: Promise<Lesson | undefined> | undefined;
  #unwatch: (() => void) | undefined;

  constructor() {
    super();
    this.started = false;
    this.view = 'lesson';
    const { current = FIRST, practise = false } = progressStore.read();
    this.current = Object.hasOwn(lessons, current) || current.startsWith('own/') ? current : FIRST;
    this.practise = practise;
    this.notice = '';
    this.#link.onBooted(({ terminals, notice, restored }) => {
      this.notice = notice ?? this.notice;
      // What was done was done on a host that is no more.
      if (!restored && progressStore.lesson(this.current)) {
        progressStore.forget(this.current, false);
        this.#load();
      }
      if (this.started) this.#pane.clear();
      this.started = true;
      const [open] = terminals;
      if (open === undefined) this.#link.send({ kind: 'open', ...this.#pane.size });
      else this.#adopt(open);
    });
    this.#link.onOpened((terminal) => this.#adopt(terminal));
    this.#link.onOutput(({ terminal, bytes }) => {
      if (!this.#terminal || terminal === this.#terminal) this.#pane.write(bytes);
    });
    this.#link.onSnapshot((snapshot) => (this.snapshot = snapshot));
    this.#link.onFault((message) => (this.notice = `Something in Stowage itself went wrong, not in what you typed: ${message.split('\n')[0]}`));
  }

  override render() {
    const shown = (view: View) => this.view === view ? 'true' : nothing;
    return html`
      <app-header @reset-host=${this.#reset}></app-header>
      ${this.notice ? html`<div class="notice" role="status"><p>${this.notice}</p><button @click=${() => (this.notice = '')}>Dismiss</button></div>` : html`<span hidden></span>`}
      <main @keydown=${this.#cycle}>
        <section class="lesson" data-shown=${shown('lesson')} aria-label="Lesson"><lesson-pane .link=${this.#link} .lesson=${this.lesson}  .practise=${this.practise} .next=${this.lessonAfter?.(this.current)} @run-command=${this.#run} @open-lesson=${this.#open} @show-lessons=${this.#showLessons}></lesson-pane></section>
        <section class="terminal" data-shown=${shown('terminal')} aria-label="Terminal">
          <terminal-pane @terminal-keys=${this.#keys} @terminal-size=${this.#size} @terminal-drawn=${this.#drawn} @terminal-shown=${this.#shown}></terminal-pane>
          <mount-lens .link=${this.#link}></mount-lens>
          ${this.started ? nothing : html`<p class="starting" role="status">Starting the host…</p>`}
        </section>
        <time-line .link=${this.#link} .snapshot=${this.snapshot} data-shown=${this.view === 'lesson' ? nothing : 'true'}></time-line>
        <section class="picture" data-shown=${shown('picture')} aria-label="Picture of the host">
          <storage-picture .snapshot=${this.snapshot} @fetch-file=${this.#fetch}></storage-picture>
          <path-panel .link=${this.#link} .snapshot=${this.snapshot}></path-panel>
        </section>
      </main>
      <lesson-list current=${this.current} @open-lesson=${this.#open} @open-file=${this.#openFile} @forget-everything=${this.#forget}></lesson-list>
      <nav aria-label="Parts of the page">${VIEWS.map(({ view, label }) => html`<button aria-pressed=${this.view === view} @click=${() => this.#show(view)}>${label}</button>`)}</nav>
    `;
  }

  override firstUpdated(): void {
    this.#link.listen();
    progressStore.enter(this.current, this.practise);
    this.#load();
    this.addEventListener('dragover', (event) => event.preventDefault());
    this.addEventListener('drop', (event) => void this.#drop(event));
  }

  get #pane(): TerminalPane {
    return this.renderRoot.querySelector('terminal-pane')!;
  }

  #adopt(terminal: number): void {
    this.#terminal = terminal;
    this.#link.send({ kind: 'resize', terminal, ...this.#pane.size });
  }

  readonly #keys = (event: CustomEvent<{ text: string }>): void => {
    if (this.#terminal) this.#link.send({ kind: 'keys', terminal: this.#terminal, text: event.detail.text });
  };

  readonly #size = (event: CustomEvent<{ columns: number; rows: number }>): void => {
    if (this.#terminal) this.#link.send({ kind: 'resize', terminal: this.#terminal, ...event.detail });
  };

  readonly #drawn = (event: CustomEvent<{ bytes: number }>): void => this.#link.send({ kind: 'drawn', bytes: event.detail.bytes });

  /** What nobody needs before the prompt is loaded behind it. */
  readonly #shown = async (): Promise<void> => {
    if (document.activeElement === document.body && matchMedia('(min-width: 801px)').matches) this.#pane.focus();
    const { current } = this;
    const behind = import('./behind-prompt.ts');
    const lesson = await this.#loading;
    // Another lesson has been opened meanwhile: its own prompt will come.
    if (this.current === current) this.#link.send({ kind: 'shown', setup: lesson?.setup ?? '' });
    const { lessonAfter } = await behind;
    this.lessonAfter = lessonAfter;
  };

  /** A command from the lesson goes to the prompt; Enter is the person's. */
  readonly #run = (event: CustomEvent<{ command: string; enter: boolean }>): void => {
    this.#show('terminal');
    this.#pane.paste(event.detail.command);
    if (event.detail.enter) this.#link.send({ kind: 'keys', terminal: this.#terminal, text: '\r' });
  };

  /** A file of the host, to the person's own disk. */
  readonly #fetch = async (event: CustomEvent<{ path: string }>): Promise<void> => {
    const { path } = event.detail;
    try {
      const bytes = await this.#link.readFile(path);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
      link.download = path.slice(path.lastIndexOf('/') + 1);
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (error) {
      this.notice = `${path} could not be fetched: ${(error as Error).message}.`;
    }
  };

  readonly #showLessons = (): void => this.renderRoot.querySelector<LessonList>('lesson-list')!.show();

  readonly #open = (event: CustomEvent<{ id: string; practise?: boolean }>): void => {
    const { id, practise = false } = event.detail;
    if (Object.hasOwn(lessons, id) || id.startsWith('own/')) this.#enter(id, practise, !practise && progressStore.lesson(id) !== undefined, this.current);
    this.#show('lesson');
  };

  readonly #reset = (): void => {
    progressStore.forget(this.current, true);
    this.#enter(this.current, this.practise, false);
  };

  /** @param keep the lesson for which this host is kept */
  #enter(id: string, practise: boolean, resume: boolean, keep?: string): void {
    if (!resume) progressStore.forget(id, false);
    progressStore.enter(id, practise);
    this.#terminal = 0;
    this.current = id;
    this.practise = practise;
    this.lesson = undefined;
    this.#link.send({ kind: 'reset', keep: keep === id ? undefined : keep, resume: resume ? id : undefined });
    this.#load();
  }

  /** The lesson's text, and then its judging. */
  #load(): void {
    const { current } = this;
    this.#unwatch?.();
    this.#loading = this.#fetchLesson(current).then((lesson) => {
      if (this.current !== current) return undefined;
      this.lesson = lesson;
      this.#link.send({ kind: 'lesson', lesson, progress: progressStore.lesson(lesson.id) });
      return lesson;
    }, (error: unknown) => {
      this.notice = `The lesson could not be loaded: ${String(error)}`;
      return undefined;
    });
  }

  async #fetchLesson(id: string): Promise<Lesson> {
    if (!id.startsWith('own/')) return (await lessons[id]!()).default;
    const { keptLesson, watch } = await import('../lesson/own-lesson.ts');
    const lesson = keptLesson();
    this.#unwatch = watch(this.#link, () => this.#abandon());
    return lesson;
  }

  readonly #openFile = async (event: CustomEvent<{ file: File }>): Promise<void> => {
    try {
      const { takeLesson } = await import('../lesson/own-lesson.ts');
      const { id } = await takeLesson(event.detail.file);
      this.notice = '';
      this.#enter(id, false, false, this.current);
      this.#show('lesson');
    } catch (error) {
      this.notice = `This lesson cannot be played. ${(error as Error).message}`;
    }
  };

  async #drop(event: DragEvent): Promise<void> {
    const file = [...event.dataTransfer?.files ?? []].find((each) => /\.(md|markdown)$/i.test(each.name));
    event.preventDefault();
    if (!file) this.notice = 'A lesson is a file whose name ends in .md: nothing else can be dropped here.';
    else await this.#openFile(new CustomEvent('open-file', { detail: { file } }));
  }

  readonly #forget = async (): Promise<void> => {
    progressStore.clear();
    await this.#link.ask((id) => ({ kind: 'forget', id })).catch(() => undefined);
    location.reload();
  };

  /** The worker is stuck in what a brought lesson asks of it: the page begins again without that lesson. */
  #abandon(): void {
    globalThis.stowageHost?.terminate();
    progressStore.write({ current: FIRST, practise: false, fresh: true });
    alert('A condition of this lesson does not come to an end, so the lesson was closed.');
    location.reload();
  }

  #show(view: View): void {
    this.view = view;
    if (view === 'terminal') void this.updateComplete.then(() => this.#pane.focus());
  }

  /** F6 goes from part to part, out of the terminal too. */
  readonly #cycle = (event: KeyboardEvent): void => {
    if (event.key !== 'F6') return;
    event.preventDefault();
    const order: readonly string[] = ['lesson-pane', 'terminal-pane', 'storage-picture'];
    const at = order.indexOf(this.shadowRoot!.activeElement?.localName ?? '');
    const next = (at + (event.shiftKey ? order.length - 1 : 1)) % order.length;
    this.#show(VIEWS[next]!.view);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(order[next]!)?.focus());
  };
}

customElements.define('stowage-app', StowageApp);
