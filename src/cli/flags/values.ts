// The flag types of pflag and of docker/cli's opts: constructors that tables of flags are written with.

import { quote } from '../go.ts';
import { type Flag, type FlagOptions, FlagValueError } from './flag.ts';

const refuse = (message: string): never => {
  throw new FlagValueError(message);
};

/** As `strconv.ParseBool`; undefined for what it refuses. */
export function parseBool(text: string): boolean | undefined {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false;
  return undefined;
}

/** As `strconv.ParseInt(text, 0, bits)`. @throws FlagValueError */
export function parseInteger(text: string, bits = 64, unsigned = false): number {
  const name = `strconv.Parse${unsigned ? 'Uint' : 'Int'}: parsing ${quote(text)}: `;
  const match = /^([+-]?)(0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+|[0-9][0-9_]*)$/.exec(text);
  if (!match || (unsigned && match[1]) || text.includes('_')) return refuse(name + 'invalid syntax');
  const digits = match[2]!;
  const value = (match[1] === '-' ? -1 : 1) * Number(/^0[0-7]+$/.test(digits) ? '0o' + digits : digits);
  const limit = 2 ** (unsigned ? bits : bits - 1);
  if (value >= limit || value < -limit) refuse(name + 'value out of range');
  return value;
}

const UNITS: Record<string, number> = { ns: 1e-6, us: 1e-3, 'µs': 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** As `time.ParseDuration`, in ms. @throws FlagValueError */
export function parseDuration(text: string): number {
  const body = text.replace(/^[+-]/, '');
  if (body === '0') return 0;
  if (!/^[.\d]/.test(body) || body === '.') return refuse(`time: invalid duration ${quote(text)}`);
  let total = 0;
  let rest = body;
  while (rest) {
    const match = /^(\d*\.?\d*)([^.\d]*)/.exec(rest)!;
    if (!match[1] || match[1] === '.') return refuse(`time: invalid duration ${quote(text)}`);
    if (!match[2]) return refuse(`time: missing unit in duration ${quote(text)}`);
    const unit = UNITS[match[2]];
    if (unit === undefined) return refuse(`time: unknown unit ${quote(match[2])} in duration ${quote(text)}`);
    total += Number(match[1]) * unit;
    rest = rest.slice(match[0].length);
  }
  return text.startsWith('-') ? -total : total;
}

/** As `units.RAMInBytes`: `1g`, `64mb`, `1.5k`; binary multiples. @throws FlagValueError */
export function parseBytes(text: string, base = 1024): number {
  let at = -1;
  for (let i = 0; i < text.length; i++) if ('0123456789. '.includes(text[i]!)) at = i;
  if (at < 0) return refuse(`invalid size: '${text}'`);
  const number = text.slice(0, text[at] === ' ' ? at : at + 1);
  const suffix = text.slice(at + 1);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(number)) return refuse(`strconv.ParseFloat: parsing ${quote(number)}: invalid syntax`);
  const value = Number(number);
  if (value < 0) return refuse(`invalid size: '${text}'`);
  if (!suffix) return Math.trunc(value);
  const lower = suffix.toLowerCase();
  const power = 'bkmgtp'.indexOf(lower[0]!);
  if (suffix.length > 3 || power < 0 || (lower.length === 2 && lower[1] !== 'b') || (lower.length === 3 && lower.slice(1) !== 'ib') || (power === 0 && lower.length > 1)) {
    return refuse(`invalid suffix: '${suffix}'`);
  }
  return Math.trunc(value * base ** power);
}

export function bool(shorthand: string, usage: string, initial = false, options: FlagOptions = {}): Flag<boolean> {
  return {
    type: '', usage, shorthand, initial, noValue: 'true', ...(initial ? { shown: 'true' } : {}), ...options,
    parse: (text) => parseBool(text) ?? refuse(`strconv.ParseBool: parsing ${quote(text)}: invalid syntax`),
  };
}

export function string(shorthand: string, usage: string, initial = '', options: FlagOptions = {}): Flag<string> {
  return { type: 'string', usage, shorthand, initial, ...(initial ? { shown: quote(initial) } : {}), ...options, parse: (text) => text };
}

