// A command written as one text, split as go-shellwords does: quotes and backslashes, ending at the first shell operator.

import { FlagValueError } from '../flags/flag.ts';

/** @throws FlagValueError */
export function shellWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\\' && quote !== "'") {
      if (at + 1 === text.length) throw new FlagValueError('invalid command line string');
      word = (word ?? '') + text[++at];
    } else if (quote) {
      if (char === quote) quote = '';
      else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (';&|<>('.includes(char)) break;
    else word = (word ?? '') + char;
  }
  if (quote) throw new FlagValueError('invalid command line string');
  return word === undefined ? words : [...words, word];
}
