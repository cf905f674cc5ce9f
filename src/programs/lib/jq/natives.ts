// The functions of jq that are written here.

import { encode } from '../../../base/bytes.ts';
import { split } from './arithmetic.ts';
import { dateFunctions } from './dates.ts';
import type { Native, Result } from './evaluate.ts';
import { lostPath } from './evaluate.ts';
import { toString } from './formats.ts';
import { JsonSyntaxError, parseJson } from './parse-json.ts';
import { deletePaths, getPath, indices, setPath, type Path } from './paths.ts';
import { matches } from './regular-expressions.ts';
import { compare, described, entries, equals, isArray, isNumber, isObject, isTrue, JqError, kind, numberOf, text, toNumber, type Value } from './value.ts';

/** Of values only: the input first, then each argument's value. */
type Plain = (input: Value, ...args: Value[]) => Value;

function plain(make: Plain): Native {
  return function* (run, { value, path }, args) {
    for (const list of run.product(args, value)) yield { value: make(value, ...list), path: path === undefined ? undefined : null };
  };
}

const number = (value: Value, what = 'number required'): number => {
  if (!isNumber(value)) throw new JqError(`${described(value)} ${what}`);
  return toNumber(value);
};

function need(condition: boolean, message: string): asserts condition {
  if (!condition) throw new JqError(message);
}

function keys(value: Value, sort: boolean): Value {
  if (isArray(value)) return value.map((_, i) => i);
  if (isObject(value)) return entries(value, sort).map(([key]) => key);
  throw new JqError(`${described(value)} has no keys`);
}

function contains(a: Value, b: Value): boolean {
  if (kind(a) !== kind(b)) throw new JqError(`${described(a)} and ${described(b)} cannot have their containment checked`);
  if (isObject(a) && isObject(b)) return [...b].every(([key, value]) => a.has(key) && kind(a.get(key)!) === kind(value) && contains(a.get(key)!, value));
  if (isArray(a) && isArray(b)) return b.every((item) => a.some((other) => kind(other) === kind(item) && contains(other, item)));
  if (typeof a === 'string' && typeof b === 'string') return a.includes(b);
  return equals(a, b);
}

function flatten(value: Value, depth: number): Value[] {
  const items = isObject(value) ? [...value.values()] : value;
  need(isArray(items as Value), `Cannot iterate over ${described(value)}`);
  return (items as Value[]).flatMap((item) => (isArray(item) && depth > 0 ? flatten(item, depth - 1) : [item]));
}

/** Sorting and its kin by keys that were computed before. */
function by(input: Value, wrapped: Value, how: Value): Value {
  const order = (wrapped as Value[])[0] as Value[];
  need(isArray(input), how === 'sort' || how === 'unique' || how === 'group' ? (equals(order, isObject(input) ? [...input.values()].map((item) => [item]) : []) && how !== 'group' ? `${described(input)} cannot be sorted, as it is not an array` : `${described(input)} and ${described(order)} cannot be sorted, as they are not both arrays`) : `${described(input)} and ${described(order)} cannot be iterated over`);
  const rows = input.map((value, i) => ({ value, key: order[i]!, i })).sort((a, b) => compare(a.key, b.key) || a.i - b.i);
  if (how === 'min') return rows[0]?.value ?? null;
  if (how === 'max') return rows.at(-1)?.value ?? null;
  if (how === 'sort') return rows.map(({ value }) => value);
  const groups: { key: Value; values: Value[] }[] = [];
  for (const { value, key } of rows) {
    const last = groups.at(-1);
    if (last && equals(last.key, key)) last.values.push(value);
    else groups.push({ key, values: [value] });
  }
  return groups.map(({ values }) => (how === 'group' ? values : values[0]!));
}

const arrayOf = (value: Value): readonly Value[] => {
  need(isArray(value), `${described(value)} cannot be sorted, as it is not an array`);
  return value;
};

function extreme(value: Value, sign: number): Value {
  need(isArray(value), `${described(value)} and ${described(value)} cannot be iterated over`);
  return value.reduce<Value>((best, item, i) => (i === 0 || (sign > 0 ? compare(item, best) >= 0 : compare(item, best) < 0) ? item : best), null);
}

