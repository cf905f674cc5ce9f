// The values of jq: their kinds, order and text.

/** A number whose text in the input would be lost as a double; arithmetic turns it into one. */
export class Literal {
  readonly value: number;
  readonly text: string;

  constructor(value: number, text: string) {
    this.value = value;
    this.text = text;
  }
}

export type JqObject = ReadonlyMap<string, Value>;
export type Value = null | boolean | number | Literal | string | readonly Value[] | JqObject;

/** What `error` throws; any value can be thrown. */
export class JqError extends Error {
  readonly value: Value;

  constructor(value: Value) {
    super(typeof value === 'string' ? value : '');
    this.value = value;
  }
}

export const isObject = (value: Value): value is JqObject => value instanceof Map;
export const isArray = (value: Value): value is readonly Value[] => Array.isArray(value);
export const isNumber = (value: Value): value is number | Literal => typeof value === 'number' || value instanceof Literal;
export const isTrue = (value: Value): boolean => value !== null && value !== false;
export const toNumber = (value: number | Literal): number => (typeof value === 'number' ? value : value.value);

export function kind(value: Value): string {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  if (isObject(value)) return 'object';
  return isNumber(value) ? 'number' : typeof value;
}

/** A number as it was written, when a double would not print so. */
export function numberOf(text: string): number | Literal {
  const value = Number(text);
  const canonical = literalText(text);
  return canonical === numberText(value) ? value : new Literal(value, canonical);
}

/** As decNumber's to-scientific-string. */
function literalText(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^(-?)(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+(?=\d)/, '');
  const scale = Number(exponent) - fraction.length;
  const adjusted = scale + digits.length - 1;
  if (digits === '0' && scale === 0) return sign === '-' ? '-0' : '0';
  if (scale <= 0 && adjusted >= -6) {
    if (scale === 0) return sign + digits;
    const padded = digits.padStart(1 - scale, '0');
    return `${sign}${padded.slice(0, scale)}.${padded.slice(scale)}`;
  }
  return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}E${adjusted < 0 ? '' : '+'}${adjusted}`;
}

/** The shortest text that reads back, in the layout of David Gay's freedtoa. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (!Number.isFinite(value)) return value > 0 ? '1.7976931348623157e+308' : '-1.7976931348623157e+308';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [, sign, lead, rest = '', power] = /^(-?)(\d)(?:\.(\d+))?e([-+]\d+)$/.exec(value.toExponential())!;
  const digits = lead! + rest;
  const point = Number(power) + 1;
  if (point <= -4 || point > digits.length + 15) {
    const exponent = String(Math.abs(point - 1)).padStart(2, '0');
    return `${sign}${lead}${rest && `.${rest}`}e${point - 1 < 0 ? '-' : '+'}${exponent}`;
  }
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + (point >= digits.length ? digits.padEnd(point, '0') : `${digits.slice(0, point)}.${digits.slice(point)}`);
}

export function quoted(text: string, ascii = false): string {
  let result = '"';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const escape = ({ 34: '\\"', 92: '\\\\', 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r' } as Record<number, string>)[code];
    result += escape ?? (code < 32 || code === 127 || ascii && code > 126 ? `\\u${code.toString(16).padStart(4, '0')}` : text[i]);
  }
  return `${result}"`;
}

export interface Format {
  /** Spaces per level; '' for one line. */
  readonly indent: string;
  readonly sort: boolean;
  readonly ascii: boolean;
  /** Escape codes for null, false, true, numbers, strings, arrays, objects, keys. */
  readonly colors?: readonly string[] | undefined;
}

const COMPACT: Format = { indent: '', sort: false, ascii: false };

export function text(value: Value, format: Format = COMPACT, level = 0): string {
  const { indent, colors } = format;
  const paint = (color: number, part: string): string => (colors ? `\u001b[${colors[color]}m${part}\u001b[0m` : part);
  if (value === null) return paint(0, 'null');
  if (typeof value === 'boolean') return paint(value ? 2 : 1, String(value));
  if (typeof value === 'number') return paint(3, numberText(value));
  if (value instanceof Literal) return paint(3, value.text);
  if (typeof value === 'string') return paint(4, quoted(value, format.ascii));
  const array = isArray(value);
  const color = array ? 5 : 6;
  const [open, close] = array ? '[]' : '{}';
  const size = array ? value.length : (value as JqObject).size;
  if (!size) return paint(color, open! + close);
  const line = indent ? `\n${indent.repeat(level + 1)}` : '';
  const parts = array ? value.map((item) => text(item, format, level + 1))
    : entries(value as JqObject, format.sort).map(([key, item]) => `${paint(7, quoted(key, format.ascii))}${paint(6, ':')}${indent && ' '}${text(item, format, level + 1)}`);
  return paint(color, open!) + line + parts.join(paint(color, ',') + line) + (indent ? `\n${indent.repeat(level)}` : '') + paint(color, close!);
}

export function entries(object: JqObject, sort: boolean): [string, Value][] {
  const all = [...object];
  return sort ? all.sort(([a], [b]) => compareText(a, b)) : all;
}

/** `string ("abc")`, cut short as in error messages. */
export function described(value: Value): string {
  return `${kind(value)} (${short(value)})`;
}

export function short(value: Value): string {
  const whole = text(value);
  if (whole.length <= 29) return whole;
  return /["\]}]$/.test(whole) ? `${whole.slice(0, 25)}...${whole.at(-1)}` : `${whole.slice(0, 26)}...`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const rank = (value: Value): number => (value === null ? 0 : value === false ? 1 : value === true ? 2 : isNumber(value) ? 3 : typeof value === 'string' ? 4 : isArray(value) ? 5 : 6);

export function compare(a: Value, b: Value): number {
  const difference = rank(a) - rank(b);
  if (difference) return difference;
  if (isNumber(a)) {
    const [x, y] = [toNumber(a), toNumber(b as number)];
    return x < y || Number.isNaN(x) ? -1 : x === y ? 0 : 1;
  }
  if (typeof a === 'string') return compareText(a, b as string);
  if (isArray(a)) {
    const other = b as readonly Value[];
    for (let i = 0; i < Math.min(a.length, other.length); i++) {
      const order = compare(a[i]!, other[i]!);
      if (order) return order;
    }
    return a.length - other.length;
  }
  if (!isObject(a)) return 0;
  const [x, y] = [entries(a, true), entries(b as JqObject, true)];
  const keys = compare(x.map(([key]) => key), y.map(([key]) => key));
  if (keys) return keys;
  for (let i = 0; i < x.length; i++) {
    const order = compare(x[i]![1], y[i]![1]);
    if (order) return order;
  }
  return 0;
}

export const equals = (a: Value, b: Value): boolean => compare(a, b) === 0;
