// Times as text, in UTC: the calendar, strftime and the forms that programs print.

const DAY = 86_400;
export const MONTHS = 'January February March April May June July August September October November December'.split(' ');
export const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

export interface Civil {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 1 to 366. */
  readonly yearDay: number;
  readonly nanosecond: number;
}

/** Days since the epoch of a date of the Gregorian calendar; months and days may overflow. */
export function daysFromCivil(year: number, month: number, day: number): number {
  year += Math.floor((month - 1) / 12);
  month = ((((month - 1) % 12) + 12) % 12) + 1;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5);
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear + day - 1 - 719_468;
}

/** Seconds since the epoch. */
export function timegm(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  return daysFromCivil(year, month, day) * DAY + hour * 3600 + minute * 60 + second;
}

/** @param time ms since the epoch */
export function civil(time: number): Civil {
  const seconds = Math.floor(time / 1000);
  const days = Math.floor(seconds / DAY);
  const rest = seconds - days * DAY;
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return {
    year, month,
    day: dayOfYear - Math.floor((153 * mp + 2) / 5) + 1,
    hour: Math.floor(rest / 3600), minute: Math.floor(rest / 60) % 60, second: rest % 60,
    weekday: (((days + 4) % 7) + 7) % 7,
    yearDay: days - daysFromCivil(year, 1, 1) + 1,
    nanosecond: Math.min(999_999_999, Math.round((time - seconds * 1000) * 1e6)),
  };
}

const two = (value: number, fill = '0'): string => String(value).padStart(2, fill);

/** As strftime(3) of the C locale in UTC, with GNU's flags `-`, `_`, `0`, `^` and `%N`, `%:z`. */
export function strftime(format: string, time: number): string {
  const t = civil(time);
  return format.replace(/%([-_0^#]*)(\d*)(:{0,2}z|[EO]?[a-zA-Z%])/g, (whole, flags: string, width: string, conversion: string) => {
    let text = conversionText(conversion.replace(/^[EO]/, ''), t, time);
    if (text === undefined) return whole;
    if (flags.includes('-')) text = text.replace(/^[0 ]+(?=.)/, '');
    if (flags.includes('_')) text = text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length));
    if (flags.includes('0')) text = text.replace(/^ +/, (spaces) => '0'.repeat(spaces.length));
    if (flags.includes('^')) text = text.toUpperCase();
    if (width && conversion === 'N') return text.slice(0, Number(width));
    return width ? text.padStart(Number(width), flags.includes('_') || /[a-zA-Z]/.test(text) ? ' ' : '0') : text;
  });
}

function conversionText(conversion: string, t: Civil, time: number): string | undefined {
  switch (conversion) {
    case '%': return '%';
    case 'n': return '\n';
    case 't': return '\t';
    case 'a': return WEEKDAYS[t.weekday]!.slice(0, 3);
    case 'A': return WEEKDAYS[t.weekday]!;
    case 'b': case 'h': return MONTHS[t.month - 1]!.slice(0, 3);
    case 'B': return MONTHS[t.month - 1]!;
    case 'c': return strftime('%a %b %e %H:%M:%S %Y', time);
    case 'C': return two(Math.floor(t.year / 100));
    case 'd': return two(t.day);
    case 'D': case 'x': return strftime('%m/%d/%y', time);
    case 'e': return two(t.day, ' ');
    case 'F': return strftime('%Y-%m-%d', time);
    case 'g': return two(isoWeek(t).year % 100);
    case 'G': return String(isoWeek(t).year);
    case 'H': return two(t.hour);
    case 'I': return two(t.hour % 12 || 12);
    case 'j': return String(t.yearDay).padStart(3, '0');
    case 'k': return two(t.hour, ' ');
    case 'l': return two(t.hour % 12 || 12, ' ');
    case 'm': return two(t.month);
    case 'M': return two(t.minute);
    case 'N': return String(t.nanosecond).padStart(9, '0');
    case 'p': return t.hour < 12 ? 'AM' : 'PM';
    case 'P': return t.hour < 12 ? 'am' : 'pm';
    case 'q': return String(Math.ceil(t.month / 3));
    case 'r': return strftime('%I:%M:%S %p', time);
    case 'R': return strftime('%H:%M', time);
    case 's': return String(Math.floor(time / 1000));
    case 'S': return two(t.second);
    case 'T': case 'X': return strftime('%H:%M:%S', time);
    case 'u': return String(t.weekday || 7);
    case 'U': return two(Math.floor((t.yearDay + 6 - t.weekday) / 7));
    case 'V': return two(isoWeek(t).week);
    case 'w': return String(t.weekday);
    case 'W': return two(Math.floor((t.yearDay + 6 - ((t.weekday + 6) % 7)) / 7));
    case 'y': return two(t.year % 100);
    case 'Y': return String(t.year);
    case 'z': return '+0000';
    case ':z': return '+00:00';
    case '::z': return '+00:00:00';
    case 'Z': return 'UTC';
    default: return undefined;
  }
}

function isoWeek(t: Civil): { readonly year: number; readonly week: number } {
  const weekday = t.weekday || 7;
  const thursday = civil((daysFromCivil(t.year, t.month, t.day) - weekday + 4) * DAY * 1000);
  return { year: thursday.year, week: Math.ceil(thursday.yearDay / 7) };
}

/** Half a mean year, in ms: older files show their year instead of the hour. */
const HALF_YEAR = (31_556_952 / 2) * 1000;

/** `Nov 24 18:57`, or `Nov 24  2020` for a time of more than half a year ago or in the future. */
export function listingTime(time: number, now: number): string {
  return strftime(time <= now && time > now - HALF_YEAR ? '%b %e %H:%M' : '%b %e  %Y', time);
}

/** `2026-11-24 18:57:43.123456789 +0000`, as `stat` and `--full-time` print it. */
export const fullTime = (time: number): string => strftime('%Y-%m-%d %H:%M:%S.%N %z', time);
