// The motions of vi: where keys lead.

import type { Task } from '../../base/task.ts';
import type { EditBuffer } from './edit-buffer.ts';

/** A row and a column. */
export type Range = readonly [number, number];

/** What motions know of the editor. */
export interface View {
  readonly buffer: EditBuffer;
  readonly top: number;
  readonly rows: number;
  key(): Task<string | undefined>;
}

/** Where a motion leads; undefined for what is none. */
export function* motion(view: View, key: string, count: number, given: boolean): Task<Range | undefined> {
  const { row, column, lines, line } = view.buffer;
  const at = (r: number, c: number): Range => [Math.max(0, Math.min(r, lines.length - 1)), c];
  switch (key) {
    case 'h': case 'left': case 'backspace': return at(row, Math.max(0, column - count));
    case 'l': case 'right': case ' ': return at(row, column + count);
    case 'j': case 'down': case 'ctrl-n': return at(row + count, column);
    case 'k': case 'up': case 'ctrl-p': return at(row - count, column);
    case 'enter': case '+': return at(row + count, 0);
    case '-': return at(row - count, 0);
    case '0': case 'home': return at(row, 0);
    case '^': return at(row, /^\s*/.exec(line)![0].length);
    case '$': case 'end': return at(row + count - 1, Infinity);
    case 'G': return at(given ? count - 1 : lines.length - 1, 0);
    case 'g': return (yield* view.key()) === 'g' ? at(given ? count - 1 : 0, 0) : [row, column];
    case 'H': return at(view.top, 0);
    case 'L': return at(view.top + view.rows - 2, 0);
    case 'M': return at(view.top + Math.floor((view.rows - 1) / 2), 0);
    case 'w': case 'W': case 'b': case 'B': case 'e': case 'E': return word(view.buffer, key, count);
    case 'f': case 't': {
      const character = yield* view.key();
      const found = character === undefined ? -1 : line.indexOf(character, column + 1);
      return found < 0 ? [row, column] : [row, key === 't' ? found - 1 : found];
    }
    case '}': case '{': {
      const step = key === '}' ? 1 : -1;
      let r = row + step;
      while (r > 0 && r < lines.length - 1 && lines[r]) r += step;
      return at(r, 0);
    }
    case '%': {
      const pairs = '()[]{}';
      const start = [...line].findIndex((c, i) => i >= column && pairs.includes(c));
      if (start < 0) return [row, column];
      const own = pairs.indexOf(line[start]!);
      const other = pairs[own ^ 1];
      const step = own % 2 ? -1 : 1;
      let depth = 0;
      for (let r = row, c = start; r >= 0 && r < lines.length;) {
        const character = lines[r]![c];
        if (character === line[start]) depth++;
        else if (character === other && --depth === 0) return [r, c];
        c += step;
        if (c < 0 || c >= lines[r]!.length) {
          r += step;
          c = step > 0 ? 0 : (lines[r]?.length ?? 0) - 1;
        }
      }
      return [row, column];
    }
    default: return undefined;
  }
}

function word(buffer: EditBuffer, key: string, count: number): Range {
  const { lines } = buffer;
  let { row, column } = buffer;
  const big = key === key.toUpperCase();
  const kind = (character: string | undefined): number => (character === undefined || /\s/.test(character) ? 0 : big || /[\p{L}\p{N}_]/u.test(character) ? 1 : 2);
  const step = (by: number): boolean => {
    column += by;
    while (column < 0 || column >= Math.max(1, lines[row]!.length)) {
      if (row + by < 0 || row + by >= lines.length) {
        column = Math.max(0, Math.min(column, lines[row]!.length));
        return false;
      }
      row += by;
      column = by > 0 ? 0 : Math.max(0, lines[row]!.length - 1);
      return true;
    }
    return true;
  };
  const here = (): number => kind(lines[row]![column]);
  for (let n = 0; n < count; n++) {
    if (/w/i.test(key)) {
      const own = here();
      const start = row;
      const sameWord = (): boolean => own !== 0 && here() === own && row === start;
      const blank = (): boolean => !here() && (row === start || lines[row] !== '');
      while (sameWord() && step(1)) { /* to its end */ }
      while (blank() && step(1)) { /* over blanks */ }
    } else {
      const by = /b/i.test(key) ? -1 : 1;
      if (!step(by)) break;
      while (!here() && step(by)) { /* over blanks */ }
      for (;;) {
        const next = lines[row]![column + by];
        if (kind(next) !== here() || column + by < 0) break;
        column += by;
      }
    }
  }
  return [row, column];
}
