// `echo`.

import type { Builtin } from '../dialect.ts';
import { unescape } from '../expand/escape.ts';

export const echo: Builtin = (sh, args) => {
  let newline = true;
  let escapes = sh.shopt.has('xpg_echo');
  let first = 0;
  for (; first < args.length && /^-[neE]+$/.test(args[first]!); first++) {
    for (const c of args[first]!.slice(1)) {
      if (c === 'n') newline = false;
      else escapes = c === 'e';
    }
  }
  let text = first ? args.slice(first).join(' ') : args.join(' ');
  if (escapes) {
    const { text: plain, stopped } = unescape(text, { zeroOctal: true, unicode: sh.dialect.name === 'bash', quotes: false });
    text = plain;
    if (stopped) newline = false;
  }
  return write(sh, newline ? `${text}\n` : text);
};

function* write(sh: Parameters<Builtin>[0], text: string) {
  yield* sh.out(text);
  return 0;
}
