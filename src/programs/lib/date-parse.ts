// Dates as people write them for `date -d`, `touch -d` and `find -newermt`, in UTC: the grammar of gnulib's parse-datetime.

import { civil, MONTHS, timegm, WEEKDAYS } from './time-format.ts';

/** What a word is, and its value: days of a DAYS, seconds of a SECONDS, hours east of a ZONE. */
type Token = readonly [kind: string, value: number, digits?: number];

const UNITS: Readonly<Record<string, Token>> = {
  year: ['YEAR', 1], month: ['MONTHS', 1], fortnight: ['DAYS', 14], week: ['DAYS', 7], day: ['DAYS', 1],
  hour: ['SECONDS', 3600], minute: ['SECONDS', 60], min: ['SECONDS', 60], second: ['SECONDS', 1], sec: ['SECONDS', 1],
};
const WORDS: Readonly<Record<string, Token>> = {
  tomorrow: ['SHIFT', 1], yesterday: ['SHIFT', -1], today: ['SHIFT', 0], now: ['SHIFT', 0], last: ['ORDINAL', -1], this: ['ORDINAL', 0], next: ['ORDINAL', 1],
  ...Object.fromEntries('first,,third,fourth,fifth,sixth,seventh,eighth,ninth,tenth,eleventh,twelfth'.split(',').map((name, index): [string, Token] => [name, ['ORDINAL', index + 1]])),
  ago: ['AGO', -1], hence: ['AGO', 1], am: ['HALF', 0], pm: ['HALF', 12], t: ['T', -7],
  ...Object.fromEntries('gmt 0,utc 0,ut 0,wet 0,z 0,bst 1,cet 1,cest 2,eet 2,eest 3,msk 3,ist 5.5,jst 9,est -5,edt -4,cst -6,cdt -5,mst -7,mdt -6,pst -8,pdt -7'
    .split(',').map((zone): [string, Token] => [zone.split(' ')[0]!, ['ZONE', Number(zone.split(' ')[1])]])),
  ...Object.fromEntries([...'abcdefghiklm'].map((letter, index): [string, Token] => [letter, ['ZONE', index + 1]])),
  ...Object.fromEntries([...'nopqrs'].map((letter, index): [string, Token] => [letter, ['ZONE', -index - 1]])),
  ...Object.fromEntries([...'uvwxy'].map((letter, index): [string, Token] => [letter, ['ZONE', -index - 8]])),
};

function wordToken(text: string): Token {
  const word = text.replaceAll('.', '').toLowerCase();
  const named = (names: readonly string[]): number => names.findIndex((name) => word === name.toLowerCase() || word === name.slice(0, 3).toLowerCase() || (word === 'sept' && name === 'September') || /^(tues|wednes|thur|thurs)$/.test(word) && name.toLowerCase().startsWith(word));
  if (named(MONTHS) >= 0) return ['MONTH', named(MONTHS) + 1];
  if (named(WEEKDAYS) >= 0) return ['WEEKDAY', named(WEEKDAYS)];
  const unit = (name: string): Token | undefined => (Object.hasOwn(UNITS, name) ? UNITS[name] : undefined);
  return unit(word) ?? unit(word.replace(/s$/, '')) ?? (Object.hasOwn(WORDS, word) ? WORDS[word]! : ['?', 0]);
}

/** Signed numbers are S, others U; those with a fraction SD and UD. */
function tokens(text: string): Token[] {
  const list: Token[] = [];
  for (const [all, sign, number, word, other] of text.replace(/\([^)]*\)/g, ' ').matchAll(/([+-]\s*)?(\d+(?:[.,]\d+)?)|([a-z][a-z.]*)|([^\s+-])/gi)) {
    if (word) list.push(wordToken(word));
    else if (other) list.push([other, 0]);
    else list.push([(sign ? 'S' : 'U') + (/[.,]/.test(all) ? 'D' : ''), Number(number!.replace(',', '.')) * (sign?.startsWith('-') ? -1 : 1), number!.length]);
  }
  return list;
}

