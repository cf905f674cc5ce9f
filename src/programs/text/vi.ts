// vi: a small one, with what people's fingers know.

import type { Task } from '../../base/task.ts';
import { EditBuffer } from '../lib/edit-buffer.ts';
import type { Io } from '../lib/messages.ts';
import { reason } from '../lib/messages.ts';
import { Regex, RegexError } from '../lib/regex.ts';
import { Screen, visible } from '../lib/screen.ts';
import type { Tool } from '../lib/tool.ts';
import { exCommand, type ExEditor } from '../lib/vi-ex.ts';
import { motion, type Range, type View } from '../lib/vi-motion.ts';
import { readLine } from '../lib/read-line.ts';

export const vi: Tool = {
  gnu: 'R c: n', busybox: 'R H c:',
  *run(io, options) {
    const screen = Screen.open(io.sys);
    if (!screen) io.die(io.gnu ? 'Vim: Warning: Output is not to a terminal' : "can't open '/dev/tty': No such device or address");
    const editor = new Vi(io, screen!, options.has('R'));
    const [name] = options.operands.filter((word) => !word.startsWith('+'));
    if (name !== undefined) editor.open(name);
    const line = options.operands.find((word) => /^\+\d*$/.test(word));
    if (line) editor.buffer.row = line === '+' ? Infinity : Number(line.slice(1)) - 1;
    yield* screen!.enter();
    yield* editor.run();
    yield* screen!.leave();
    return 0;
  },
};

class Vi implements View, ExEditor {
  readonly buffer = new EditBuffer();
  readonly io: Io;
  readonly #screen: Screen;
  readonly readonly: boolean;
  #mode: 'normal' | 'insert' | 'replace' = 'normal';
  message = '';
  top = 0;
  #count = '';
  register: { text: string; lines: boolean } = { text: '', lines: false };
  pattern = '';
  #forward = true;
  numbers = false;
  done = false;
  /** Keys of the last change, for `.`, and those still to be read again. */
  #recorded: string[] = [];
  #recording: string[] | undefined;
  #replay: string[] = [];

  constructor(io: Io, screen: Screen, readonly: boolean) {
    this.io = io;
    this.#screen = screen;
    this.readonly = readonly;
  }

  open(name: string): void {
    try {
      this.buffer.load(this.io.sys, name);
      const { lines, isNew } = this.buffer;
      this.message = isNew ? `- '${name}' 1/1 100% [New file]` : `- '${name}' 1/${lines.length} ${Math.floor(100 / lines.length)}%`;
    } catch (error) {
      this.buffer.name = name;
      this.message = `'${name}' ${reason(error)}`;
    }
  }

