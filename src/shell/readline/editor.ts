// Line editing as bash does it (emacs keys): one line from a terminal, with history, search and completion.

import { KernelError } from '../../kernel/errno.ts';
import type { EditedLine, Syscalls, Termios } from '../../kernel/syscalls.ts';
import type { Task } from '../../base/task.ts';
import { complete } from './complete.ts';
import type { CompletionSource } from './completion-source.ts';
import { HistoryCursor } from './history.ts';
import { KeyReader } from './keys.ts';
import { LineBuffer } from './line-buffer.ts';
import { bindings, type Command } from './bindings.ts';
import { listCandidates } from './list-candidates.ts';
import { ScreenLine } from './screen-line.ts';
import { searchHistory } from './search.ts';

export type LineResult = { readonly line: string } | 'eof' | 'interrupted';

const RAW: Termios = { canonical: false, echo: false, signals: false, outputNewline: true, inputNewline: false };

export interface EditorOptions {
  readonly sys: Syscalls;
  readonly fd: number;
  /** Oldest first; the shell adds to it. */
  readonly history: readonly string[];
  readonly completion?: CompletionSource;
  /** Ask the terminal to mark what is pasted, so that a newline in it does not run anything. */
  readonly bracketedPaste?: boolean;
  /** Called when a signal came while waiting for a key: run its trap. */
  readonly onSignal?: () => Task<void>;
}

export class Editor implements EditedLine {
  readonly buffer = new LineBuffer();
  readonly screen: ScreenLine;
  readonly keys: KeyReader;
  readonly options: EditorOptions;
  prompt = '';
  history: HistoryCursor;
  /** What the key before did: a second Tab lists, repeated Alt-. walks back. */
  lastCommand = '';
  lastArgument = 0;

  constructor(options: EditorOptions) {
    this.options = options;
    this.screen = new ScreenLine(options.sys, options.fd);
    this.keys = new KeyReader(options.sys, options.fd);
    this.history = new HistoryCursor(options.history);
  }

  /**
   * Read one line. `prompt` may hold escape sequences between \x01 and \x02. The terminal is raw only meanwhile.
   * 'eof' on Ctrl-D at an empty line or hang-up; 'interrupted' on Ctrl-C.
   */
  *readLine(prompt: string): Task<LineResult> {
    const { sys, fd, history } = this.options;
    const before = sys.tcgetattr(fd);
    sys.tcsetattr(fd, { ...RAW, line: this });
    try {
      this.history = new HistoryCursor(history);
      this.buffer.set('');
      this.screen.begin();
      // Only the last line of a prompt is drawn again and again.
      const breakAt = prompt.lastIndexOf('\n') + 1;
      // oxlint-disable-next-line no-control-regex
      yield* this.screen.write(`${this.options.bracketedPaste ? '\x1b[?2004h' : ''}${prompt.slice(0, breakAt).replace(/[\x01\x02]/g, '').replaceAll('\n', '\r\n')}`);
      this.prompt = prompt.slice(breakAt);
      for (;;) {
        yield* this.redraw();
        const result = yield* this.#key();
        if (result) return result;
      }
    } finally {
      sys.tcsetattr(fd, before);
    }
  }

  get text(): string {
    return this.buffer.text;
  }

  get cursor(): number {
    return this.buffer.cursor;
  }

  get directory(): string {
    return this.options.sys.getcwd();
  }

  variable(name: string): string | undefined {
    return this.options.completion?.variable(name);
  }

  *redraw(): Task<void> {
    yield* this.screen.draw(this.prompt, this.buffer.text, this.buffer.cursor);
  }

  *#key(): Task<LineResult | undefined> {
    let key;
    try {
      key = yield* this.keys.next();
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      if (error.errno !== 'EINTR') return yield* this.#leave('eof');
      if (this.options.onSignal) yield* this.options.onSignal();
      return undefined;
    }
    switch (key.name) {
      case 'eof':
        return yield* this.#leave('eof');
      case 'enter':
        return yield* this.#leave({ line: this.buffer.text });
      case 'ctrl-c':
        return yield* this.#interrupt();
      case 'ctrl-d':
        if (!this.buffer.characters.length) {
          yield* this.screen.write(this.options.bracketedPaste ? '\x1b[?2004l\r\n' : '');
          return 'eof';
        }
        this.buffer.delete(this.buffer.cursor, this.buffer.cursor + 1);
        break;
      case 'tab':
        yield* this.#tab();
        break;
      case 'ctrl-r':
      case 'ctrl-s': {
        const found = yield* searchHistory(this, key.name === 'ctrl-r' ? -1 : 1);
        if (found === 'interrupted') return yield* this.#interrupt();
        if (found === 'accept') return yield* this.#leave({ line: this.buffer.text });
        break;
      }
      case 'ctrl-l':
        yield* this.screen.write('\x1b[H\x1b[2J');
        this.screen.begin();
        break;
      case 'text':
      case 'paste':
        this.buffer.insert(key.text);
        break;
      default: {
        const command: Command | undefined = bindings[key.name];
        if (command) command(this);
        else yield* this.screen.write('\x07');
      }
    }
    this.lastCommand = key.name;
    return undefined;
  }

  *#leave<R extends LineResult>(result: R): Task<R> {
    yield* this.screen.finish(this.prompt, this.buffer.text, this.options.bracketedPaste ? '\x1b[?2004l' : '');
    return result;
  }

  /** The newline is the shell's to print. */
  *#interrupt(): Task<'interrupted'> {
    yield* this.screen.draw(this.prompt, this.buffer.text, this.buffer.characters.length);
    yield* this.screen.write(`^C${this.options.bracketedPaste ? '\x1b[?2004l\r' : ''}`);
    return 'interrupted';
  }

  *#tab(): Task<void> {
    const { completion, sys, fd } = this.options;
    if (!completion) return this.buffer.insert('\t');
    const { start, candidates, labels, suffix } = yield* complete(completion, this.buffer.text, this.buffer.cursor);
    if (candidates.length === 0) return yield* this.screen.write('\x07');
    const replace = (text: string): void => {
      this.buffer.delete(start, this.buffer.cursor);
      this.buffer.cursor = start;
      this.buffer.insert(text);
    };
    if (candidates.length === 1) return replace(candidates[0]! + suffix(candidates[0]!));
    const common = candidates.reduce((a, b) => commonPrefix(a, b));
    if (common.length > this.buffer.characters.slice(start, this.buffer.cursor).join('').length) return replace(common);
    if (this.lastCommand !== 'tab') return yield* this.screen.write('\x07');
    yield* this.screen.finish(this.prompt, this.buffer.text);
    yield* listCandidates(this, labels, sys.windowSize(fd));
    this.screen.begin();
  }
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
