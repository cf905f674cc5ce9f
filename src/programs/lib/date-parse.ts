// Dates as people write them for `date -d`, `touch -d` and `find -newermt`, in UTC.

import { civil, MONTHS, timegm, WEEKDAYS } from './time-format.ts';

const UNITS: Readonly<Record<string, number>> = { sec: 1, second: 1, min: 60, minute: 60, hour: 3600, day: 86_400, week: 604_800, fortnight: 1_209_600 };
const RELATIVE: Readonly<Record<string, number>> = { yesterday: -1, today: 0, now: 0, tomorrow: 1 };

/** @param now ms since the epoch. @returns ms since the epoch; undefined for what is no date */
export function parseDate(text: string, now: number): number | undefined {
  const epoch = /^\s*@(-?\d+(?:\.\d+)?)\s*$/.exec(text);
  if (epoch) return Number(epoch[1]) * 1000;
  const start = civil(now);
  let { year, month, day } = start;
  let time: readonly [number, number, number] | undefined;
  let hasDate = false;
  let seconds = 0;
  let fraction = 0;
  let months = 0;
  let zone = 0;
  let weekday: number | undefined;
  let rest = text.replace(/\([^)]*\)/g, ' ').trim().toLowerCase();
  const eat = (pattern: RegExp): RegExpExecArray | undefined => {
    const found = pattern.exec(rest);
    if (found) rest = rest.slice(found[0].length).replace(/^[\s,]+/, '');
    return found ?? undefined;
  };
  const monthOf = (name: string): number => MONTHS.findIndex((known) => known.toLowerCase().startsWith(name)) + 1;
  while (rest) {
    let found: RegExpExecArray | undefined;
    if ((found = eat(/^(\d{4})-(\d{1,2})-(\d{1,2})(?=$|[\st,])t?/)) || (found = eat(/^(\d{4})(\d\d)(\d\d)(?=$|\s|t)t?/)) || (found = eat(/^(\d{4})\/(\d{1,2})\/(\d{1,2})/))) {
      [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
      hasDate = true;
    } else if ((found = eat(/^(\d{1,2})\/(\d{1,2})\/(\d{4})/))) {
      [month, day, year] = [Number(found[1]), Number(found[2]), Number(found[3])];
      hasDate = true;
    } else if ((found = eat(/^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(am|pm)?/))) {
      const hour = Number(found[1]) % (found[5] ? 12 : 25) + (found[5] === 'pm' ? 12 : 0);
      time = [hour, Number(found[2]), Number(found[3] ?? 0)];
      fraction = Number(`0.${found[4] ?? 0}`);
    } else if ((found = eat(/^(utc|gmt|z)(?![a-z])/))) {
      zone = 0;
    } else if (time && (found = eat(/^([+-])(\d\d):?(\d\d)(?=$|\s)/))) {
      zone = (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 3600 + Number(found[3]) * 60);
    } else if ((found = eat(/^([a-z]{3,9})\.?\s+(\d{1,2})(?:\s*,\s*|\s+)?((?<=[\s,])\d{4}(?![\d:]))?(?![\d:])/)) && monthOf(found[1]!)) {
      [month, day, year] = [monthOf(found[1]!), Number(found[2]), Number(found[3] ?? year)];
      hasDate = true;
    } else if (!found && (found = eat(/^(\d{1,2})[\s-]([a-z]{3,9})(?:[\s-](\d{4}))?(?![\d:])/)) && monthOf(found[2]!)) {
      [day, month, year] = [Number(found[1]), monthOf(found[2]!), Number(found[3] ?? year)];
      hasDate = true;
    } else if (found) {
      // A month's pattern took words that are none: read them as an amount.
      rest = `${found[0]} ${rest}`.trim();
      const amount = eat(/^(next|last|a|an|this|[+-]?\s*\d+)\s*([a-z]+?)s?(\s+ago)?(?![a-z])/);
      if (!amount || !relative(amount)) return undefined;
    } else if ((found = eat(/^(next|last|this|[+-]?\s*\d+)\s*([a-z]+?)s?(\s+ago)?(?![a-z])/))) {
      if (!relative(found)) return undefined;
    } else if ((found = eat(/^([a-z]+)/))) {
      const word = found[1]!;
      if (word in RELATIVE) seconds += RELATIVE[word]! * 86_400;
      else if (word === 'midnight' || word === 'noon') time = [word === 'noon' ? 12 : 0, 0, 0];
      else if (word.length >= 3 && WEEKDAYS.some((name) => name.toLowerCase().startsWith(word))) weekday = WEEKDAYS.findIndex((name) => name.toLowerCase().startsWith(word));
      else if (word in UNITS) seconds += UNITS[word]!;
      else return undefined;
    } else return undefined;
  }
  if (month < 1 || month > 12 || day < 1 || day > 31 || (time && (time[0] > 24 || time[1] > 59 || time[2] > 60))) return undefined;
  if (hasDate && civil(timegm(year, month, day) * 1000).day !== day) return undefined;
  let clock = time ?? [0, 0, 0];
  if (!time && !hasDate && weekday === undefined) {
    clock = [start.hour, start.minute, start.second];
    fraction = start.nanosecond / 1e9;
  }
  if (weekday !== undefined && !hasDate) day += (weekday - start.weekday + 7) % 7;
  return (timegm(year, month + months, day, ...clock) - zone + seconds + fraction) * 1000;

  function relative([, count, unit, ago]: RegExpExecArray): boolean {
    const named = { next: 1, last: -1, this: 0, a: 1, an: 1 }[count!];
    const amount = (named ?? Number(count!.replace(/\s/g, ''))) * (ago ? -1 : 1);
    if (unit === 'month') months += amount;
    else if (unit === 'year') months += 12 * amount;
    else if (UNITS[unit!]) seconds += amount * UNITS[unit!]!;
    else return false;
    return true;
  }
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
