// The functions of templates: Go's own and those docker/cli adds, with their parameter types.

import { sprint, sprintf } from './printf.ts';
import { isMap, JsonNumber, Nil, plain, print, stringOf, Struct, typeName } from './value.ts';

/** What a function refuses: `error calling NAME: MESSAGE`. */
export class CallError extends Error {}

export interface TemplateFunction {
  /** s string, l []string, i int, v anything; a last `*` repeats the one before. */
  readonly takes: string;
  call(...args: never[]): unknown;
}

const refuse = (message: string): never => {
  throw new CallError(message);
};

export function isTrue(value: unknown): boolean {
  if (value === undefined || value === null || value instanceof Nil) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof JsonNumber) return value.text !== '';
  return isMap(value) ? Object.keys(value).length > 0 : Boolean(value);
}

const basic = (value: unknown): string | number | boolean => {
  const text = stringOf(value);
  if (text !== undefined) return text;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return refuse(value === undefined || value === null || value instanceof Nil ? 'incompatible types for comparison' : 'invalid type for comparison');
};

const equal = (a: unknown, b: unknown): boolean => {
  if ((a ?? undefined) === undefined || (b ?? undefined) === undefined) return (a ?? undefined) === (b ?? undefined);
  if (a instanceof Nil || b instanceof Nil) return a instanceof Nil && b instanceof Nil;
  const [left, right] = [basic(a), basic(b)];
  return typeof left === typeof right ? left === right : refuse(`incompatible types for comparison: ${typeName(left)} and ${typeName(right)}`);
};

const less = (a: unknown, b: unknown): boolean => {
  const [left, right] = [basic(a), basic(b)];
  if (typeof left !== typeof right) return refuse(`incompatible types for comparison: ${typeName(left)} and ${typeName(right)}`);
  return typeof left === 'boolean' ? refuse('invalid type for comparison') : left < right;
};

function at(item: unknown, index: unknown): unknown {
  if (item === undefined || item === null) return refuse('index of untyped nil');
  const text = stringOf(item);
  if (Array.isArray(item) || text !== undefined || (item instanceof Nil && item.kind === 'slice')) {
    if (typeof index !== 'number') return refuse(`cannot index slice/array with type ${typeName(index)}`);
    const length = item instanceof Nil ? 0 : (text ?? (item as unknown[])).length;
    if (index < 0 || index > length) return refuse(`index out of range: ${index}`);
    if (index === length) return refuse('reflect: slice index out of range');
    return text === undefined ? (item as unknown[])[index] : text.charCodeAt(index);
  }
  if (isMap(item) || (item instanceof Nil && item.kind === 'map')) {
    if (typeof index !== 'string') return refuse(`value has type ${typeName(index)}; should be string`);
    if (item instanceof Nil) return '';
    // A missing key gives the zero value of the element type: maps here hold strings, or what has no better zero than nil.
    return Object.hasOwn(item, index) ? item[index] : Object.values(item).every((value) => typeof value === 'string') ? '' : undefined;
  }
  return refuse(item instanceof Nil ? 'index of nil pointer' : `can't index item of type ${typeName(item)}`);
}

const HTML: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&#34;', "'": '&#39;', '\0': '\uFFFD' };
const JS: Record<string, string> = { '\\': '\\\\', "'": "\\'", '"': '\\"', '<': '\\u003C', '>': '\\u003E', '&': '\\u0026', '=': '\\u003D', '\n': '\\u000A' };
const joined = (args: readonly unknown[]): string => (args.length === 1 && stringOf(args[0]) !== undefined ? stringOf(args[0])! : sprint(args));

