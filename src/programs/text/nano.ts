// nano: an editor whose commands stand at the bottom.

import type { Task } from '../../base/task.ts';
import { EditBuffer } from '../lib/edit-buffer.ts';
import type { Io } from '../lib/messages.ts';
import { reason } from '../lib/messages.ts';
import { Screen, visible } from '../lib/screen.ts';
import { toText } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

const HELP = [['^G', 'Help'], ['^O', 'Write Out'], ['^W', 'Where Is'], ['^K', 'Cut'], ['^C', 'Location'], ['^X', 'Exit'], ['^R', 'Read File'], ['^\\', 'Replace'], ['^U', 'Paste'], ['^_', 'Go To Line']] as const;
const bar = (key: string, text: string, width: number): string => `\u001b[7m${key}\u001b[m ${text}`.padEnd(width + 7);

export const nano: Tool = {
  gnu: 'l w v B E i m S T: r: x $',
  *run(io, options) {
    const screen = Screen.open(io.sys);
    if (!screen || !io.sys.isatty(0)) {
      io.err(screen ? 'Standard input is not a terminal\n' : 'Standard output is not a terminal\n');
      return 1;
    }
    const editor = new Nano(io, screen, options.has('v'));
    const line = options.operands.find((word) => /^\+\d+/.test(word));
    const name = options.operands.find((word) => !word.startsWith('+'));
    if (name !== undefined) editor.open(name);
    if (line) editor.buffer.row = Number(/\d+/.exec(line)![0]) - 1;
    yield* screen.enter();
    yield* editor.run();
    yield* screen.leave();
    return 0;
  },
};

class Nano {
  readonly buffer = new EditBuffer();
  readonly #io: Io;
  readonly #screen: Screen;
  readonly #view: boolean;
  #top = 0;
  #message = '';
  #cut: string[] = [];
  #cutting = false;
  #wanted = '';
  #typing = false;

  constructor(io: Io, screen: Screen, view: boolean) {
    this.#io = io;
    this.#screen = screen;
    this.#view = view;
  }

  open(name: string): void {
    try {
      const { sys } = this.#io;
      if (sys.can(name, '') && (sys.stat(name).mode & 0o170000) === 0o040000) {
        this.#message = `"${name}" is a directory`;
        return;
      }
      this.buffer.load(sys, name);
      const { lines, isNew } = this.buffer;
      const count = lines.length === 1 && lines[0] === '' ? 0 : lines.length;
      // Behind the last line there is always an empty one.
      if (lines.at(-1) !== '') lines.push('');
      this.#message = isNew ? 'New File' : `Read ${count} line${count === 1 ? '' : 's'}${sys.can(name, 'w') ? '' : ' (Warning: No write permission)'}`;
    } catch (error) {
      this.buffer.name = name;
      this.#message = `Error reading ${name}: ${reason(error)}`;
    }
  }

