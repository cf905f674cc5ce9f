// Columns aligned as Go's text/tabwriter with minimum width 10, padding 3, blanks.

/** Cells end in tabs; the last one of a line is not aligned. */
export function tabwriter(text: string, minimum = 10, padding = 3): string {
  const open = !text.endsWith('\n');
  const lines = (open ? text : text.slice(0, -1)).split('\n').map((line) => line.split('\t'));
  const widths: number[] = [];
  const out: string[] = [];
  const write = (from: number, to: number) => {
    for (const cells of lines.slice(from, to)) out.push(cells.map((cell, i) => (i < widths.length && i < cells.length - 1 ? cell + ' '.repeat(Math.max(0, widths[i]! - width(cell))) : cell)).join(''));
  };
  const format = (from: number, to: number) => {
    const column = widths.length;
    let done = from;
    for (let line = from; line < to; line++) {
      if (column >= lines[line]!.length - 1) continue;
      write(done, line);
      const start = line;
      let wide = minimum;
      for (; line < to && column < lines[line]!.length - 1; line++) wide = Math.max(wide, width(lines[line]![column]!) + padding);
      widths.push(wide);
      format(start, line);
      widths.pop();
      done = line;
    }
    write(done, to);
  };
  format(0, lines.length);
  return out.join('\n') + (open ? '' : '\n');
}

/** In code points. */
function width(cell: string): number {
  let width = cell.length;
  for (let i = 1; i < cell.length; i++) if ((cell.charCodeAt(i) & 0xfc00) === 0xdc00 && (cell.charCodeAt(i - 1) & 0xfc00) === 0xd800) width--;
  return width;
}