export function int(shorthand: string, usage: string, initial = 0, options: FlagOptions = {}): Flag<number> {
  return { type: 'int', usage, shorthand, initial, ...(initial ? { shown: String(initial) } : {}), ...options, parse: (text) => parseInteger(text) };
}

/** Milliseconds. */
export function duration(usage: string): Flag<number> {
  return { type: 'duration', usage, shorthand: '', initial: 0, parse: (text) => parseDuration(text) };
}

export function bytes(shorthand: string, usage: string, options: FlagOptions & { minusOne?: boolean } = {}): Flag<number> {
  const { minusOne, ...rest } = options;
  return { type: 'bytes', usage, shorthand, initial: 0, ...rest, parse: (text) => (minusOne && text === '-1' ? -1 : parseBytes(text)) };
}

export type Validator = (value: string) => string;

/** May be given several times. `type` as the help shows it. */
export function list(shorthand: string, usage: string, validate: Validator = (v) => v, options: FlagOptions & { type?: string } = {}): Flag<string[]> {
  const { type = 'list', ...rest } = options;
  return { type, usage, shorthand, initial: [], ...rest, parse: (text, before) => [...before, validate(text)] };
}

/** Several times, and several separated by commas each time. */
export function strings(shorthand: string, usage: string, options: FlagOptions = {}): Flag<string[]> {
  return { type: 'strings', usage, shorthand, initial: [], ...options, parse: (text, before) => [...before, ...text.split(',')] };
}

export function map(shorthand: string, usage: string, options: FlagOptions = {}): Flag<Record<string, string>> {
  return {
    type: 'map', usage, shorthand, initial: {}, shown: 'map[]', ...options,
    parse: (text, before) => ({ ...before, ...keyValues([text]) }),
  };
}

/** `key=value` texts as an object; a key alone has the value ''. */
export function keyValues(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.map((text) => cut(text, '=')));
}

/** As `strings.Cut`. */
export function cut(text: string, separator: string): [string, string, boolean] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, '', false] : [text.slice(0, at), text.slice(at + separator.length), true];
}

export type FilterValues = Record<string, string[]>;

/** `--filter name=value`, keys in lower case. */
export function filter(shorthand: string, usage: string): Flag<FilterValues> {
  return {
    type: 'filter', usage, shorthand, initial: {},
    parse: (text, before) => {
      if (!text) return before;
      if (!text.includes('=')) return refuse('bad format of filter (expected name=value)');
      const [key, value] = cut(text, '=');
      const name = key.trim().toLowerCase();
      const values = before[name] ?? [];
      return { ...before, [name]: values.includes(value.trim()) ? values : [...values, value.trim()] };
    },
  };
}

/** Another name for a flag of the same set, hidden. */
export function alias(of: string, shorthand = '', options: FlagOptions = {}): Flag<never> {
  return { type: '', usage: '', shorthand, initial: undefined as never, hidden: true, aliasOf: of, ...options, parse: () => undefined as never };
}

/** `--label`: `key` or `key=value`. */
export const label: Validator = (text) => {
  const name = text.split('=')[0]!.trim();
  if (!name) refuse(`invalid label '${text}': empty name`);
  if (/\s/.test(name)) refuse(`label '${name}' contains whitespaces`);
  return text;
};

/** `--env`: `NAME`, `NAME=value`; a name alone is looked up later. */
export const environment: Validator = (text) => {
  if (!text || text.startsWith('=')) refuse(`invalid environment variable: ${text}`);
  return text;
};

const FORMAT_HEAD = "Format output using a custom template:\n";
const FORMAT_TAIL = "'json':             Print in JSON format\n'TEMPLATE':         Print output using the given Go template.\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates";

/** `--format` of lists. */
export const tableFormat = (): Flag<string> =>
  string('', `${FORMAT_HEAD}'table':            Print output in table format with column headers (default)\n'table TEMPLATE':   Print output in table format using the given Go template\n${FORMAT_TAIL}`);
/** `--format` of inspections. */
export const inspectFormat = (shorthand = 'f'): Flag<string> => string(shorthand, FORMAT_HEAD + FORMAT_TAIL);

