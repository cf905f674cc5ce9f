// match and test of jq, on JavaScript's regular expressions.

import { described, isArray, JqError, type Value } from './value.ts';

/** What `match` yields, as an array; with the flag `T`, whether there is any. */
export function matches(input: Value, pattern?: Value, flags?: Value): Value {
  if (isArray(pattern!)) [pattern, flags] = [pattern[0], pattern[1] ?? flags ?? null];
  if (typeof input !== 'string') throw new JqError(`${described(input)} cannot be matched, as it is not a string`);
  if (typeof pattern !== 'string') throw new JqError(`${described(pattern!)} ${pattern === null ? 'cannot be matched, as it is not a string' : 'is not a string'}`);
  if (flags !== null && typeof flags !== 'string') throw new JqError(`${described(flags!)} is not a string`);
  const letters = flags ?? '';
  if (/[^gixsnlpT]/.test(letters)) throw new JqError(`${letters} is not a valid modifier string`);
  let source = letters.includes('x') ? pattern.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#.*/g, (part) => (/^[\s#]/.test(part) ? '' : part)) : pattern;
  source = source.replace(/\\h/g, '[0-9a-fA-F]').replace(/\\[AzZ]/g, (anchor) => (anchor === '\\A' ? '^' : '$')).replace(/\[:(\w+):\]/g, (_, name: string) => ({ alpha: '\\p{L}', digit: '\\d', alnum: '\\p{L}\\d', space: '\\s', upper: '\\p{Lu}', lower: '\\p{Ll}', punct: '\\p{P}', xdigit: '0-9a-fA-F' } as Record<string, string>)[name] ?? '');
  let regex: RegExp;
  try {
    regex = new RegExp(source, `gud${letters.includes('i') ? 'i' : ''}${/[sp]/.test(letters) ? 's' : ''}`);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    try {
      regex = new RegExp(source, `gd${letters.includes('i') ? 'i' : ''}${/[sp]/.test(letters) ? 's' : ''}`);
    } catch {
      throw new JqError(`${pattern} (at offset 0) is not a valid regex: ${error.message.replace(/^.*: /, '')}`);
    }
  }
  if (letters.includes('T')) return regex.test(input);
  const names = [...source.matchAll(/\\.|\((?:\?<([A-Za-z_]\w*)>|(?!\?))/g)].filter(([whole]) => !whole.startsWith('\\')).map(([, name]) => name ?? null);
  const found: Value[] = [];
  // Offsets count characters, not units of UTF-16.
  const offset = (unit: number): number => [...input.slice(0, unit)].length;
  for (let match = regex.exec(input); match; match = regex.exec(input)) {
    const at = match.index;
    if (match[0] === '') regex.lastIndex += 1;
    found.push(new Map<string, Value>([
      ['offset', offset(at)], ['length', [...match[0]].length], ['string', match[0]],
      ['captures', match.slice(1).map((text, i) => new Map<string, Value>([
        // What took no part comes in another order.
        ...(text === undefined ? [['offset', -1], ['string', null], ['length', 0]] as const : [['offset', offset(match.indices![i + 1]![0])], ['length', [...text].length], ['string', text]] as const),
        ['name', names[i] ?? null],
      ]))],
    ]));
    if (!letters.includes('g')) break;
  }
  return found;
}
