// The colours of names in listings: GNU's LS_COLORS with its defaults, and BusyBox's fixed ones.

import { isBlockDevice, isCharDevice, isDirectory, isFifo, isRegular, isSocket, isSymlink } from '../../kernel/stat.ts';

/** Wraps a name. `mode` is undefined for a link whose target is missing. */
export type Colourer = (name: string, mode: number | undefined) => string;

const DEFAULTS = 'rs=0:di=01;34:ln=01;36:pi=33:so=01;35:bd=01;33:cd=01;33:su=37;41:sg=30;43:tw=30;42:ow=34;42:st=37;44:ex=01;32';

/** @param started whether the leading reset was written already: GNU writes one before the first colour */
export function gnuColours(variable: string | undefined): Colourer {
  const codes = new Map<string, string>();
  const patterns: (readonly [string, string])[] = [];
  for (const entry of `${DEFAULTS}:${variable ?? ''}`.split(':')) {
    const [key, code] = entry.split('=');
    if (!key || code === undefined) continue;
    if (key.startsWith('*')) patterns.unshift([key.slice(1), code]);
    else codes.set(key, code);
  }
  let started = false;
  return (name, mode) => {
    const code = mode === undefined ? (codes.get('or') ?? codes.get('ln')) : codes.get(kind(mode)) ?? (isRegular(mode) ? patterns.find(([suffix]) => name.endsWith(suffix))?.[1] : undefined);
    if (!code || code === '0' || code === '00') return name;
    const reset = started ? '' : '\u001b[0m';
    started = true;
    return `${reset}\u001b[${code}m${name}\u001b[0m`;
  };
}

function kind(mode: number): string {
  if (isDirectory(mode)) {
    const sticky = mode & 0o1000;
    if (mode & 0o002) return sticky ? 'tw' : 'ow';
    return sticky ? 'st' : 'di';
  }
  if (isSymlink(mode)) return 'ln';
  if (isFifo(mode)) return 'pi';
  if (isSocket(mode)) return 'so';
  if (isBlockDevice(mode)) return 'bd';
  if (isCharDevice(mode)) return 'cd';
  if (mode & 0o4000) return 'su';
  if (mode & 0o2000) return 'sg';
  return mode & 0o111 ? 'ex' : 'fi';
}

export const busyboxColours: Colourer = (name, mode) => {
  let code = '0;0';
  if (mode === undefined) code = '1;31';
  else if (isDirectory(mode)) code = '1;34';
  else if (isSymlink(mode)) code = '1;36';
  else if (isFifo(mode)) code = '0;35';
  else if (!isRegular(mode)) code = '1;35';
  else if (mode & 0o111) code = '1;32';
  return `\u001b[${code}m${name}\u001b[m`;
};
