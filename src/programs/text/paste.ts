// paste: lines of files side by side.

import { eachLine, LineReader, openInput } from '../lib/lines.ts';
import { toBytes } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

export const paste: Tool = {
  gnu: 'd:,delimiters: s,serial z,zero-terminated', busybox: 'd: s',
  *run(io, options) {
    const list = options.value('d') ?? '\t';
    if (io.gnu && /(^|[^\\])(\\\\)*\\$/.test(list)) io.die(`delimiter list ends with an unescaped backslash: ${list}`);
    const delimiters = [...list.matchAll(/\\([^])|[^]/gu)].map(([whole, escape]) => (escape === undefined ? whole : ({ n: '\n', t: '\t', '0': '', '\\': '\\', r: '\r', b: '\b', f: '\f', v: '\v' } as Record<string, string>)[escape] ?? escape));
    const delimiter = (n: number): string => delimiters[n % delimiters.length] ?? '';
    const end = options.has('z') ? '\0' : '\n';
    const names = options.operands.length ? options.operands : ['-'];
    if (options.has('s')) {
      for (const name of names) {
        const lines: string[] = [];
        yield* eachLine(io, [name], (line) => void lines.push(line), {}, end.charCodeAt(0));
        io.out(toBytes(lines.map((line, i) => (i ? delimiter(i - 1) : '') + line).join('') + end));
      }
      return;
    }
    const readers: LineReader[] = [];
    let standard: LineReader | undefined;
    for (const name of names) {
      const fd = openInput(io, name);
      if (fd === undefined) return 1;
      const reader = name === '-' ? standard ??= new LineReader(io, 0, end.charCodeAt(0)) : new LineReader(io, fd, end.charCodeAt(0));
      readers.push(reader);
    }
    for (;;) {
      const cells: (string | undefined)[] = [];
      for (const reader of readers) cells.push(yield* reader.text());
      if (cells.every((cell) => cell === undefined)) return io.status;
      io.out(toBytes(cells.map((cell, i) => (i ? delimiter(i - 1) : '') + (cell ?? '')).join('') + end));
    }
  },
};