const yearOf = ([, value, digits]: Token): number => (digits === 2 ? Math.abs(value) + (Math.abs(value) < 69 ? 2000 : 1900) : Math.abs(value));

/** @param now ms since the epoch. @returns ms since the epoch; undefined for what is no date */
export function parseDate(text: string, now: number): number | undefined {
  const epoch = /^\s*@\s*([+-]?\d+(?:[.,]\d+)?)\s*$/.exec(text);
  if (epoch) return Number(epoch[1]!.replace(',', '.')) * 1000;
  const start = civil(now), list = tokens(text.replace(/^\s*TZ="(?:UTC|GMT)0?"\s*/, ''));
  let { year, month, day } = start, clock: readonly number[] = [start.hour, start.minute, start.second + start.nanosecond / 1e9];
  let zone = 0, weekday = 0, ordinal = 0, hasYear = false;
  const seen = { time: 0, date: 0, day: 0, zone: 0 }, shift = { YEAR: 0, MONTHS: 0, DAYS: 0, SECONDS: 0 };
  let relative = false, at = 0;
  /** The kinds that follow, eaten when they match. */
  const eat = (kinds: string): boolean => {
    const wanted = kinds.split(' ');
    if (!wanted.every((kind, index) => kind.split('|').includes(list[at + index]?.[0] ?? ''))) return false;
    at += wanted.length;
    return true;
  };
  const setDate = (y: Token | undefined, m: number, d: number): void => {
    if (y) [year, hasYear] = [yearOf(y), true];
    [month, day] = [m, d];
    seen.date++;
  };
  const offset = (): void => {
    const [, amount, digits] = list[at++]!;
    const minutes = eat(': U') ? list[at - 1]![1] : undefined;
    const size = Math.abs(amount), sign = Math.sign(amount) || 1;
    zone += sign * (minutes !== undefined ? size * 60 + minutes : digits! <= 2 ? size * 60 : Math.floor(size / 100) * 60 + (size % 100)) * 60;
  };
  const add = (amount: number, [kind, size]: Token): void => {
    relative = true;
    shift[kind as keyof typeof shift] += amount * size * (eat('AGO') ? list[at - 1]![1] : 1);
  };
  const UNIT = 'YEAR|MONTHS|DAYS|SECONDS';
  while (at < list.length) {
    const from = at, token = (index: number): Token => list[from + index]!;
    const time = (hours: number, minutes: number, seconds: number): void => {
      if (eat('HALF')) hours = hours < 1 || hours > 12 ? NaN : (hours % 12) + list[at - 1]![1];
      else if (list[at]?.[0] === 'S') {
        seen.zone++;
        offset();
      }
      clock = [hours, minutes, seconds];
      seen.time++;
    };
    if (eat('U : U : U|UD')) time(token(0)[1], token(2)[1], token(4)[1]);
    else if (eat('U : U')) time(token(0)[1], token(2)[1], 0);
    else if (list[at + 1]?.[0] === 'HALF' && eat('U')) time(token(0)[1], 0, 0);
    else if (eat('U / U / U')) setDate(...(token(0)[2]! >= 4 ? [token(0), token(2)[1], token(4)[1]] as const : [token(4), token(0)[1], token(2)[1]] as const));
    else if (eat('U / U')) setDate(undefined, token(0)[1], token(2)[1]);
    else if (eat('U S S')) setDate(token(0), -token(1)[1], -token(2)[1]);
    else if (eat('U MONTH S') || eat('U MONTH U') && list[at]?.[0] !== ':') setDate(token(2), token(1)[1], token(0)[1]);
    else if (((at = from), eat('U MONTH'))) setDate(undefined, token(1)[1], token(0)[1]);
    else if (eat('MONTH S S')) setDate(token(2), token(0)[1], -token(1)[1]);
    else if (eat('MONTH U , U')) setDate(token(3), token(0)[1], token(1)[1]);
    else if (eat('MONTH U')) setDate(undefined, token(0)[1], token(1)[1]);
    else if (eat('WEEKDAY')) [weekday, ordinal] = [token(0)[1], (eat(','), seen.day++, 0)];
    else if (eat('ORDINAL|U WEEKDAY')) [weekday, ordinal] = [token(1)[1], (seen.day++, token(0)[1])];
    else if (eat(`ORDINAL|U|S ${UNIT}`)) add(token(0)[1], token(1));
    else if (list[at + 1]?.[0] === 'SECONDS' && list[at + 1]![1] === 1 && eat('UD|SD SECONDS')) add(token(0)[1], token(1));
    else if (eat(UNIT)) add(1, token(0));
    else if (eat('SHIFT')) add(token(0)[1], UNITS['day']!);
    else if (list[at + 1]?.[0] === 'U' && seen.date && eat('T')) continue;
    else if (eat('ZONE|T')) {
      seen.zone++;
      zone += token(0)[1] * 3600;
      if (list[at]?.[0] === 'S' && !UNIT.split('|').includes(list[at + 1]?.[0] ?? '')) offset();
    } else if (eat('U')) {
      const [, amount, digits] = token(0);
      if (seen.date && !hasYear && !relative && (seen.time || digits! > 2)) [year, hasYear] = [yearOf(token(0)), true];
      else if (digits! > 4) setDate(['U', Math.floor(amount / 10_000), digits! - 4], Math.floor(amount / 100) % 100, amount % 100);
      else if (digits! <= 2) time(amount, 0, 0);
      else time(Math.floor(amount / 100), amount % 100, 0);
    } else return undefined;
  }
  if (Object.values(seen).some((times) => times > 1)) return undefined;
  if (!seen.time && (!relative || seen.date || seen.day)) clock = [0, 0, 0];
  const [hour = 0, minute = 0, second = 0] = clock;
  if (!(month >= 1 && month <= 12 && day >= 1 && hour < 24 && minute < 60 && second < 60)) return undefined;
  if (civil(timegm(year, month, day) * 1000).day !== day) return undefined;
  if (seen.day && !seen.date) day += ((weekday - start.weekday + 7) % 7) + 7 * (ordinal - (ordinal > 0 && start.weekday !== weekday ? 1 : 0));
  return (timegm(year + shift.YEAR, month + shift.MONTHS, day + shift.DAYS, hour, minute, 0) + second - zone + shift.SECONDS) * 1000;
}