const math = Object.fromEntries((['floor', 'sqrt', 'ceil', 'trunc', 'fabs', 'exp', 'log', 'log2', 'log10', 'sin', 'cos', 'tan', 'cbrt'] as const).map((name) =>
  [`${name}/0`, plain((value) => (name === 'fabs' ? Math.abs : Math[name as 'floor'])(number(value)))]));

const strings = (test: (a: string, b: string) => boolean, name: string): Native => plain((value, other) => {
  need(typeof value === 'string' && typeof other === 'string', `${name}() requires string inputs`);
  return test(value, other);
});

const trim = (pattern: RegExp): Native => plain((value) => {
  need(typeof value === 'string', 'trim input must be a string');
  return value.replace(pattern, '');
});

const FUNCTIONS: Readonly<Record<string, Native>> = {
  'empty/0': function* () { /* nothing */ },
  'error/0': function* (_, { value }) { throw new JqError(value); },
  'error/1': function* (run, { value }, [message]) { for (const thrown of run.values(message!, value)) throw new JqError(thrown); },
  'not/0': plain((value) => !isTrue(value)),
  'type/0': plain(kind),
  'length/0': plain((value) => {
    if (value === null) return 0;
    need(typeof value !== 'boolean', `${described(value)} has no length`);
    return isNumber(value) ? Math.abs(toNumber(value)) : typeof value === 'string' ? [...value].length : isArray(value) ? value.length : (value as ReadonlyMap<string, Value>).size;
  }),
  'utf8bytelength/0': plain((value) => {
    need(typeof value === 'string', `${described(value)} only strings have UTF-8 byte length`);
    return encode(value).length;
  }),
  'keys/0': plain((value) => keys(value, true)),
  'keys_unsorted/0': plain((value) => keys(value, false)),
  'has/1': plain((value, key) => {
    if (value === null) return false;
    if (isObject(value) && typeof key === 'string') return value.has(key);
    if (isArray(value) && isNumber(key)) return toNumber(key) >= 0 && toNumber(key) < value.length;
    throw new JqError(`Cannot check whether ${kind(value)} has a ${kind(key)} key`);
  }),
  'contains/1': plain(contains),
  'path/1': function* (run, { value }, [filter]) {
    for (const result of run.results(filter!, { value, path: [] })) {
      if (!result.path) throw lostPath(result.value);
      yield { value: result.path, path: undefined };
    }
  },
  'getpath/1': function* (run, { value, path }, [filter]) {
    for (const key of run.values(filter!, value)) {
      need(isArray(key), 'Path must be specified as an array');
      let found: Value = null;
      try {
        found = getPath(value, key);
      } catch (error) {
        if (path === undefined || !(error instanceof JqError)) throw error;
      }
      yield { value: found, path: path && [...path, ...key] };
    }
  },
  'setpath/2': plain((value, path, item) => {
    need(isArray(path), 'Path must be specified as an array');
    return setPath(value, path, item!);
  }),
  'delpaths/1': plain((value, paths) => {
    need(isArray(paths), 'Paths must be specified as an array');
    return deletePaths(value, paths as Path[]);
  }),
  'first/1': function* (run, input, [filter]) {
    for (const result of run.results(filter!, input)) {
      yield result;
      return;
    }
  },
  'last/1': function* (run, input, [filter]) {
    let last: Result | undefined;
    for (const result of run.results(filter!, input)) last = result;
    if (last) yield last;
  },
  'range/3': function* (run, { value }, args) {
    for (const list of run.product(args, value)) {
      need(list.every(isNumber), 'Range bounds must be numeric');
      const [from, to, by] = list.map((item) => toNumber(item as number)) as [number, number, number];
      for (let i = from; by > 0 ? i < to : by < 0 && i > to; i += by) yield { value: i, path: undefined };
    }
  },
  'tostring/0': plain(toString),
  'tojson/0': plain((value) => text(value)),
  'fromjson/0': plain((value) => {
    need(typeof value === 'string', `${described(value)} only strings can be parsed`);
    try {
      return parseJson(value);
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error;
      throw new JqError(`${error.message} (while parsing '${value}')`);
    }
  }),
  'tonumber/0': plain((value) => {
    if (isNumber(value)) return value;
    need(typeof value === 'string' && /^-?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(value), `${described(value)} cannot be parsed as a number`);
    return numberOf(value);
  }),
  'toboolean/0': plain((value) => {
    need(typeof value === 'boolean' || value === 'true' || value === 'false', `${described(value)} cannot be parsed as a boolean`);
    return value === true || value === 'true';
  }),
  'sort/0': plain((value) => [...arrayOf(value)].sort(compare)),
  'min/0': plain((value) => extreme(value, -1)),
  'max/0': plain((value) => extreme(value, 1)),
  'unique/0': plain((value) => [...arrayOf(value)].sort(compare).filter((item, i, all) => i === 0 || !equals(item, all[i - 1]!))),
  '_by/2': plain((value, order, how) => by(value, order!, how!)),
  'flatten/1': plain((value, depth) => {
    need(number(depth!) >= 0, 'flatten depth must not be negative');
    return flatten(value, toNumber(depth as number));
  }),
  'indices/1': plain((value, wanted) => indices(value, wanted!)),
  'split/1': plain((value, separator) => {
    need(typeof value === 'string' && typeof separator === 'string', 'split input and separator must be strings');
    return split(value, separator);
  }),
  'startswith/1': strings((a, b) => a.startsWith(b), 'startswith'),
  'endswith/1': strings((a, b) => a.endsWith(b), 'endswith'),
  'trim/0': trim(/^\s+|\s+$/g), 'ltrim/0': trim(/^\s+/), 'rtrim/0': trim(/\s+$/),
  'explode/0': plain((value) => {
    need(typeof value === 'string', 'explode input must be a string');
    return [...value].map((character) => character.codePointAt(0)!);
  }),
  'implode/0': plain((value) => {
    need(isArray(value), 'implode input must be an array');
    return value.map((code) => String.fromCodePoint(number(code, 'can\'t be imploded, unicode codepoint needs to be numeric'))).join('');
  }),
  '_match/2': plain(matches),
  ...math,
  'round/0': plain((value) => Math.sign(number(value)) * Math.round(Math.abs(number(value)))),
  'pow/2': plain((_, a, b) => number(a!) ** number(b!)),
  'significand/0': plain((value) => {
    const x = number(value);
    return x === 0 || !Number.isFinite(x) ? x : x / 2 ** Math.floor(Math.log2(Math.abs(x)));
  }),
  'infinite/0': plain(() => Infinity), 'nan/0': plain(() => NaN), 'null/0': plain(() => null),
  'isinfinite/0': plain((value) => Math.abs(number(value)) === Infinity),
  'isnan/0': plain((value) => Number.isNaN(number(value))),
  'isnormal/0': plain((value) => Number.isFinite(number(value)) && Math.abs(number(value)) >= 2.2250738585072014e-308),
};

