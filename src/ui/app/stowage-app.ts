// The whole page: header, lesson, terminal and picture. What nobody needs before the first prompt is in behind-prompt.ts.

import { LitElement, html, nothing } from 'lit';
import lessons from 'virtual:lessons';
import { HostLink } from '../host-link.ts';
import type { Lesson } from '../../course/lesson.ts';
import type { HostSnapshot } from '../../host/host-snapshot.ts';
import { LessonPane } from '../lesson/lesson-pane.ts';
import { progressStore } from '../lesson/progress-store.ts';
import '../terminal/terminal-pane.ts';
import type { TerminalPane } from '../terminal/terminal-pane.ts';
import { AppHeader } from './app-header.ts';
import { appStyles } from './app-styles.ts';

export type View = 'lesson' | 'terminal' | 'picture';

/** Something the person should know, once; with what can be done about it. */
export interface Notice {
  /** One notice of a kind at a time. */
  readonly id: string;
  readonly text: string;
  readonly actions?: readonly { readonly label: string; run(): void }[];
}

const VIEWS: readonly { readonly view: View; readonly label: string }[] = [
  { view: 'lesson', label: 'Lesson' }, { view: 'terminal', label: 'Terminal' }, { view: 'picture', label: 'Picture' },
];

export const FIRST = 'outlive-your-container';

export class StowageApp extends LitElement {
  static override properties = { snapshot: { state: true }, current: { state: true }, practise: { state: true }, lesson: { state: true }, lessonAfter: { state: true }, started: { state: true }, view: { state: true }, only: { state: true }, notices: { state: true } };
  static override styles = appStyles;

  declare snapshot: HostSnapshot | undefined;
  /** The lesson's id; `own/…` for one that the person has brought. */
  declare current: string;
  declare practise: boolean;
  declare lesson: Lesson | undefined;
  declare lessonAfter: ((id: string) => Pick<Lesson, 'id' | 'title'> | undefined) | undefined;
  declare started: boolean;
  declare view: View;
  /** On a wide screen too, one part at a time. */
  declare only: boolean;
  declare notices: readonly Notice[];

