// Counts on command lines: `10`, `2K`, `1MB`, `+5`, `-3`, as `xstrtol` and `xatoul_sfx` read them.

import type { Io } from './messages.ts';
import { quote } from './quote.ts';

const LETTERS = 'KMGTPEZYRQ';

/** Bytes or lines; undefined when it is no count. A sign is not part of it. */
export function parseCount(text: string, gnu: boolean): number | undefined {
  const found = /^(\d+)([a-zA-Z]*)$/.exec(text);
  if (!found) return undefined;
  const [, digits, suffix] = found;
  const value = Number(digits);
  if (!suffix) return value;
  if (suffix === 'b') return value * 512;
  const power = LETTERS.indexOf(suffix[0]!.toUpperCase()) + 1;
  if (!power) return undefined;
  if (!gnu) return suffix.length === 1 && power <= 3 ? value * 1024 ** power : undefined;
  if (suffix.length === 1 || suffix.slice(1) === 'iB') return value * 1024 ** power;
  return suffix.slice(1) === 'B' ? value * 1000 ** power : undefined;
}

/** As `parseCount`, or the program ends with `what: ‘text’` (GNU) or `invalid number 'text'` (BusyBox). */
export function count(io: Io, text: string, what: string, status = 1): number {
  return parseCount(text, io.gnu) ?? io.die(io.gnu ? `${what}: ${quote(text)}` : `invalid number '${text}'`, status);
}

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86400 };

/** Seconds of `1.5`, `2m`, `1h`; undefined when it is no time. */
export function parseDuration(text: string): number | undefined {
  const found = /^([0-9]*\.?[0-9]*(?:e[-+]?\d+)?|inf(?:inity)?)([smhd]?)$/i.exec(text);
  if (!found || !found[1] || found[1] === '.') return undefined;
  const value = /^inf/i.test(found[1]) ? Infinity : Number(found[1]);
  return Number.isNaN(value) ? undefined : value * UNITS[found[2]!]!;
}
