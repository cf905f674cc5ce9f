// nl: numbers lines.

import { eachLine } from '../lib/lines.ts';
import { quote } from '../lib/quote.ts';
import { Regex } from '../lib/regex.ts';
import { toBytes } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

export const nl: Tool = {
  gnu: 'b:,body-numbering: d:,section-delimiter: f:,footer-numbering: h:,header-numbering: i:,line-increment: l:,join-blank-lines: n:,number-format: p,no-renumber s:,number-separator: v:,starting-line-number: w:,number-width:',
  busybox: 'b: i: s: v: w:',
  *run(io, options) {
    const style: Record<string, string> = { b: options.value('b') ?? 't', h: options.value('h') ?? 'n', f: options.value('f') ?? 'n' };
    for (const [section, text] of Object.entries(style)) if (!/^([atn]$|p)/.test(text)) io.usage(`invalid ${{ b: 'body', h: 'header', f: 'footer' }[section]} numbering style: ${io.gnu ? quote(text) : text}`);
    const width = Number(options.value('w') ?? 6);
    const separator = options.value('s') ?? '\t';
    const step = Number(options.value('i') ?? 1);
    const format = options.value('n') ?? 'rn';
    const start = Number(options.value('v') ?? 1);
    const join = Number(options.value('l') ?? 1);
    const delimiter = (options.value('d') ?? '\\:').padEnd(2, ':');
    const regexes = Object.fromEntries(Object.entries(style).map(([section, text]) => [section, text.startsWith('p') ? Regex.posix(text.slice(1)) : undefined]));
    let number = start;
    let section = 'b';
    let blanks = 0;
    yield* eachLine(io, options.operands, (line) => {
      const mark = io.gnu ? [delimiter.repeat(3), delimiter.repeat(2), delimiter].indexOf(line) : -1;
      if (mark >= 0) {
        section = 'hbf'[mark]!;
        if (!options.has('p')) number = start;
        return io.out('\n');
      }
      const text = style[section]!;
      blanks = line ? 0 : blanks + 1;
      const numbered = text === 'a' ? Boolean(line) || blanks % join === 0 : text === 't' ? line !== '' : text === 'n' ? false : regexes[section]!.test(line);
      if (numbered) {
        const digits = String(number);
        io.out(toBytes(`${format === 'ln' ? digits.padEnd(width) : digits.padStart(width, format === 'rz' ? '0' : ' ')}${separator}${line}\n`));
        number += step;
      } else io.out(toBytes(`${' '.repeat(width + separator.length)}${line}\n`));
    });
  },
};
