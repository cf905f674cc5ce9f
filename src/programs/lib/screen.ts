// A terminal as pagers and editors use it: keys one by one, and a screen that is drawn whole.

import { encode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { O_RDONLY, type Syscalls, type Termios } from '../../kernel/syscalls.ts';
import { toText } from './text.ts';

const NAMES: Readonly<Record<string, string>> = {
  '[A': 'up', '[B': 'down', '[C': 'right', '[D': 'left', OA: 'up', OB: 'down', OC: 'right', OD: 'left', '[H': 'home', '[F': 'end', '[1~': 'home', '[4~': 'end', '[7~': 'home', '[8~': 'end', OH: 'home', OF: 'end',
  '[3~': 'delete', '[5~': 'pageup', '[6~': 'pagedown', '[1;5C': 'wordright', '[1;5D': 'wordleft',
};

export class Screen {
  readonly #sys: Syscalls;
  readonly #fd: number;
  readonly #saved: Termios;
  #keys: string[] = [];

  /** @param alternate leave what the terminal shows as it is, until `close` */
  private constructor(sys: Syscalls, fd: number) {
    this.#sys = sys;
    this.#fd = fd;
    this.#saved = sys.tcgetattr(fd);
  }

  /** undefined without a terminal. Keys come from it even when standard input is something else. */
  static open(sys: Syscalls): Screen | undefined {
    if (!sys.isatty(1)) return undefined;
    let fd = 0;
    if (!sys.isatty(0)) {
      try {
        fd = sys.open('/dev/tty', O_RDONLY);
      } catch {
        return undefined;
      }
    }
    return new Screen(sys, fd);
  }

  get columns(): number {
    return this.#sys.windowSize(1).columns || 80;
  }

  get rows(): number {
    return this.#sys.windowSize(1).rows || 24;
  }

  *enter(alternate = true): Task<void> {
    this.#sys.tcsetattr(this.#fd, { ...this.#saved, canonical: false, echo: false, signals: false, inputNewline: false });
    if (alternate) yield* this.write('\u001b[?1049h');
  }

  *leave(alternate = true): Task<void> {
    this.#sys.tcsetattr(this.#fd, this.#saved);
    if (alternate) yield* this.write('\u001b[?1049l');
  }

  *write(text: string): Task<void> {
    yield* this.#sys.write(1, encode(text));
  }

  /** Lines from the top, and where the cursor goes, from 0. */
  *draw(lines: readonly string[], row: number, column: number): Task<void> {
    yield* this.write(`\u001b[?25l\u001b[H${lines.map((line) => `${line}\u001b[m\u001b[K`).join('\r\n')}\u001b[J\u001b[${row + 1};${column + 1}H\u001b[?25h`);
  }

  /** A character, `ctrl-x`, `enter`, `escape`, `backspace`, `up` …; undefined at the end of input. */
  *key(): Task<string | undefined> {
    while (!this.#keys.length) {
      let bytes;
      try {
        bytes = yield* this.#sys.read(this.#fd, 256);
      } catch (error) {
        if (error instanceof KernelError && error.errno === 'EINTR') continue;
        throw error;
      }
      if (!bytes.length) return undefined;
      this.#keys = split(toText(bytes));
    }
    return this.#keys.shift();
  }
}

function split(text: string): string[] {
  const keys: string[] = [];
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const sequence = /^\u001b(\[[\d;]*[A-Za-z~]|O[A-Z])/.exec(rest);
    if (sequence) {
      const name = NAMES[sequence[1]!];
      if (name) keys.push(name);
      at += sequence[0].length;
      continue;
    }
    const character = String.fromCodePoint(rest.codePointAt(0)!);
    const code = character.charCodeAt(0);
    keys.push(code === 27 ? 'escape' : code === 13 || code === 10 ? 'enter' : code === 127 || code === 8 ? 'backspace' : code === 9 ? 'tab' : code < 27 ? `ctrl-${String.fromCharCode(code + 96)}` : code < 32 ? `ctrl-${String.fromCharCode(code + 64)}` : character);
    at += character.length;
  }
  return keys;
}

/** How a line looks: tabs as spaces, control characters as `^X`. */
export function visible(line: string): string {
  let text = '';
  for (const character of line) {
    if (character === '\t') text += ' '.repeat(8 - text.length % 8);
    else if (character < ' ' && character !== '\u001b') text += `^${String.fromCharCode(character.charCodeAt(0) + 64)}`;
    else text += character;
  }
  return text;
}
