// The text an editor works on: lines, a cursor, and what can be undone.

import { KernelError } from '../../kernel/errno.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { toBytes, toText } from './text.ts';

interface State {
  readonly lines: readonly string[];
  readonly row: number;
  readonly column: number;
}

export class EditBuffer {
  lines: string[] = [''];
  row = 0;
  /** In characters of UTF-16. */
  column = 0;
  name: string | undefined;
  changed = false;
  /** Whether the file was there when it was read. */
  isNew = true;
  #undo: State[] = [];
  #redo: State[] = [];

  /** Read a file; one that does not exist is new. @throws KernelError for others that cannot be read */
  load(sys: Syscalls, name: string): void {
    this.name = name;
    try {
      const text = toText(sys.readFile(name));
      this.lines = text.replace(/\n$/, '').split('\n');
      this.isNew = false;
    } catch (error) {
      if (!(error instanceof KernelError) || error.errno !== 'ENOENT') throw error;
      this.lines = [''];
    }
    this.row = this.column = 0;
    this.changed = false;
    this.#undo = [];
    this.#redo = [];
  }

  /** @returns the number of bytes. @throws KernelError */
  save(sys: Syscalls, name: string, from = 0, to = this.lines.length): number {
    const lines = this.lines.slice(from, to);
    const bytes = toBytes(!lines.length || lines.length === 1 && lines[0] === '' ? '' : `${lines.join('\n')}\n`);
    sys.writeFile(name, bytes);
    return bytes.length;
  }

  get line(): string {
    return this.lines[this.row]!;
  }

  set line(text: string) {
    this.lines[this.row] = text;
  }

  /** Remember the state before a change. */
  mark(): void {
    this.#undo.push({ lines: [...this.lines], row: this.row, column: this.column });
    if (this.#undo.length > 200) this.#undo.shift();
    this.#redo = [];
    this.changed = true;
  }

  undo(): boolean {
    return this.#swap(this.#undo, this.#redo);
  }

  redo(): boolean {
    return this.#swap(this.#redo, this.#undo);
  }

  #swap(from: State[], to: State[]): boolean {
    const state = from.pop();
    if (!state) return false;
    to.push({ lines: [...this.lines], row: this.row, column: this.column });
    this.lines = [...state.lines];
    this.row = state.row;
    this.column = state.column;
    return true;
  }

  insert(text: string): void {
    const [first = '', ...rest] = text.split('\n');
    const { line, column } = this;
    const tail = line.slice(column);
    this.line = line.slice(0, column) + first;
    this.column += first.length;
    for (const part of rest) {
      this.lines.splice(++this.row, 0, part);
      this.column = part.length;
    }
    this.line += tail;
  }

  /** Delete the character before the cursor. */
  backspace(): void {
    if (this.column > 0) {
      const size = /[\udc00-\udfff]$/.test(this.line.slice(0, this.column)) && this.column > 1 && /[\ud800-\udbff]$/.test(this.line.slice(0, this.column - 1)) ? 2 : 1;
      this.line = this.line.slice(0, this.column - size) + this.line.slice(this.column);
      this.column -= size;
    } else if (this.row > 0) {
      const tail = this.line;
      this.lines.splice(this.row--, 1);
      this.column = this.line.length;
      this.line += tail;
    }
  }

  /** Delete the character under the cursor. */
  delete(): void {
    if (this.column < this.line.length) this.line = this.line.slice(0, this.column) + this.line.slice(this.column + 1);
    else if (this.row + 1 < this.lines.length) {
      this.line += this.lines[this.row + 1];
      this.lines.splice(this.row + 1, 1);
    }
  }

  /** Keep the cursor in the text. @param past how far behind the last character it may stand */
  clamp(past: number): void {
    this.row = Math.max(0, Math.min(this.row, this.lines.length - 1));
    this.column = Math.max(0, Math.min(this.column, this.line.length - 1 + past));
  }

  /** Where a text occurs after (or before) the cursor, around the ends. */
  find(test: (line: string, from: number) => number, forward = true): boolean {
    const count = this.lines.length;
    for (let n = 0; n <= count; n++) {
      const row = (this.row + (forward ? n : count - n)) % count;
      const line = this.lines[row]!;
      let found = -1;
      const most = n > 0 ? Infinity : this.column;
      if (forward) found = test(line, n === 0 ? this.column + 1 : 0);
      else for (let at = test(line, 0); at >= 0 && at < most; at = test(line, at + 1)) found = at;
      if (found < 0) continue;
      this.row = row;
      this.column = found;
      return true;
    }
    return false;
  }
}
