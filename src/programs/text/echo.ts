// echo: its arguments, with escapes on demand.

import { escapes } from '../lib/escapes.ts';
import { fromLatin } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

export const echo: Tool = {
  gnu: null,
  busybox: null,
  *run(io, { operands }) {
    let at = 0;
    let newline = true;
    let interpret = false;
    for (; at < operands.length && /^-[neE]+$/.test(operands[at]!); at++) {
      for (const letter of operands[at]!.slice(1)) {
        if (letter === 'n') newline = false;
        else interpret = letter === 'e';
      }
    }
    const text = operands.slice(at).join(' ');
    if (interpret) {
      const { bytes, stop } = escapes(text, 'echo');
      io.out(fromLatin(bytes));
      if (stop) newline = false;
    } else io.out(text);
    if (newline) io.out('\n');
  },
};