  *run(): Task<void> {
    while (!this.done) {
      this.buffer.clamp(this.#mode === 'normal' ? 0 : 1);
      if (!this.#replay.length) yield* this.#draw();
      const key = yield* this.key();
      if (key === undefined) return;
      if (this.#mode === 'normal') yield* this.#command(key);
      else this.#type(key);
    }
  }

  get rows(): number {
    return this.#screen.rows;
  }

  *key(): Task<string | undefined> {
    const key = this.#replay.shift() ?? (yield* this.#screen.key());
    if (key !== undefined) this.#recording?.push(key);
    return key;
  }

  *#draw(): Task<void> {
    const { buffer } = this;
    const height = this.#screen.rows - 1;
    const width = this.#screen.columns;
    if (buffer.row < this.top) this.top = buffer.row;
    if (buffer.row >= this.top + height) this.top = buffer.row - height + 1;
    const gutter = this.numbers ? 8 : 0;
    const column = visible(buffer.line.slice(0, buffer.column)).length;
    const left = Math.max(0, column - (width - gutter) + 1);
    const rows = Array.from({ length: height }, (_, i) => {
      const line = buffer.lines[this.top + i];
      return line === undefined ? '~' : (gutter ? `${String(this.top + i + 1).padStart(7)} ` : '') + visible(line).slice(left, left + width - gutter);
    });
    const mode = { normal: '-', insert: 'I', replace: 'R' }[this.#mode];
    const place = `${mode} ${buffer.name ?? 'No file'}${this.readonly ? ' [Readonly]' : ''}${buffer.changed ? ' [Modified]' : ''} ${buffer.row + 1}/${buffer.lines.length} ${Math.floor((buffer.row + 1) * 100 / buffer.lines.length)}%`;
    yield* this.#screen.draw([...rows, this.message || place], buffer.row - this.top, gutter + column - left);
    this.message = '';
  }

  #type(key: string): void {
    const { buffer } = this;
    switch (key) {
      case 'escape': case 'ctrl-c':
        this.#mode = 'normal';
        buffer.column--;
        if (this.#recording) this.#recorded = this.#recording;
        this.#recording = undefined;
        break;
      case 'enter': {
        buffer.insert('\n');
        break;
      }
      case 'backspace': case 'ctrl-h': buffer.backspace(); break;
      case 'delete': buffer.delete(); break;
      case 'tab': buffer.insert('\t'); break;
      case 'left': buffer.column--; break;
      case 'right': buffer.column++; break;
      case 'up': buffer.row--; break;
      case 'down': buffer.row++; break;
      case 'home': buffer.column = 0; break;
      case 'end': buffer.column = Infinity; break;
      default:
        if ([...key].length !== 1) break;
        if (this.#mode === 'replace' && buffer.column < buffer.line.length) buffer.delete();
        buffer.insert(key);
    }
  }

  #insertMode(mode: 'insert' | 'replace' = 'insert'): void {
    this.#mode = mode;
  }

  *#command(key: string): Task<void> {
    const { buffer } = this;
    if (/^[1-9]$/.test(key) || key === '0' && this.#count) {
      this.#count += key;
      return;
    }
    const given = this.#count;
    const count = Number(given || 1);
    this.#count = '';
    const height = this.#screen.rows - 1;
    if ('iaIAoOxXDCsSrJpPdcR~><'.includes(key) && key.length === 1) {
      if (!this.#replay.length) this.#recording = given ? [...given, key] : [key];
      if (this.#recording) buffer.mark();
    }
    const keep = (): void => {
      if (this.#recording && this.#mode === 'normal') {
        this.#recorded = this.#recording;
        this.#recording = undefined;
      }
    };
    switch (key) {
      case 'ctrl-f': case 'pagedown': buffer.row += height; break;
      case 'ctrl-b': case 'pageup': buffer.row -= height; break;
      case 'ctrl-d': buffer.row += Math.floor(height / 2); break;
      case 'ctrl-u': buffer.row -= Math.floor(height / 2); break;
      case 'i': this.#insertMode(); break;
      case 'a': buffer.column++; this.#insertMode(); break;
      case 'I': buffer.column = /^\s*/.exec(buffer.line)![0].length; this.#insertMode(); break;
      case 'A': buffer.column = buffer.line.length; this.#insertMode(); break;
      case 'o': buffer.column = buffer.line.length; buffer.insert('\n'); this.#insertMode(); break;
      case 'O': buffer.lines.splice(buffer.row, 0, ''); buffer.column = 0; this.#insertMode(); break;
      case 'R': this.#insertMode('replace'); break;
      case 'x': case 'delete': this.#cut(buffer.column, buffer.column + count); break;
      case 'X': this.#cut(Math.max(0, buffer.column - count), buffer.column); break;
      case 's': this.#cut(buffer.column, buffer.column + count); this.#insertMode(); break;
      case 'S': this.register = { text: buffer.line, lines: true }; buffer.line = ''; buffer.column = 0; this.#insertMode(); break;
      case 'D': this.#cut(buffer.column, buffer.line.length); break;
      case 'C': this.#cut(buffer.column, buffer.line.length); this.#insertMode(); break;
      case 'J':
        if (buffer.row + 1 < buffer.lines.length) {
          const next = buffer.lines.splice(buffer.row + 1, 1)[0]!.trimStart();
          buffer.column = buffer.line.length;
          buffer.line = `${buffer.line}${buffer.line && next ? ' ' : ''}${next}`;
        }
        break;
      case 'r': {
        const character = yield* this.key();
        if (character && [...character].length === 1) buffer.line = buffer.line.slice(0, buffer.column) + character.repeat(count) + buffer.line.slice(buffer.column + count);
        break;
      }
      case '~': {
        const part = buffer.line.slice(buffer.column, buffer.column + count);
        buffer.line = buffer.line.slice(0, buffer.column) + [...part].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join('') + buffer.line.slice(buffer.column + count);
        buffer.column += count;
        break;
      }
      case 'p': case 'P': this.#put(key === 'p', count); break;
      case 'Y': this.register = { text: buffer.lines.slice(buffer.row, buffer.row + count).join('\n'), lines: true }; break;
      case 'd': case 'c': case 'y': case '>': case '<': yield* this.#operator(key, count); break;
      case 'u': if (!buffer.undo()) this.message = 'Nothing to undo'; break;
      case 'ctrl-r': buffer.redo(); break;
      case '.': this.#replay = [...this.#recorded]; buffer.mark(); break;
      case '/': case '?': {
        const text = yield* readLine(this.#screen, key);
        if (text) this.pattern = text;
        if (text !== undefined) this.#search(this.#forward = key === '/');
        break;
      }
      case 'n': this.#search(this.#forward); break;
      case 'N': this.#search(!this.#forward); break;
      case ':': {
        const text = yield* readLine(this.#screen, ':');
        if (text) exCommand(this, text.trim());
        break;
      }
      case 'Z': {
        const next = yield* this.key();
        if (next === 'Z') exCommand(this, 'x');
        else if (next === 'Q') this.done = true;
        break;
      }
      case 'ctrl-g': break;
      case 'ctrl-l': break;
      default: {
        const target = yield* motion(this, key, count, given !== '');
        if (target) [buffer.row, buffer.column] = target;
        else if (!['escape', 'ctrl-c'].includes(key)) this.message = `'${key}' is not implemented`;
      }
    }
    keep();
  }

  #cut(from: number, to: number): void {
    const { buffer } = this;
    this.register = { text: buffer.line.slice(from, to), lines: false };
    buffer.line = buffer.line.slice(0, from) + buffer.line.slice(to);
    buffer.column = from;
  }

  #put(after: boolean, count: number): void {
    const { buffer } = this;
    const { text, lines } = this.register;
    if (lines) {
      const added = Array.from({ length: count }, () => text.split('\n')).flat();
      buffer.row += after ? 1 : 0;
      buffer.lines.splice(buffer.row, 0, ...added);
      buffer.column = 0;
    } else {
      buffer.column += after && buffer.line ? 1 : 0;
      buffer.insert(text.repeat(count));
      buffer.column--;
    }
  }

  *#operator(operator: string, outer: number): Task<void> {
    const { buffer } = this;
    let digits = '';
    let key = yield* this.key();
    while (key !== undefined && /^[1-9]$/.test(key) || key === '0' && digits) {
      digits += key;
      key = yield* this.key();
    }
    if (key === undefined || key === 'escape') return;
    const count = outer * Number(digits || 1);
    const start: Range = [buffer.row, buffer.column];
    let lines = key === operator;
    let target: Range = [buffer.row + count - 1, 0];
    if (!lines) {
      // `cw` leaves the blank behind the word.
      const found = yield* motion(this, operator === 'c' && key === 'w' ? 'e' : key, count, digits !== '' || outer > 1);
      if (!found) return;
      target = found;
      lines = 'jkGgHLM+-'.includes(key) || key === 'up' || key === 'down' || key === 'enter';
    }
    const [first, last] = start[0] < target[0] || start[0] === target[0] && start[1] <= target[1] ? [start, target] : [target, start];
    const bottom = Math.min(last[0], buffer.lines.length - 1);
    if (operator === '>' || operator === '<') {
      for (let r = first[0]; r <= bottom; r++) buffer.lines[r] = operator === '>' ? `\t${buffer.lines[r]}` : buffer.lines[r]!.replace(/^(?:\t| {1,8})/, '');
      return;
    }
    if (lines) {
      this.register = { text: buffer.lines.slice(first[0], bottom + 1).join('\n'), lines: true };
      if (operator === 'y') return;
      buffer.lines.splice(first[0], bottom + 1 - first[0], ...(operator === 'c' ? [''] : []));
      if (!buffer.lines.length) buffer.lines.push('');
      buffer.row = first[0];
      buffer.column = 0;
    } else {
      const inclusive = 'e$E%f'.includes(key) || operator === 'c' && key === 'w' || key === 'end' || key === 't' ? 1 : 0;
      const end = bottom === first[0] || !/^[wW]$/.test(key) ? [bottom, Math.min(last[1] + inclusive, buffer.lines[bottom]!.length)] as const : [first[0], buffer.lines[first[0]]!.length] as const;
      const text = first[0] === end[0] ? buffer.lines[end[0]]!.slice(first[1], end[1]) : [buffer.lines[first[0]]!.slice(first[1]), ...buffer.lines.slice(first[0] + 1, end[0]), buffer.lines[end[0]]!.slice(0, end[1])].join('\n');
      this.register = { text, lines: false };
      [buffer.row, buffer.column] = first;
      if (operator === 'y') return;
      const tail = buffer.lines[end[0]]!.slice(end[1]);
      buffer.lines.splice(first[0], end[0] - first[0] + 1, buffer.lines[first[0]]!.slice(0, first[1]) + tail);
    }
    if (operator === 'c') this.#insertMode();
  }

  #search(forward: boolean): void {
    if (!this.pattern) return;
    try {
      const regex = Regex.posix(this.pattern);
      if (!this.buffer.find((line, from) => regex.exec(line, from)?.index ?? -1, forward)) this.message = `'${this.pattern}' not found`;
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      this.message = `bad search pattern '${this.pattern}': ${error.message}`;
    }
  }
}
