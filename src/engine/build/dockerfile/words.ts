// Words of a Dockerfile line: split at blanks outside quotes, quotes and escapes left in for the expansion.

import { DockerfileError } from './dockerfile-error.ts';

export function splitWords(text: string, escape: string): string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (!quote && /\s/.test(c)) {
      if (word) words.push(word);
      word = '';
      continue;
    }
    word += c;
    if (c === escape && quote !== "'" && i + 1 < text.length) word += text[++i]!;
    else if (quote) quote = c === quote ? '' : quote;
    else if (c === '"' || c === "'") quote = c;
  }
  if (word) words.push(word);
  return words;
}

/** `A=b C="d e"`, or the old `A b c`. @throws DockerfileError */
export function nameValues(command: string, text: string, escape: string, first: number, last: number): [string, string][] {
  const words = splitWords(text, escape);
  if (!words.length) return [];
  if (!words[0]!.includes('=')) {
    const [, name, value] = /^(\S+)\s+([^]+)$/.exec(text) ?? [];
    if (value === undefined) throw new DockerfileError(`${command} must have two arguments`, first, last);
    return [[name!, value]];
  }
  return words.map((word) => {
    const equals = word.indexOf('=');
    if (equals < 0) throw new DockerfileError(`Syntax error - can't find = in "${word}". Must be of the form: name=value`, first, last);
    return [word.slice(0, equals), word.slice(equals + 1)];
  });
}
