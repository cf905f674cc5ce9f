// less and more: text a screen at a time; without a terminal, as cat.

import type { Task } from '../../base/task.ts';
import { eachInput, LineReader, openInput } from '../lib/lines.ts';
import type { Io } from '../lib/messages.ts';
import { Regex, RegexError } from '../lib/regex.ts';
import { readLine } from '../lib/read-line.ts';
import { Screen, visible } from '../lib/screen.ts';
import type { Tool } from '../lib/tool.ts';
import { toBytes } from '../lib/text.ts';

function* copy(io: Io, names: readonly string[]): Task<void> {
  yield* eachInput(io, names, function* (fd) {
    for (let part = yield* io.sys.read(fd, 32768); part.length; part = yield* io.sys.read(fd, 32768)) {
      io.out(part);
      yield* io.relieve();
    }
  }, io.gnu ? { open: (name, text) => `${name}: ${text}` } : { open: (name, text) => `can't open '${name}': ${text}` });
}

/** Screen rows of what is read so far, and more of them on demand. */
class Rows {
  readonly rows: string[] = [];
  readonly lines: string[] = [];
  ended = false;
  readonly #readers: LineReader[];
  readonly #columns: number;
  readonly #chop: boolean;
  readonly #numbers: boolean;

  constructor(readers: LineReader[], columns: number, chop: boolean, numbers: boolean) {
    this.#readers = readers;
    this.#columns = columns;
    this.#chop = chop;
    this.#numbers = numbers;
  }