/** What the functions ask of the program around them. */
export interface Surroundings {
  /** The next input, undefined at the end. */
  input(): Value | undefined;
  /** Text on standard error. */
  message(text: string): void;
  now(): number;
  readonly lineNumber: () => number;
  readonly fileName: () => Value;
}

/** `halt` and `halt_error`. */
export class Halt extends Error {
  readonly status: number;

  constructor(status: number) {
    super('halt');
    this.status = status;
  }
}

export function natives(around: Surroundings): Map<string, Native> {
  return new Map<string, Native>([
    ...Object.entries(FUNCTIONS),
    ...Object.entries(dateFunctions(around.now)).map(([name, make]) => [name, plain(make)] as const),
    ['input/0', plain(() => {
      const value = around.input();
      need(value !== undefined, 'break');
      return value;
    })],
    ['debug/0', function* (_, input) {
      around.message(`["DEBUG:",${text(input.value)}]\n`);
      yield input;
    }],
    ['stderr/0', function* (_, input) {
      around.message(toString(input.value));
      yield input;
    }],
    ['input_line_number/0', plain(around.lineNumber)],
    ['input_filename/0', plain(around.fileName)],
    ['halt/0', plain(() => {
      throw new Halt(0);
    })],
    ['halt_error/1', plain((value, status) => {
      around.message(typeof value === 'string' ? value : value === null ? '' : `${text(value)}\n`);
      throw new Halt(number(status!));
    })],
  ]);
}

