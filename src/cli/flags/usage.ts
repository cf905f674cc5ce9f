// The list of options in a help text, aligned and wrapped as pflag's FlagUsagesWrapped.

import type { Flags } from './flag.ts';

/** One line or more per visible flag, each ending in a newline. `columns` is the width to wrap at. */
export function flagUsages(flags: Flags, columns: number): string {
  const rows = Object.entries(flags)
    .filter(([, flag]) => !flag.hidden)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, flag]) => ({
      head: `${flag.shorthand ? `  -${flag.shorthand}, ` : '      '}--${name}${flag.type ? ' ' + flag.type : ''}`,
      text: flag.usage + (flag.shown === undefined ? '' : ` (default ${flag.shown})`),
    }));
  const width = Math.max(0, ...rows.map((row) => row.head.length + 1));
  return rows.map(({ head, text }) => `${head.padEnd(width)}  ${wrap(width + 2, columns, text)}\n`).join('');
}

function wrapOnce(limit: number, slop: number, text: string): [string, string] {
  if (limit + slop > text.length) return [text, ''];
  const head = text.slice(0, limit);
  const space = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\t'), head.lastIndexOf('\n'));
  if (space <= 0) return [text, ''];
  const newline = head.lastIndexOf('\n');
  const at = newline > 0 && newline < space ? newline : space;
  return [text.slice(0, at), text.slice(at + 1)];
}

function wrap(indent: number, columns: number, text: string): string {
  let room = columns - indent;
  let out = '';
  if (room < 24) {
    indent = 16;
    room = columns - indent;
    out = '\n' + ' '.repeat(indent);
  }
  if (room < 24) return text.replaceAll('\n', out);
  const margin = '\n' + ' '.repeat(indent);
  const lines: string[] = [];
  do {
    const [line, rest] = wrapOnce(room - 5, 5, text);
    lines.push(line.replaceAll('\n', margin));
    text = rest;
  } while (text);
  return out + lines.join(margin);
}
