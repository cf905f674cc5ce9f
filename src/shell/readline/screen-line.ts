// The line on the screen: draws prompt and text over as many rows as they take and puts the cursor in its place.

import { encode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { characterWidth, shown, visible } from './width.ts';

export class ScreenLine {
  readonly #sys: Syscalls;
  readonly #fd: number;
  #row = 0;
  #drawn: { prompt: string; text: string; column: number; columns: number } | undefined;

  constructor(sys: Syscalls, fd: number) {
    this.#sys = sys;
    this.#fd = fd;
  }

  *write(text: string): Task<void> {
    if (text) yield* this.#sys.write(this.#fd, encode(text));
  }

  /** Begin on a fresh line: nothing is drawn yet. */
  begin(): void {
    this.#row = 0;
    this.#drawn = undefined;
  }

  *draw(prompt: string, text: string, cursor: number): Task<void> {
    const columns = Math.max(this.#sys.windowSize(this.#fd).columns, 2);
    const last = this.#drawn;
    // The usual keystroke: one more character at the end of a row that has room.
    if (last && last.prompt === prompt && last.columns === columns && text.length > last.text.length && cursor === [...text].length &&
      text.startsWith(last.text) && last.column >= 0) {
      const added = text.slice(last.text.length);
      const width = [...added].reduce((sum, character) => sum + characterWidth(character), 0);
      if (/^[^\0-\x1f\x7f]+$/.test(added) && last.column + width < columns) {
        this.#drawn = { prompt, text, columns, column: last.column + width };
        return yield* this.write(added);
      }
    }
    const before = [...text].slice(0, cursor).join('');
    const lead = visible(prompt);
    const at = place(lead + shown(before), columns), end = place(lead + shown(text), columns);
    // The first time it follows whatever stands there: output that has no newline at its end is not wiped away.
    let out = last ? `${this.#row ? `\x1b[${this.#row}A` : ''}\r\x1b[J` : '';
    // oxlint-disable-next-line no-control-regex
    out += prompt.replace(/[\x01\x02]/g, '').replaceAll('\n', '\r\n') + shown(text).replaceAll('\n', '\r\n');
    // A full last row leaves the terminal's cursor waiting at the margin: bring it to the next row.
    if (end.column === 0 && end.row > 0 && !(lead + text).endsWith('\n')) out += ' \r';
    if (end.row > at.row) out += `\x1b[${end.row - at.row}A`;
    if (at.column !== end.column || end.row !== at.row) out += `\r${at.column ? `\x1b[${at.column}C` : ''}`;
    this.#row = at.row;
    this.#drawn = { prompt, text, columns, column: cursor === [...text].length ? at.column : -1 };
    yield* this.write(out);
  }

  /** Leave the line: the cursor goes behind its end, and a new line begins. */
  *finish(prompt: string, text: string, mark = ''): Task<void> {
    yield* this.draw(prompt, text, [...text].length);
    yield* this.write(`${mark}\r\n`);
    this.begin();
  }
}

/** Row and column behind a text that begins at column 0. */
function place(text: string, columns: number): { row: number; column: number } {
  let row = 0, column = 0;
  for (const character of text) {
    if (character === '\n') {
      row++;
      column = 0;
      continue;
    }
    const width = character === '\t' ? 8 - (column % 8) : characterWidth(character);
    if (column + width > columns) {
      row++;
      column = 0;
    }
    column += width;
    if (column === columns) {
      row++;
      column = 0;
    }
  }
  return { row, column };
}