  readonly link = new HostLink();
  /** Every terminal of the host that is on the page, in the order of their tabs. */
  readonly panes = new Map<number, TerminalPane>();
  /** Those that the host has open. */
  terminals: readonly number[] = [];
  /** What those of them printed that are not on the page yet. */
  readonly unseen: { readonly terminal: number; readonly bytes: Uint8Array }[] = [];
  /** The terminal in front; 0 while there is none. */
  terminal = 0;
  /** Typed while there was no terminal. */
  #ahead = '';
  #loading: Promise<Lesson | undefined> | undefined;
  #prompted = (): void => undefined;
  /** Header and lesson give way to the prompt, which is there at once but on a slow line. */
  readonly #turn = new Promise<void>((resolve) => {
    this.#prompted = resolve;
    setTimeout(resolve, 400);
  });

  constructor() {
    super();
    this.started = false;
    this.view = 'lesson';
    this.only = false;
    const { current = FIRST, practise = false } = progressStore.read();
    this.current = Object.hasOwn(lessons, current) || current.startsWith('own/') ? current : FIRST;
    this.practise = practise;
    this.notices = [];
    const { link } = this;
    link.onBooted(({ terminals, notice, restored, setAside }) => {
      if (notice) this.say({ id: setAside ? 'aside' : 'save', text: notice });
      // What was done was done on a host that is no more.
      if (!restored && progressStore.lesson(this.current)) {
        progressStore.forget(this.current, false);
        this.load();
      }
      this.panes.clear();
      this.unseen.length = 0;
      this.terminals = terminals;
      const { pane } = this;
      if (this.started) pane.clear();
      this.started = true;
      const [open] = terminals;
      if (open === undefined) link.send({ kind: 'open', ...pane.size });
      else this.adopt(open, pane);
      this.dispatchEvent(new CustomEvent('host-changed'));
    });
    link.onOpened((terminal) => {
      if (!this.panes.size) this.adopt(terminal, this.pane);
    });
    link.onOutput(({ terminal, bytes }) => {
      const pane = this.panes.get(terminal);
      if (pane) return pane.write(bytes);
      if (this.terminals.includes(terminal)) this.unseen.push({ terminal, bytes });
      link.send({ kind: 'drawn', bytes: bytes.length });
    });
    link.onSnapshot((snapshot) => (this.snapshot = snapshot));
    link.onFault((message) => this.say({ id: 'fault', text: `Something in Stowage itself went wrong, not in what you typed: ${message.split('\n')[0]}` }));
  }

  override render() {
    const shown = (...views: View[]) => views.includes(this.view) ? 'true' : nothing;
    const { link, snapshot } = this;
    return html`
      <app-header role="banner" .lesson=${this.lesson?.title}></app-header>
      <div role="status">${this.notices.map((notice) => html`<div class="notice"><p>${notice.text}</p>${notice.actions?.map(({ label, run }) => html`<button @click=${run}>${label}</button>`)}<button @click=${() => this.unsay(notice.id)}>Dismiss</button></div>`)}</div>
      <main data-only=${this.only ? this.view : nothing}>
        <section class="lesson" data-shown=${shown('lesson')} aria-label="Lesson"><lesson-pane .link=${link} .lesson=${this.lesson} .practise=${this.practise} .next=${this.lessonAfter?.(this.current)} @run-command=${this.#run}></lesson-pane></section>
        <section class="terminal" data-shown=${shown('terminal')} aria-label="Terminal" @terminal-keys=${this.#keys} @terminal-size=${this.#size} @terminal-drawn=${this.#drawn} @terminal-shown=${this.#shown}>
          <terminal-tabs></terminal-tabs>
          <div class="panes"><terminal-pane></terminal-pane></div>
          ${this.started ? nothing : html`<p class="starting" role="status">Starting the host…</p>`}
          <div class="line"><mount-lens .link=${link}></mount-lens><span class="keys"><kbd>F6</kbd> leaves the terminal</span></div>
          <key-bar></key-bar>
        </section>
        <pane-splitter measure="lesson"></pane-splitter>
        <pane-splitter measure="picture"></pane-splitter>
        <time-line .link=${link} .snapshot=${snapshot} data-shown=${shown('terminal', 'picture')}></time-line>
        <section class="picture" data-shown=${shown('picture')} aria-label="Picture of the host">
          <storage-picture .snapshot=${snapshot}></storage-picture>
          <path-panel .link=${link} .snapshot=${snapshot}></path-panel>
        </section>
      </main>
      <lesson-list current=${this.current}></lesson-list>
      <nav aria-label="Parts of the page">${VIEWS.map(({ view, label }) => html`<button aria-pressed=${this.view === view} @click=${() => this.show(view)}>${label}</button>`)}</nav>
    `;
  }

  override firstUpdated(): void {
    this.link.listen();
    void this.#turn.then(() => {
      customElements.define('app-header', AppHeader);
      customElements.define('lesson-pane', LessonPane);
    });
    progressStore.enter(this.current, this.practise);
    this.load();
  }

  /** The terminal in front. */
  get pane(): TerminalPane {
    return this.panes.get(this.terminal) ?? this.renderRoot.querySelector('terminal-pane')!;
  }

  /** This pane shows that terminal from now on, and is in front. */
  adopt(terminal: number, pane: TerminalPane): void {
    pane.terminal = this.terminal = terminal;
    pane.hidden = false;
    this.panes.set(terminal, pane);
    this.link.send({ kind: 'resize', terminal, ...pane.size });
    if (this.#ahead) this.link.send({ kind: 'keys', terminal, text: this.#ahead });
    this.#ahead = '';
  }

  /** Until there is another terminal, or another host: nothing shows what is no more, and what is typed waits. */
  leaveTerminals(): void {
    for (const pane of this.panes.values()) {
      pane.terminal = 0;
      pane.clear();
    }
    this.panes.clear();
    this.terminals = [];
    this.terminal = 0;
  }

  say(notice: Notice): void {
    this.notices = [...this.notices.filter(({ id }) => id !== notice.id), notice];
  }

  unsay(id: string): void {
    this.notices = this.notices.filter((notice) => notice.id !== id);
  }

  show(view: View): void {
    this.view = view;
    if (view === 'terminal') void this.updateComplete.then(() => this.pane.focus());
  }

  /** The current lesson's text, and then its judging. */
  load(): void {
    const { current } = this;
    this.#loading = this.#fetchLesson(current).then(async (lesson) => {
      await this.#turn;
      if (this.current !== current) return undefined;
      this.lesson = lesson;
      this.link.send({ kind: 'lesson', lesson, progress: progressStore.lesson(lesson.id) });
      return lesson;
    }, (error: unknown) => {
      this.say({ id: 'lesson', text: `The lesson could not be loaded: ${String(error)}` });
      return undefined;
    });
  }

  async #fetchLesson(id: string): Promise<Lesson> {
    return id.startsWith('own/') ? (await import('./own-lessons.ts')).begin(this) : (await lessons[id]!()).default;
  }

  readonly #keys = (event: CustomEvent<{ text: string }>): void => {
    const { terminal } = event.target as TerminalPane;
    if (terminal) this.link.send({ kind: 'keys', terminal, text: event.detail.text });
    else this.#ahead += event.detail.text;
  };

  readonly #size = (event: CustomEvent<{ columns: number; rows: number }>): void => {
    const { terminal } = event.target as TerminalPane;
    if (terminal) this.link.send({ kind: 'resize', terminal, ...event.detail });
  };

  readonly #drawn = (event: CustomEvent<{ bytes: number }>): void => this.link.send({ kind: 'drawn', bytes: event.detail.bytes });

  /** What nobody needs before the prompt is loaded behind it. */
  readonly #shown = async (): Promise<void> => {
    this.#prompted();
    if (document.activeElement === document.body && matchMedia('(min-width: 801px)').matches) this.pane.focus();
    const { current } = this;
    const behind = import('./behind-prompt.ts');
    const lesson = await this.#loading;
    // Another lesson has been opened meanwhile: its own prompt will come.
    if (this.current === current) this.link.send({ kind: 'shown', setup: lesson?.setup ?? '' });
    (await behind).furnish(this);
  };

  /** A command from the lesson goes to the prompt; Enter is the person's. */
  readonly #run = (event: CustomEvent<{ command: string; enter: boolean }>): void => {
    this.show('terminal');
    this.pane.paste(event.detail.command);
    if (event.detail.enter) this.pane.press('\r');
  };
}

customElements.define('stowage-app', StowageApp);
