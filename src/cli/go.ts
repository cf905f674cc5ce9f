// How Go writes things: quoted strings, %g numbers, times, lower-case errors.

import { KernelError } from '../kernel/errno.ts';

/** As `strconv.Quote` (`%q`). */
export function quote(text: string): string {
  const NAMED: Record<string, string> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '"': '\\"', '\\': '\\\\', '\u0007': '\\a', '\b': '\\b', '\f': '\\f', '\v': '\\v' };
  let out = '"';
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (NAMED[char]) out += NAMED[char];
    else if (code < 0x20 || code === 0x7f) out += '\\x' + code.toString(16).padStart(2, '0');
    else out += char;
  }
  return out + '"';
}

/** As `%.<digits>g`. */
export function general(value: number, digits: number): string {
  if (value === 0) return '0';
  const [mantissa, power] = value.toExponential(digits - 1).split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < digits) return String(Number(value.toPrecision(digits)));
  return `${Number(mantissa)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** Civil time of ms since the epoch, UTC: [year, month, day, hour, minute, second]. */
export function civil(ms: number): [number, number, number, number, number, number] {
  const days = Math.floor(ms / 86_400_000);
  const seconds = Math.floor((ms - days * 86_400_000) / 1000);
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return [yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - Math.floor((153 * mp + 2) / 5) + 1,
    Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
}

/** ms since the epoch of a UTC civil time. */
export function fromCivil(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  return (((era * 146_097 + doe - 719_468) * 24 + hour) * 60 + minute) * 60_000 + second * 1000;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `2006-01-02T15:04:05` with the separator given. */
export function dateTime(ms: number, separator = 'T'): string {
  const [year, month, day, hour, minute, second] = civil(ms);
  return `${year}-${two(month)}-${two(day)}${separator}${two(hour)}:${two(minute)}:${two(second)}`;
}

/** ms of an RFC 3339 time; 0 for what is none. */
export function parseTime(text: string): number {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!match) return 0;
  const zone = match[8] === 'Z' ? 0 : (match[8]!.startsWith('-') ? -1 : 1) * (Number(match[8]!.slice(1, 3)) * 60 + Number(match[8]!.slice(4)));
  return fromCivil(+match[1]!, +match[2]!, +match[3]!, +match[4]!, +match[5]!, +match[6]!) + Number(match[7] ?? 0) * 1000 - zone * 60_000;
}

/** The text of a Go `*os.PathError`: `open nofile: no such file or directory`. Rethrows what is no KernelError. */
export function pathError(operation: string, path: string, error: unknown): string {
  if (!(error instanceof KernelError)) throw error;
  return `${operation} ${path}: ${error.message.toLowerCase()}`;
}

/** As `filepath.Clean`. */
export function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (!part || part === '.') continue;
    if (part === '..' && parts.length && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !path.startsWith('/')) parts.push(part);
  }
  return (path.startsWith('/') ? '/' : '') + parts.join('/') || '.';
}

/** As `filepath.Join`. */
export const joinPath = (...parts: readonly string[]): string => cleanPath(parts.filter(Boolean).join('/'));
/** As `filepath.Base`. */
export const baseName = (path: string): string => (path === '' ? '.' : path.replace(/\/+$/, '').split('/').pop()! || '/');
/** As `filepath.Dir`. */
export const dirName = (path: string): string => cleanPath(path.slice(0, path.lastIndexOf('/') + 1) || '.');
