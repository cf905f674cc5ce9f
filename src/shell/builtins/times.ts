// `times`, and what the word `time` prints.

import type { Builtin } from '../dialect.ts';
import type { Shell } from '../shell.ts';

const minutes = (ms: number, digits = 3): string => `${Math.floor(ms / 60_000)}m${((ms % 60_000) / 1000).toFixed(digits)}s`;

/** After a timed pipeline that took `ms`. */
export function formatTimes(sh: Shell, ms: number, style: 'bash' | 'posix'): string {
  if (style === 'posix') return `real ${(ms / 1000).toFixed(2)}\nuser 0.00\nsys 0.00\n`;
  const format = sh.vars.get('TIMEFORMAT') ?? '\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS';
  if (format === '') return '';
  const text = format.replace(/%(\d?)(l?)([RUSP%])/g, (_, digits: string, long: string, what: string) => {
    if (what === '%') return '%';
    if (what === 'P') return '0.00';
    const value = what === 'R' ? ms : 0;
    const places = digits === '' ? 3 : Math.min(6, Number(digits));
    return long ? minutes(value, places) : (value / 1000).toFixed(places);
  });
  return `${text}\n`;
}

export const times: Builtin = function* (sh) {
  const line = `${minutes(0)} ${minutes(0)}\n`;
  yield* sh.out(line + line);
  return 0;
};