  /** At least so many rows, if there are. */
  *upTo(count: number): Task<void> {
    while (this.rows.length < count && this.#readers.length) {
      const line = yield* this.#readers[0]!.text();
      if (line === undefined) {
        this.#readers.shift();
        continue;
      }
      this.lines.push(line);
      let text = (this.#numbers ? `${String(this.lines.length).padStart(7)} ` : '') + visible(line);
      if (this.#chop) this.rows.push(text.slice(0, this.#columns));
      else {
        do {
          this.rows.push(text.slice(0, this.#columns));
          text = text.slice(this.#columns);
        } while (text);
      }
    }
    this.ended = !this.#readers.length;
  }
}

export const less: Tool = {
  gnu: 'N S R r F X i I e E n s M m Q q z: p: +', busybox: 'E F I N M m S R ~',
  *run(io, options) {
    const names = options.operands.filter((name) => !name.startsWith('+'));
    const screen = Screen.open(io.sys);
    if (!names.length && io.sys.isatty(0)) {
      if (!io.gnu) io.usage();
      io.out('Missing filename ("less --help" for help)\n');
      return 1;
    }
    if (!screen) {
      yield* copy(io, names);
      return io.status;
    }
    const readers = names.length ? names.map((name) => openInput(io, name)).filter((fd) => fd !== undefined).map((fd) => new LineReader(io, fd)) : [new LineReader(io, 0)];
    if (!readers.length) return 1;
    const pager = new Rows(readers, screen.columns, options.has('S'), options.has('N'));
    yield* pager.upTo(screen.rows);
    if (options.has('F') && pager.ended && pager.rows.length < screen.rows) {
      io.out(toBytes(`${pager.rows.join('\n')}\n`));
      return 0;
    }
    yield* screen.enter();
    yield* page(screen, pager, names[0], options.has('i') || options.has('I'), options.operands.includes('+G'));
    yield* screen.leave();
    return 0;
  },
};

function* page(screen: Screen, pager: Rows, name: string | undefined, ignoreCase: boolean, atEnd: boolean): Task<void> {
  let top = 0;
  let pattern: Regex | undefined;
  let forward = true;
  let message = name ?? '';
  let count = '';
  const height = (): number => screen.rows - 1;
  const search = function* (from: number, step: number): Task<void> {
    if (!pattern) {
      message = 'No previous regular expression';
      return;
    }
    for (let at = from; at >= 0; at += step) {
      yield* pager.upTo(at + 1);
      if (at >= pager.rows.length) break;
      if (!pattern.test(pager.rows[at]!)) continue;
      top = at;
      return;
    }
    message = 'Pattern not found';
  };
  if (atEnd) top = Infinity;
  for (;;) {
    yield* pager.upTo(top === Infinity ? Infinity : top + height());
    const last = Math.max(0, pager.rows.length - height());
    top = Math.max(0, pager.ended ? Math.min(top, last) : top);
    const rows = pager.rows.slice(top, top + height());
    while (rows.length < height()) rows.push('~');
    const end = pager.ended && top + height() >= pager.rows.length;
    const prompt = message ? `\u001b[7m${message}${end && message === name ? ' (END)' : ''}\u001b[m` : end ? '\u001b[7m(END)\u001b[m' : ':';
    yield* screen.draw([...rows.map((row) => highlight(row, pattern)), prompt], height(), message || end ? 0 : 1);
    message = '';
    const key = yield* screen.key();
    if (key === undefined) return;
    if (/^\d$/.test(key)) {
      count += key;
      continue;
    }
    const amount = Number(count || 1);
    const given = count !== '';
    count = '';
    switch (key) {
      case 'q': case 'Q': case 'ctrl-c': return;
      case ' ': case 'f': case 'pagedown': case 'ctrl-f': case 'z': top += height(); break;
      case 'b': case 'pageup': case 'ctrl-b': case 'w': top -= height(); break;
      case 'd': case 'ctrl-d': top += Math.floor(height() / 2); break;
      case 'u': case 'ctrl-u': top -= Math.floor(height() / 2); break;
      case 'j': case 'e': case 'enter': case 'down': case 'ctrl-n': top += amount; break;
      case 'k': case 'y': case 'up': case 'ctrl-p': top -= amount; break;
      case 'g': case '<': case 'home': top = given ? amount - 1 : 0; break;
      case 'G': case '>': case 'end': top = given ? amount - 1 : Infinity; break;
      case '/': case '?': {
        const text = yield* readLine(screen, key);
        if (text === undefined) break;
        forward = key === '/';
        try {
          if (text) pattern = Regex.posix(text, { extended: true, ignoreCase });
        } catch (error) {
          if (!(error instanceof RegexError)) throw error;
          message = error.message;
          break;
        }
        yield* search(forward ? top + (text ? 0 : 1) : top - 1, forward ? 1 : -1);
        break;
      }
      case 'n': yield* search(forward ? top + 1 : top - 1, forward ? 1 : -1); break;
      case 'N': yield* search(forward ? top - 1 : top + 1, forward ? -1 : 1); break;
      case 'h': case 'H': message = 'q quits, space and b page, arrows move, / searches, g and G go to the ends'; break;
      case '=': message = `${name ?? 'standard input'} lines ${top + 1}-${top + rows.length}`; break;
      case 'F': case 'v': case '!': case '&': message = `not simulated: ${key}`; break;
    }
  }
}

function highlight(row: string, pattern: Regex | undefined): string {
  const match = pattern?.exec(row);
  return match?.[0] ? `${row.slice(0, match.index)}\u001b[7m${match[0]}\u001b[27m${row.slice(match.index + match[0].length)}` : row;
}

export const more: Tool = {
  gnu: 'd l f p c s u n: #', busybox: '',
  *run(io, { operands }) {
    const screen = Screen.open(io.sys);
    if (!screen) {
      yield* copy(io, operands);
      return io.status;
    }
    if (!operands.length && io.sys.isatty(0)) {
      if (io.gnu) io.usage('bad usage');
      io.usage();
    }
    for (const name of operands.length ? operands : ['-']) {
      const fd = openInput(io, name, io.gnu ? { open: (file, text) => `cannot open ${file}: ${text}` } : { open: (file, text) => `can't open '${file}': ${text}` });
      if (fd === undefined) continue;
      const size = name === '-' ? 0 : io.sys.fstat(fd).size;
      const pager = new Rows([new LineReader(io, fd)], screen.columns, false, false);
      let shown = 0;
      let bytes = 0;
      let quota = screen.rows - 1;
      yield* screen.enter(false);
      for (;;) {
        yield* pager.upTo(shown + quota + 1);
        const rows = pager.rows.slice(shown, shown + quota);
        shown += rows.length;
        bytes = pager.lines.slice(0, shown).reduce((sum, line) => sum + toBytes(line).length + 1, 0);
        yield* screen.write(rows.map((row) => `${row}\r\n`).join(''));
        if (pager.ended && shown >= pager.rows.length) break;
        const percent = size ? io.gnu ? `(${Math.floor(bytes / size * 100)}%)` : ` (${Math.floor(bytes / size * 100)}% of ${size} bytes)` : '';
        yield* screen.write(io.gnu ? `\u001b[7m--More--${percent}\u001b[27m` : `--More--${percent}`);
        let key = yield* screen.key();
        while (key !== undefined && ![' ', 'enter', 'q', 'Q', 'ctrl-c', 'd', 'f', 'j', 'r', 'R'].includes(key)) key = yield* screen.key();
        yield* screen.write('\r\u001b[K');
        if (key === undefined || key === 'q' || key === 'Q' || key === 'ctrl-c') {
          yield* screen.leave(false);
          return 0;
        }
        quota = key === 'enter' || key === 'j' ? 1 : key === 'd' ? 11 : screen.rows - 1;
      }
      yield* screen.leave(false);
    }
    return io.status;
  },
};
