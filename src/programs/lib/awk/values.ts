// The values of awk: numbers, strings, strings that look like numbers, and arrays in the order of the real implementations.

import { formatFloat, general, type Conversion } from '../number-format.ts';
import { fromLatin } from '../text.ts';

/** Input that looks like a number: compares as one. */
export class Numeric {
  readonly text: string;
  readonly number: number;

  constructor(text: string, number: number) {
    this.text = text;
    this.number = number;
  }
}

/** undefined is what was never set: both '' and 0. */
export type Scalar = number | string | Numeric | undefined;

/** A variable: a scalar, or an array once it was used as one. */
export class Cell {
  value: Scalar;
  array: AwkArray | undefined;
  /** The caller's variable, which becomes an array when this one does. */
  readonly origin: Cell | undefined;

  constructor(value?: Scalar, array?: AwkArray, origin?: Cell) {
    this.value = value;
    this.array = array;
    this.origin = origin;
  }

  asArray(make: () => AwkArray): AwkArray {
    return (this.array ??= this.origin ? this.origin.asArray(make) : make());
  }
}

/** Elements, and the order in which `for (k in a)` visits them: that of mawk's or BusyBox's hash table. */
export class AwkArray {
  readonly elements = new Map<string, Scalar>();
  readonly #mawk: boolean;

  constructor(mawk: boolean) {
    this.#mawk = mawk;
  }

  get(key: string): Scalar {
    const value = this.elements.get(key);
    if (this.elements.has(key)) {
      // mawk moves what it finds to the front of its bucket.
      if (this.#mawk) {
        this.elements.delete(key);
        this.elements.set(key, value);
      }
    } else this.elements.set(key, undefined);
    return value;
  }

  set(key: string, value: Scalar): void {
    if (this.#mawk) this.elements.delete(key);
    this.elements.set(key, value);
  }

  keys(): string[] {
    const buckets: string[][] = [];
    let size = this.#mawk ? 64 : 61;
    if (this.#mawk) while (this.elements.size > size * 12) size *= 2;
    for (const key of this.elements.keys()) (buckets[hash(key, this.#mawk) % size] ??= []).unshift(key);
    return buckets.flat().filter((key) => key !== undefined);
  }
}

function hash(key: string, mawk: boolean): number {
  let value = mawk ? 2166136261 : 0;
  for (const byte of fromLatin(key)) value = mawk ? Math.imul(value ^ byte, 16777619) >>> 0 : (Math.imul(value, 63) + byte) >>> 0;
  return value;
}

const LEADING = /^[ \t\n\r\f\v]*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/;
const WHOLE = /^[ \t\n\r\f\v]*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[ \t\n\r\f\v]*$/;

export function toNumber(value: Scalar): number {
  if (typeof value === 'number') return value;
  if (value === undefined) return 0;
  if (value instanceof Numeric) return value.number;
  return Number(LEADING.exec(value)?.[1] ?? 0);
}

/** What was read or given on the command line. */
export function fromInput(text: string): Scalar {
  return WHOLE.test(text) ? new Numeric(text, Number(text)) : text;
}

export function numberText(value: number, format: string): string {
  if (Number.isNaN(value)) return '-nan';
  if (!Number.isFinite(value)) return value > 0 ? '+inf' : '-inf';
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return BigInt(value).toString();
  if (format === '%.6g') return general(value);
  const found = /^%([-+ #0]*)(\d*)(?:\.(\d*))?([efgEFGd])$/.exec(format);
  if (!found) return general(value);
  const conversion: Conversion = { flags: found[1]!, width: Number(found[2]), precision: found[3] === undefined ? undefined : Number(found[3]), letter: found[4]! };
  return conversion.letter === 'd' ? String(Math.trunc(value)) : formatFloat(conversion, value);
}

export function toText(value: Scalar, format: string): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  return value instanceof Numeric ? value.text : numberText(value, format);
}

export const isTrue = (value: Scalar): boolean => (typeof value === 'string' ? value !== '' : toNumber(value) !== 0);

export function compare(a: Scalar, b: Scalar, format: string): number {
  if (typeof a !== 'string' && typeof b !== 'string') return toNumber(a) - toNumber(b);
  const [x, y] = [toText(a, format), toText(b, format)];
  return x < y ? -1 : x > y ? 1 : 0;
}