  *run(): Task<void> {
    const { buffer } = this;
    for (;;) {
      buffer.clamp(1);
      yield* this.#draw();
      const key = yield* this.#screen.key();
      if (key === undefined) return;
      const page = this.#screen.rows - 5;
      const cutting = key === 'ctrl-k';
      if (!cutting) this.#cutting = false;
      const typing = [...key].length === 1 || key === 'enter' || key === 'tab' || key === 'backspace' || key === 'delete' || key === 'ctrl-h' || key === 'ctrl-d';
      if (this.#view && (typing || cutting || key === 'ctrl-u')) {
        this.#message = 'Key is invalid in view mode';
        continue;
      }
      if (typing && !this.#typing) buffer.mark();
      this.#typing = typing;
      switch (key) {
        case 'ctrl-x': if (yield* this.#exit()) return; break;
        case 'ctrl-o': yield* this.#write(); break;
        case 'ctrl-s': yield* this.#store(buffer.name); break;
        case 'ctrl-k':
          buffer.mark();
          if (!this.#cutting) this.#cut = [];
          this.#cutting = true;
          this.#cut.push(buffer.lines.splice(buffer.row, 1)[0]!);
          if (!buffer.lines.length) buffer.lines.push('');
          buffer.column = 0;
          break;
        case 'ctrl-u':
          buffer.mark();
          buffer.lines.splice(buffer.row, 0, ...this.#cut);
          buffer.row += this.#cut.length;
          buffer.column = 0;
          break;
        case 'ctrl-w': yield* this.#find(); break;
        case 'ctrl-\\': yield* this.#replace(); break;
        case 'ctrl-r': yield* this.#insertFile(); break;
        case 'ctrl-_': case 'ctrl-/': {
          const text = yield* this.#ask('Enter line number, column number: ');
          if (text) buffer.row = Number(text.split(',')[0]) - 1;
          break;
        }
        case 'ctrl-c': {
          const percent = (part: number, whole: number): string => `${Math.floor(part / Math.max(1, whole) * 100)}%`;
          const total = buffer.lines.reduce((sum, line) => sum + line.length + 1, 0) - 1;
          const before = buffer.lines.slice(0, buffer.row).reduce((sum, line) => sum + line.length + 1, 0) + buffer.column;
          this.#message = `line ${buffer.row + 1}/${buffer.lines.length} (${percent(buffer.row + 1, buffer.lines.length)}), col ${buffer.column + 1}/${buffer.line.length + 1} (${percent(buffer.column + 1, buffer.line.length + 1)}), char ${before}/${total} (${percent(before, total)})`;
          break;
        }
        case 'ctrl-g': this.#message = 'not simulated: the help text; the keys stand below'; break;
        case 'up': case 'ctrl-p': buffer.row--; break;
        case 'down': case 'ctrl-n': buffer.row++; break;
        case 'left': case 'ctrl-b':
          if (buffer.column > 0) buffer.column--;
          else if (buffer.row > 0) {
            buffer.row--;
            buffer.column = Infinity;
          }
          break;
        case 'right': case 'ctrl-f':
          if (buffer.column < buffer.line.length) buffer.column++;
          else if (buffer.row + 1 < buffer.lines.length) {
            buffer.row++;
            buffer.column = 0;
          }
          break;
        case 'home': case 'ctrl-a': buffer.column = 0; break;
        case 'end': case 'ctrl-e': buffer.column = buffer.line.length; break;
        case 'pageup': case 'ctrl-y': buffer.row -= page; break;
        case 'pagedown': case 'ctrl-v': buffer.row += page; break;
        case 'backspace': case 'ctrl-h': buffer.backspace(); break;
        case 'delete': case 'ctrl-d': buffer.delete(); break;
        case 'enter': buffer.insert('\n'); break;
        case 'tab': buffer.insert('\t'); break;
        case 'escape': {
          const next = yield* this.#screen.key();
          if (next === 'u') this.#message = buffer.undo() ? 'Undid action' : 'Nothing to undo';
          else if (next === 'e') this.#message = buffer.redo() ? 'Redid action' : 'Nothing to redo';
          break;
        }
        default: if ([...key].length === 1) buffer.insert(key);
      }
    }
  }

  *#draw(prompt?: string, cursor?: number): Task<void> {
    const { buffer } = this;
    const { rows, columns } = this.#screen;
    const height = rows - 4;
    if (buffer.row < this.#top || buffer.row >= this.#top + height) this.#top = Math.max(0, buffer.row - Math.floor(height / 2));
    const name = buffer.name ?? 'New Buffer';
    const left = '  GNU nano 8.7';
    const state = this.#view ? 'View' : buffer.changed ? 'Modified' : '';
    const middle = Math.max(left.length + 2, Math.floor((columns - name.length) / 2));
    const title = `\u001b[7m${`${left.padEnd(middle)}${name}`.padEnd(columns - state.length - 1)}${state} \u001b[m`;
    const column = visible(buffer.line.slice(0, buffer.column)).length;
    const shift = column >= columns - 1 ? column - columns + 9 : 0;
    const lines = Array.from({ length: height }, (_, i) => {
      const line = visible(buffer.lines[this.#top + i] ?? '');
      const own = this.#top + i === buffer.row ? shift : 0;
      return own ? `<${line.slice(own + 1, own + columns)}` : line.length > columns ? `${line.slice(0, columns - 1)}>` : line;
    });
    const status = prompt === undefined ? (this.#message ? ' '.repeat(Math.max(0, Math.floor((columns - this.#message.length - 4) / 2))) + `\u001b[7m[ ${this.#message} ]\u001b[m` : '') : `\u001b[7m${prompt.padEnd(columns)}\u001b[m`;
    const width = Math.floor(columns / 6);
    const help = [HELP.slice(0, 6), HELP.slice(6)].map((row) => row.map(([key, text]) => bar(key, text, width)).join('').trimEnd());
    yield* this.#screen.draw([title, ...lines, status, ...help], prompt === undefined ? buffer.row - this.#top + 1 : height + 1, prompt === undefined ? column - shift : cursor ?? prompt.length);
    this.#message = '';
  }

  /** A line typed into the status bar; undefined when it was cancelled. */
  *#ask(prompt: string, start = ''): Task<string | undefined> {
    let text = start;
    for (;;) {
      yield* this.#draw(prompt + text);
      const key = yield* this.#screen.key();
      if (key === undefined || key === 'ctrl-c' || key === 'escape') {
        this.#message = 'Cancelled';
        return undefined;
      }
      if (key === 'enter') return text;
      if (key === 'backspace') text = text.slice(0, -1);
      else if ([...key].length === 1) text += key;
    }
  }

  *#store(name: string | undefined): Task<boolean> {
    if (!name) return yield* this.#write();
    const { lines } = this.buffer;
    const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
    try {
      this.buffer.save(this.#io.sys, name, 0, count);
    } catch (error) {
      this.#message = `Error writing ${name}: ${reason(error)}`;
      return false;
    }
    this.buffer.name = name;
    this.buffer.changed = false;
    this.#message = `Wrote ${count} line${count === 1 ? '' : 's'}`;
    return true;
  }

  *#write(): Task<boolean> {
    const name = yield* this.#ask('File Name to Write: ', this.buffer.name ?? '');
    if (!name) return false;
    return yield* this.#store(name);
  }

  *#exit(): Task<boolean> {
    if (!this.buffer.changed) return true;
    for (;;) {
      yield* this.#draw('Save modified buffer? ');
      const key = yield* this.#screen.key();
      if (key === undefined || key === 'n' || key === 'N') return true;
      if (key === 'ctrl-c' || key === 'escape') {
        this.#message = 'Cancelled';
        return false;
      }
      if (key === 'y' || key === 'Y') return yield* this.#write();
    }
  }

  *#find(): Task<void> {
    const text = yield* this.#ask(`Search${this.#wanted ? ` [${this.#wanted}]` : ''}: `);
    if (text === undefined) return;
    this.#wanted = text || this.#wanted;
    if (!this.#wanted) return;
    const wanted = this.#wanted.toLowerCase();
    if (!this.buffer.find((line, from) => line.toLowerCase().indexOf(wanted, from))) this.#message = `"${this.#wanted}" not found`;
  }

  *#replace(): Task<void> {
    const text = yield* this.#ask('Search (to replace): ');
    if (!text) return;
    const other = yield* this.#ask('Replace with: ');
    if (other === undefined) return;
    let count = 0;
    this.buffer.mark();
    this.buffer.lines = this.buffer.lines.map((line) => {
      const parts = line.split(text);
      count += parts.length - 1;
      return parts.join(other);
    });
    this.#message = `Replaced ${count} occurrence${count === 1 ? '' : 's'}`;
  }

  *#insertFile(): Task<void> {
    const name = yield* this.#ask('File to insert [from ./]: ');
    if (!name) return;
    try {
      const text = toText(this.#io.sys.readFile(name));
      this.buffer.mark();
      this.buffer.insert(text);
      this.#message = `Read ${text.split('\n').length - 1} lines`;
    } catch (error) {
      this.#message = `Error reading ${name}: ${reason(error)}`;
    }
  }
}