/** `[[CC]YY]MMDDhhmm[.ss]` of `touch -t`. @returns ms since the epoch */
export function parseTouchStamp(text: string, now: number): number | undefined {
  const found = /^(?:(\d\d)?(\d\d))?(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/.exec(text);
  if (!found) return undefined;
  const [, century, short, month, day, hour, minute, second] = found;
  const year = short === undefined ? civil(now).year : century === undefined ? Number(short) + (Number(short) < 69 ? 2000 : 1900) : Number(century + short);
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31 || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return timegm(year, Number(month), Number(day), Number(hour), Number(minute), Number(second ?? 0)) * 1000;
}

/** The few forms that BusyBox reads; a date alone keeps the time of day. @returns ms since the epoch */
export function busyboxDate(text: string, now: number): number | undefined {
  const epoch = /^@(-?\d+)$/.exec(text);
  if (epoch) return Number(epoch[1]) * 1000;
  const t = civil(now);
  const found = /^(?:(?:(?:(\d+)[-.])?(\d+)[-.](\d+)[- ])?(\d+):(\d+)(?::(\d+))?)$/.exec(text);
  if (found) {
    const [, year, month, day, hour, minute, second] = found;
    return timegm(Number(year ?? t.year), Number(month ?? t.month), Number(day ?? t.day), Number(hour), Number(minute), second === undefined ? t.second : Number(second)) * 1000;
  }
  const date = /^(\d{4})-(\d+)-(\d+)$/.exec(text);
  if (date) return timegm(Number(date[1]), Number(date[2]), Number(date[3]), t.hour, t.minute, t.second) * 1000;
  const clock = /^(\d\d)?(\d\d)$/.exec(text);
  if (clock) return timegm(t.year, t.month, t.day, Number(clock[1] ?? t.hour), Number(clock[2])) * 1000;
  return parseTouchStamp(text, now);
}
