// A terminal on the host: xterm drawing what the worker sends, and sending what is typed.

import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import xtermStyles from '@xterm/xterm/css/xterm.css?inline';
import { LitElement, css, html, unsafeCSS } from 'lit';
import { terminalTheme } from './terminal-theme.ts';

/** Fires `terminal-keys` ({ text }), `terminal-size` ({ columns, rows }), `terminal-drawn` ({ bytes }), and once `terminal-shown`, when the first output is on the screen. */
export class TerminalPane extends LitElement {
  static override styles = [unsafeCSS(xtermStyles), css`
    :host { display: block; position: relative; min-height: 0; background: var(--terminal-paper); }
    .screen { position: absolute; inset: 8px 4px 4px 12px; }
    .xterm { height: 100%; }
    .xterm .xterm-viewport { background: transparent !important; }
  `];

  /** The terminal of the host that it shows; 0 for none yet. */
  terminal = 0;
  readonly #terminal = new Terminal({
    fontSize: 14, lineHeight: 1.25, cursorBlink: false, scrollback: 5_000, allowProposedApi: false, macOptionIsMeta: true,
    // A short list: each family that is missing costs the first prompt a search.
    fontFamily: 'Menlo, Consolas, monospace',
  });
  readonly #fit = new FitAddon();
  readonly #resized = new ResizeObserver(() => this.#refit());
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');
  #stopTheme: MutationObserver | undefined;
  #shown = false;

  override render() {
    return html`<div class="screen"></div>`;
  }

  override firstUpdated(): void {
    const terminal = this.#terminal;
    terminal.loadAddon(this.#fit);
    this.#applyTheme();
    terminal.open(this.renderRoot.querySelector<HTMLElement>('.screen')!);
    terminal.textarea?.setAttribute('aria-label', 'Terminal on docker-host. Press F6 to leave it.');
    terminal.onData((text) => this.#tell('terminal-keys', { text }));
    terminal.onResize(({ cols, rows }) => this.#tell('terminal-size', { columns: cols, rows }));
    terminal.attachCustomKeyEventHandler((event) => this.#passes(event));
    this.#scheme.addEventListener('change', this.#applyTheme);
    this.#stopTheme = new MutationObserver(this.#applyTheme);
    this.#stopTheme.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-contrast', 'data-size', 'data-spoken'] });
    this.#refit();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.#stopTheme?.disconnect();
    this.#scheme.removeEventListener('change', this.#applyTheme);
  }

  get size(): { columns: number; rows: number } {
    return { columns: this.#terminal.cols, rows: this.#terminal.rows };
  }

  write(bytes: Uint8Array): void {
    this.#terminal.write(bytes, () => {
      this.#tell('terminal-drawn', { bytes: bytes.length });
      if (this.#shown) return;
      this.#shown = true;
      // Two frames: the first draws it, the second comes when it has been drawn.
      requestAnimationFrame(() => requestAnimationFrame(() => {
        this.#applyTheme();
        this.#tell('terminal-shown', undefined);
      }));
    });
  }

  clear(): void {
    this.#shown = false;
    // As output, so that what still waits to be drawn is wiped too.
    this.#terminal.write('\x1bc');
  }

  /** Put text at the prompt as if pasted. */
  paste(text: string): void {
    this.#terminal.paste(text);
    this.focus();
  }

  /** As if this had been typed; arrows by their names. */
  press(key: string): void {
    const arrow = { ArrowUp: 'A', ArrowDown: 'B', ArrowRight: 'C', ArrowLeft: 'D' }[key];
    this.#terminal.input(arrow ? `\x1b${this.#terminal.modes.applicationCursorKeysMode ? 'O' : '['}${arrow}` : key);
  }

  override focus(): void {
    this.#terminal.focus();
  }

  /** The line where the cursor is. */
  get lineText(): string {
    const { active } = this.#terminal.buffer;
    return active.getLine(active.baseY + active.cursorY)?.translateToString(true) ?? '';
  }

  /** Once all that was written so far is on the screen. */
  drawn(): Promise<void> {
    return new Promise((resolve) => this.#terminal.write('', resolve));
  }

  /** What is on the screen, for tests and for people who look at the console. */
  get screenText(): string {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '').join('\n').trimEnd();
  }

  /** Copy with Ctrl-C when something is selected, Ctrl-Shift-C always; F1, F6 and Ctrl-Shift-P are the page's. */
  #passes(event: KeyboardEvent): boolean {
    if (event.key === 'F6' || event.key === 'F1' || (event.shiftKey && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'p')) return false;
    const control = event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.type === 'keydown' && control && event.key.toLowerCase() === 'c' && this.#terminal.hasSelection()) {
      void navigator.clipboard?.writeText(this.#terminal.getSelection());
      this.#terminal.clearSelection();
      event.preventDefault();
      return false;
    }
    // Left to the browser, which pastes.
    if (control && event.key.toLowerCase() === 'v') return false;
    return !(control && event.shiftKey && event.key.toLowerCase() === 'c');
  }

  #refit(): void {
    if (this.clientWidth > 40 && this.clientHeight > 30) this.#fit.fit();
  }

  readonly #applyTheme = (): void => {
    const { options } = this.#terminal;
    const { size, spoken } = document.documentElement.dataset;
    options.theme = terminalTheme();
    options.fontSize = { large: 17, projector: 22 }[size!] ?? 14;
    // What is read out is laid out row by row: that waits for the first prompt.
    if (!this.#shown) return;
    options.screenReaderMode = spoken !== 'off';
    // speak.ts tells what is printed, once.
    this.renderRoot.querySelector('.live-region')?.setAttribute('aria-live', 'off');
    this.#refit();
  };

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

customElements.define('terminal-pane', TerminalPane);
