// The time functions of jq, in UTC.

import { civil, MONTHS, strftime, timegm, WEEKDAYS } from '../time-format.ts';
import { isArray, isNumber, JqError, toNumber, type Value } from './value.ts';

function broken(seconds: number): Value {
  const t = civil(seconds * 1000);
  return [t.year, t.month - 1, t.day, t.hour, t.minute, t.second + (seconds - Math.floor(seconds)), t.weekday, t.yearDay - 1];
}

function secondsOf(value: Value, name: string): number {
  if (isNumber(value)) return toNumber(value);
  if (!isArray(value) || value.length < 6 || !value.every(isNumber)) throw new JqError(`${name} requires parsed datetime inputs`);
  const [year, month, day, hour, minute, second] = value.map((part) => toNumber(part as number)) as [number, number, number, number, number, number];
  return timegm(year, month + 1, day, hour, minute, Math.floor(second));
}

/** By name and arity: the input first. @param now seconds since the epoch */
export const dateFunctions = (now: () => number): Readonly<Record<string, (input: Value, argument?: Value) => Value>> => ({
  'now/0': now,
  'gmtime/0': (value) => {
    if (!isNumber(value)) throw new JqError('gmtime() requires a number');
    return broken(toNumber(value));
  },
  'localtime/0': (value) => broken(toNumber(value as number)),
  'mktime/0': (value) => {
    if (!isArray(value)) throw new JqError('mktime requires array of 6 numbers');
    return secondsOf(value, 'mktime');
  },
  'strftime/1': (value, format) => {
    const seconds = secondsOf(value, 'strftime/1');
    if (typeof format !== 'string') throw new JqError('strftime/1 requires a string format');
    return strftime(format, Math.floor(seconds) * 1000);
  },
  'strptime/1': (value, format) => {
    if (typeof value !== 'string' || typeof format !== 'string') throw new JqError('strptime/1 requires string inputs and arguments');
    return strptime(value, format) ?? fail(value, format);
  },
});

function fail(value: string, format: string): never {
  throw new JqError(`date "${value}" does not match format "${format}"`);
}

const FIELDS: Readonly<Record<string, string>> = { Y: '\\d{4}', m: '\\d\\d?', d: '\\d\\d?', e: ' ?\\d\\d?', H: '\\d\\d?', M: '\\d\\d?', S: '\\d\\d?', j: '\\d{1,3}', y: '\\d\\d', Z: '[A-Za-z]+', z: '[-+]\\d\\d:?\\d\\d|Z', s: '\\d+' };

function strptime(text: string, format: string): Value | undefined {
  const names: string[] = [];
  const expanded = format.replace(/%T/g, '%H:%M:%S').replace(/%F/g, '%Y-%m-%d').replace(/%D/g, '%m/%d/%y').replace(/%R/g, '%H:%M');
  const source = expanded.replace(/%([a-zA-Z%])|[\\^$.*+?()[\]{}|]/g, (whole, letter?: string) => {
    if (!letter) return `\\${whole}`;
    if (letter === '%') return '%';
    names.push(letter);
    return `(${/[bBh]/.test(letter) ? MONTHS.map((name) => `${name}|${name.slice(0, 3)}`).join('|') : /[aA]/.test(letter) ? WEEKDAYS.map((name) => `${name}|${name.slice(0, 3)}`).join('|') : FIELDS[letter] ?? '.*?'})`;
  }).replace(/\s+/g, '\\s*');
  const found = new RegExp(`^${source}$`, 'i').exec(text);
  if (!found) return undefined;
  const field = (letter: string): string | undefined => {
    const at = names.indexOf(letter);
    return at < 0 ? undefined : found[at + 1];
  };
  const epoch = field('s');
  if (epoch) return broken(Number(epoch));
  const monthName = field('b') ?? field('B') ?? field('h');
  const month = monthName ? MONTHS.findIndex((name) => name.toLowerCase().startsWith(monthName.slice(0, 3).toLowerCase())) + 1 : Number(field('m') ?? 1);
  const short = field('y');
  const year = Number(field('Y') ?? (short ? Number(short) + (Number(short) < 69 ? 2000 : 1900) : 1900));
  const day = Number(field('d') ?? field('e') ?? 1);
  return broken(timegm(year, month, day, Number(field('H') ?? 0), Number(field('M') ?? 0), Number(field('S') ?? 0)));
}
