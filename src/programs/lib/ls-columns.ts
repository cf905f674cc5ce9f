// Names in columns as GNU `ls` sets them: as many columns as fit, each as wide as it needs, with tabs between.

export interface Cell {
  readonly text: string;
  /** Columns on the screen; escape sequences take none. */
  readonly width: number;
}

/** @param across by rows (`-x`) instead of by columns. @returns lines, each ended */
export function columns(cells: readonly Cell[], lineWidth: number, across: boolean): string {
  const count = cells.length;
  if (!count) return '';
  const indexOf = (row: number, column: number, rows: number, width: number) => (across ? row * width + column : column * rows + row);
  let best = 1;
  let widths: number[] = [];
  for (let number = lineWidth === 0 ? count : Math.min(count, Math.max(1, Math.floor(lineWidth / 3))); number >= 1; number--) {
    const rows = Math.ceil(count / number);
    const tried: number[] = Array.from({ length: number }, () => 3);
    cells.forEach((cell, i) => {
      const column = across ? i % number : Math.floor(i / rows);
      tried[column] = Math.max(tried[column]!, cell.width + (column === number - 1 ? 0 : 2));
    });
    if (number === 1 || lineWidth === 0 || tried.reduce((sum, width) => sum + width, 0) < lineWidth) {
      best = number;
      widths = tried;
      break;
    }
  }
  const rows = Math.ceil(count / best);
  let text = '';
  for (let row = 0; row < rows; row++) {
    let at = 0;
    let start = 0;
    for (let column = 0; column < best; column++) {
      const cell = cells[indexOf(row, column, rows, best)];
      if (!cell || (across && row * best + column >= count)) break;
      text += indent(at, start) + cell.text;
      at = start + cell.width;
      start += widths[column]!;
    }
    text += '\n';
  }
  return text;
}

function indent(from: number, to: number): string {
  let text = '';
  while (from < to) {
    if (Math.floor(to / 8) > Math.floor((from + 1) / 8)) {
      text += '\t';
      from += 8 - (from % 8);
    } else {
      text += ' ';
      from++;
    }
  }
  return text;
}

/** Names one after another with commas, broken at the line's width: `ls -m`. */
export function commaList(cells: readonly Cell[], lineWidth: number): string {
  let text = '';
  let at = 0;
  cells.forEach((cell, i) => {
    if (i) {
      const fits = lineWidth === 0 || at + cell.width + 2 < lineWidth;
      text += fits ? ', ' : ',\n';
      at = fits ? at + 2 : 0;
    }
    text += cell.text;
    at += cell.width;
  });
  return cells.length ? `${text}\n` : '';
}

/** Columns that a text takes on the screen. */
export function screenWidth(text: string): number {
  let width = 0;
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (code < 32 || (code >= 0x300 && code < 0x370) || code === 0x200b) continue;
    width += (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) || (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xff00 && code <= 0xff60) || (code >= 0x1f300 && code <= 0x1faff) ? 2 : 1;
  }
  return width;
}