const escaped = (json: string, which: RegExp): string => json.replace(which, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** As `json.Marshal`; HTML is escaped only in what contexts with methods make of themselves. */
export const toJson = (value: unknown): string =>
  escaped(JSON.stringify(plain(value)), value instanceof Struct && value.source === undefined ? /[\u2028\u2029<>&]/g : /[\u2028\u2029]/g);

const define = (takes: string, call: (...args: never[]) => unknown): TemplateFunction => ({ takes, call });

export const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map(Object.entries({
  // `and` and `or` stop early: the executor calls them argument by argument.
  and: define('vv*', (...args: unknown[]) => args.find((arg) => !isTrue(arg)) ?? args.at(-1)),
  or: define('vv*', (...args: unknown[]) => args.find(isTrue) ?? args.at(-1)),
  not: define('v', (arg: unknown) => !isTrue(arg)),
  eq: define('vv*', (first: unknown, ...rest: unknown[]) => (rest.length ? rest.some((each) => equal(first, each)) : refuse('missing argument for comparison'))),
  ne: define('vv', (a: unknown, b: unknown) => !equal(a, b)),
  lt: define('vv', less),
  le: define('vv', (a: unknown, b: unknown) => less(a, b) || equal(a, b)),
  gt: define('vv', (a: unknown, b: unknown) => !less(a, b) && !equal(a, b)),
  ge: define('vv', (a: unknown, b: unknown) => !less(a, b)),
  index: define('vv*', (item: unknown, ...keys: unknown[]) => keys.reduce(at, item)),
  slice: define('vv*', (item: unknown, ...range: unknown[]) => {
    const text = stringOf(item);
    const whole = text ?? item;
    if (typeof whole !== 'string' && !Array.isArray(whole)) return refuse(item === undefined ? 'slice of untyped nil' : `can't slice item of type ${typeName(item)}`);
    const bad = range.find((each) => typeof each !== 'number' || each < 0 || each > whole.length);
    if (bad !== undefined) return refuse(typeof bad === 'number' ? `index out of range: ${bad}` : `cannot index slice/array with type ${typeName(bad)}`);
    const [from, to] = range as number[];
    if (to !== undefined && from! > to) return refuse(`invalid slice index: ${from} > ${to}`);
    return whole.slice(from, to);
  }),
  len: define('v', (item: unknown) => {
    const text = stringOf(item);
    if (text !== undefined) return new TextEncoder().encode(text).length;
    if (Array.isArray(item)) return item.length;
    if (item instanceof Nil && item.kind !== 'pointer') return 0;
    if (isMap(item)) return Object.keys(item).length;
    return refuse((item ?? undefined) === undefined ? 'len of nil pointer' : `len of type ${typeName(item)}`);
  }),
  call: define('vv*', (item: unknown) => refuse(`non-function of type ${typeName(item)}`)),
  html: define('v*', (...args: unknown[]) => joined(args).replace(/[<>&"'\0]/g, (char) => HTML[char]!)),
  js: define('v*', (...args: unknown[]) => joined(args).replace(/[\\'"<>&=\n]/g, (char) => JS[char]!)),
  urlquery: define('v*', (...args: unknown[]) => {
    let out = '';
    for (const byte of new TextEncoder().encode(joined(args))) {
      const char = String.fromCharCode(byte);
      out += /[A-Za-z0-9_.~-]/.test(char) ? char : char === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    }
    return out;
  }),
  print: define('v*', (...args: unknown[]) => sprint(args)),
  println: define('v*', (...args: unknown[]) => args.map((arg) => print(arg, true)).join(' ') + '\n'),
  printf: define('sv*', (format: string, ...args: unknown[]) => sprintf(format, args)),
  json: define('v', toJson),
  split: define('ss', (text: string, by: string) => (by === '' ? [...text] : text.split(by))),
  join: define('ls', (parts: string[], by: string) => parts.join(by)),
  title: define('s', (text: string) => text.replace(/(^|[^\p{L}\p{Nd}_'])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())),
  lower: define('s', (text: string) => text.toLowerCase()),
  upper: define('s', (text: string) => text.toUpperCase()),
  pad: define('sii', (text: string, before: number, after: number) => (text && ' '.repeat(before) + text + ' '.repeat(after))),
  truncate: define('si', (text: string, length: number) => text.slice(0, length)),
}));

const first = (text: unknown): unknown => text;

/** For table headers: the name of the column stays what it is. */
export const HEADER_FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map([
  ...FUNCTIONS,
  ...['json', 'title', 'lower', 'upper'].map((name): [string, TemplateFunction] => [name, define('s', first)]),
  ...['split', 'join'].map((name): [string, TemplateFunction] => [name, define('ss', first)]),
  ['truncate', define('si', first)],
]);

