// A line typed at psql's prompt: edited in a raw terminal, with a history of this session.

import { decode, encode } from '../../../base/bytes.ts';
import type { Task } from '../../../base/task.ts';
import type { Syscalls } from '../../../kernel/syscalls.ts';
import type { Reader } from './script.ts';
import { widthOf } from './table.ts';

// oxlint-disable-next-line no-control-regex
const KEY = /^(\x1b\[[0-9;]*[A-Za-z~]|\x1bO[A-Z]|\x1b[bf\x7f]|[\s\S])/u;
const NAMES: Readonly<Record<string, string>> = {
  '\x1b[D': 'left', '\x02': 'left', '\x1b[C': 'right', '\x06': 'right', '\x1b[A': 'up', '\x10': 'up', '\x1b[B': 'down', '\x0e': 'down', '\x1b[H': 'home', '\x01': 'home', '\x1bOH': 'home', '\x1b[F': 'end', '\x05': 'end', '\x1bOF': 'end',
  '\x7f': 'erase', '\b': 'erase', '\x1b[3~': 'delete', '\x15': 'kill-before', '\x0b': 'kill-after', '\x17': 'kill-word', '\x0c': 'clear', '\r': 'enter', '\n': 'enter', '\x03': 'interrupt', '\x04': 'end-of-file', '\x1bOA': 'up', '\x1bOB': 'down', '\x1bOC': 'right', '\x1bOD': 'left',
};

export class LineEditor implements Reader {
  readonly #sys: Syscalls;
  readonly #history: string[] = [];
  #ahead = '';
  interrupted = false;

  constructor(sys: Syscalls) {
    this.#sys = sys;
  }

  *line(prompt: string): Task<string | undefined> {
    const sys = this.#sys;
    const saved = sys.tcgetattr(0);
    sys.tcsetattr(0, { ...saved, canonical: false, echo: false, signals: false, inputNewline: false });
    try {
      return yield* this.#edit(prompt);
    } finally {
      // A terminal that was hung up has nothing to be set back.
      if (sys.isatty(0)) sys.tcsetattr(0, saved);
    }
  }

  *#edit(prompt: string): Task<string | undefined> {
    let text: string[] = [], at = 0, back = this.#history.length, row = 0;
    const write = (output: string): Task<number> => this.#sys.write(1, encode(output));
    const draw = function* (sys: Syscalls): Task<void> {
      const { columns } = sys.windowSize(1);
      const wide = columns || 80;
      const total = widthOf(prompt + text.join('')), cursor = widthOf(prompt + text.slice(0, at).join(''));
      let output = `${row ? `\x1b[${row}A` : ''}\r\x1b[J${prompt}${text.join('')}`;
      if (total && total % wide === 0) output += '\r\n';
      const lines = Math.floor(total / wide), line = Math.floor(cursor / wide);
      if (lines > line) output += `\x1b[${lines - line}A`;
      output += `\r${cursor % wide ? `\x1b[${cursor % wide}C` : ''}`;
      row = line;
      yield* write(output);
    };
    yield* write(prompt);
    for (;;) {
      if (!this.#ahead) {
        const bytes = yield* this.#sys.read(0, 4096);
        if (!bytes.length) return undefined;
        this.#ahead = decode(bytes);
      }
      const key = KEY.exec(this.#ahead)![0];
      this.#ahead = this.#ahead.slice(key.length);
      switch (NAMES[key]) {
        case 'enter': {
          at = text.length;
          yield* draw(this.#sys);
          yield* write('\r\n');
          const line = text.join('');
          if (line.trim() && line !== this.#history.at(-1)) this.#history.push(line);
          return line;
        }
        case 'interrupt':
          this.interrupted = true;
          yield* write('^C\r\n');
          return '';
        case 'end-of-file':
          if (!text.length) {
            yield* write('\\q\r\n');
            return undefined;
          }
          text.splice(at, 1);
          break;
        case 'left':
          at = Math.max(0, at - 1);
          break;
        case 'right':
          at = Math.min(text.length, at + 1);
          break;
        case 'home':
          at = 0;
          break;
        case 'end':
          at = text.length;
          break;
        case 'erase':
          if (at) text.splice(--at, 1);
          break;
        case 'delete':
          text.splice(at, 1);
          break;
        case 'kill-before':
          text.splice(0, at);
          at = 0;
          break;
        case 'kill-after':
          text.splice(at);
          break;
        case 'kill-word': {
          const before = text.slice(0, at).join('').replace(/\S*\s*$/, '');
          text.splice([...before].length, at - [...before].length);
          at = [...before].length;
          break;
        }
        case 'up': case 'down': {
          back = Math.min(this.#history.length, Math.max(0, back + (NAMES[key] === 'up' ? -1 : 1)));
          text = [...(this.#history[back] ?? '')];
          at = text.length;
          break;
        }
        case 'clear':
          row = 0;
          yield* write('\x1b[H\x1b[2J');
          break;
        default:
          if (key === '\t' || key < ' ' || key.startsWith('\x1b')) continue;
          text.splice(at++, 0, key);
          if (at === text.length && widthOf(prompt + text.join('')) < (this.#sys.windowSize(1).columns || 80)) {
            yield* write(key);
            continue;
          }
      }
      yield* draw(this.#sys);
    }
  }
}
