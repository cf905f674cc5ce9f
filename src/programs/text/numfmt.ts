// numfmt: numbers as people write them, back and forth.

import { eachLine } from '../lib/lines.ts';
import { quote } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

const LETTERS = 'KMGTPEZYRQ';
const SCALES: Readonly<Record<string, readonly string[]>> = { to: ['none', 'si', 'iec', 'iec-i'], from: ['none', 'auto', 'si', 'iec', 'iec-i'], round: ['up', 'down', 'from-zero', 'towards-zero', 'nearest'] };
const ROUND: Readonly<Record<string, (value: number) => number>> = {
  up: Math.ceil, down: Math.floor, 'from-zero': (value) => Math.sign(value) * Math.ceil(Math.abs(value)), 'towards-zero': Math.trunc,
  nearest: (value) => Math.sign(value) * Math.round(Math.abs(value)),
};

class BadNumber extends Error {}

/** @throws BadNumber */
function read(text: string, scale: string): number {
  const found = /^(-?(?:\d+\.?\d*|\.\d+))(.*)$/.exec(text);
  if (!found || found[1]!.endsWith('.')) throw new BadNumber(`invalid number: ${quote(text)}`);
  const [, number, suffix = ''] = found;
  if (!suffix) return Number(number);
  const power = LETTERS.indexOf(suffix[0]!.replace('k', 'K')) + 1;
  if (!power) throw new BadNumber(`invalid suffix in input: ${quote(text)}`);
  if (scale === 'none') throw new BadNumber(`rejecting suffix in input: ${quote(text)} (consider using --from)`);
  const binary = suffix[1] === 'i' && (scale === 'auto' || scale === 'iec-i');
  if (scale === 'iec-i' && !binary) throw new BadNumber(`missing 'i' suffix in input: ${quote(text)} (e.g Ki/Mi/Gi)`);
  const rest = suffix.slice(binary ? 2 : 1);
  if (rest) throw new BadNumber(`invalid suffix in input ${quote(text)}: ${quote(rest)}`);
  return Number(number) * (binary || scale === 'iec' ? 1024 : 1000) ** power;
}

/** One decimal below ten, none from there on. */
function show(value: number, scale: string, round: (value: number) => number, decimals: number): string {
  if (scale === 'none') return (round(value * 10 ** decimals) / 10 ** decimals).toFixed(decimals);
  const base = scale === 'si' ? 1000 : 1024;
  let power = 0, size = value;
  for (; Math.abs(size) >= base && power < LETTERS.length; power++) size /= base;
  const rounded = (amount: number): number => (power && Math.abs(amount) < 10 ? round(amount * 10) / 10 : round(amount));
  size = rounded(size);
  if (Math.abs(size) >= base) [size, power] = [rounded(size / base), power + 1];
  const letter = power ? LETTERS[power - 1]! : '';
  return `${power && Math.abs(size) < 10 ? size.toFixed(1) : size}${scale === 'si' ? letter.replace('K', 'k') : letter}${power && scale === 'iec-i' ? 'i' : ''}`;
}

export const numfmt: Tool = {
  gnu: 'from: to: from-unit: to-unit: padding: suffix: round: field: header:: d:,delimiter: format: grouping invalid: debug dev-debug z,zero-terminated', usageStatus: 1,
  *run(io, options) {
    for (const key of ['format', 'grouping', 'invalid', 'z']) if (options.has(key)) return io.notSimulated(`--${key}`);
    const choice = (key: string, fallback: string): string => {
      const value = options.value(key) ?? fallback;
      const known = SCALES[key]!;
      if (!known.includes(value)) io.usage(`invalid argument ${quote(value)} for ${quote(`--${key}`)}\nValid arguments are:\n${known.map((name) => `  - ${quote(name)}`).join('\n')}`);
      return value;
    };
    const from = choice('from', 'none'), to = choice('to', 'none'), round = ROUND[choice('round', 'from-zero')]!;
    const suffix = options.value('suffix') ?? '', padding = Number(options.value('padding') ?? 0), delimiter = options.value('d');
    const field = Number(options.value('field') ?? 1);
    const convert = (text: string, at: number): string => {
      const word = text.trimStart(), bare = suffix && word.endsWith(suffix) ? word.slice(0, -suffix.length) : word;
      const decimals = /^-?\d*\.(\d+)$/.exec(bare)?.[1]!.length ?? 0;
      const value = read(bare, from) * Number(options.value('from-unit') ?? 1) / Number(options.value('to-unit') ?? 1);
      if (to === 'none' && Math.abs(value) >= 1e18) throw new BadNumber(`value too large to be printed: '${String(Number(value.toPrecision(6)))}' (consider using --to)`);
      const shown = show(value, to, round, decimals) + suffix;
      if (padding < 0) return shown.padEnd(-padding);
      return shown.padStart(padding || (delimiter === undefined && (at > 1 || word !== text) ? text.length : 0));
    };
    const line = (text: string): void => {
      const fields = delimiter === undefined ? text.match(/\s*\S+/g) ?? [''] : text.split(delimiter);
      // The blank that parts two fields is no part of the second.
      const parts = delimiter === undefined ? fields.map((part, at) => (at ? part.slice(1) : part)) : fields;
      try {
        if (parts[field - 1] !== undefined) parts[field - 1] = convert(parts[field - 1]!, field);
      } catch (error) {
        if (!(error instanceof BadNumber)) throw error;
        io.die(error.message, 2);
      }
      io.out(`${parts.join(delimiter ?? ' ')}\n`);
    };
    for (const operand of options.operands) line(operand);
    if (options.operands.length) return undefined;
    let headers = options.has('header') ? Number(options.value('header') || 1) : 0;
    yield* eachLine(io, [], (text) => (headers-- > 0 ? io.out(`${text}\n`) : line(text)));
    return undefined;
  },
};
