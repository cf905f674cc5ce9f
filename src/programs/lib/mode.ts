// File modes as text: `drwxr-xr-x`, octal and symbolic changes.

import { isDirectory, S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK } from '../../kernel/stat.ts';

const TYPE_LETTERS = new Map([[S_IFDIR, 'd'], [S_IFREG, '-'], [S_IFLNK, 'l'], [S_IFCHR, 'c'], [S_IFBLK, 'b'], [S_IFIFO, 'p'], [S_IFSOCK, 's']]);
const TYPE_NAMES = new Map([
  [S_IFDIR, 'directory'], [S_IFREG, 'regular file'], [S_IFLNK, 'symbolic link'], [S_IFCHR, 'character special file'],
  [S_IFBLK, 'block special file'], [S_IFIFO, 'fifo'], [S_IFSOCK, 'socket'],
]);

export const typeLetter = (mode: number): string => TYPE_LETTERS.get(mode & S_IFMT) ?? '?';

/** As stat's `%F`. */
export function typeName(mode: number, size = 1): string {
  const name = TYPE_NAMES.get(mode & S_IFMT) ?? 'weird file';
  return name === 'regular file' && size === 0 ? 'regular empty file' : name;
}

/** As `ls -l` begins. */
export function modeText(mode: number): string {
  let text = typeLetter(mode);
  for (let shift = 6, special = 0o4000; shift >= 0; shift -= 3, special >>= 1) {
    const bits = (mode >> shift) & 7;
    text += (bits & 4 ? 'r' : '-') + (bits & 2 ? 'w' : '-');
    const set = mode & special;
    const letter = shift ? 's' : 't';
    text += set ? (bits & 1 ? letter : letter.toUpperCase()) : bits & 1 ? 'x' : '-';
  }
  return text;
}

export const octalMode = (mode: number, width = 4): string => (mode & 0o7777).toString(8).padStart(width, '0');

/** What a mode operand does to the permission bits of a file that has `mode`. */
export type ModeChange = (mode: number) => number;

const WHO: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007, a: 0o7777 };

/**
 * @param umask applies where a symbolic change names nobody
 * @param gnu a short octal mode leaves setuid and setgid of directories, `o` has the sticky bit; BusyBox differs in both, and skips empty clauses
 * @returns undefined when the text is no mode
 */
export function parseMode(text: string, umask: number, gnu = true): ModeChange | undefined {
  if (/^[0-7]+$/.test(text)) {
    const bits = Number.parseInt(text, 8);
    if (bits > 0o7777) return undefined;
    return (mode) => (gnu && isDirectory(mode) && text.length < 5 ? bits | (mode & 0o6000) : bits);
  }
  const changes: ModeChange[] = [];
  for (const clause of text.split(',')) {
    if (!clause && !gnu && text) continue;
    const found = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]|[0-7]+))+)$/.exec(clause);
    if (!found) return undefined;
    const who = [...found[1]!].reduce((bits, letter) => bits | (letter === 'o' && !gnu ? 0o007 : WHO[letter]!), 0);
    for (const [, operator, what] of found[2]!.matchAll(/([-+=])([rwxXst]*|[ugo]|[0-7]+)(?=[-+=]|$)/g)) {
      changes.push((mode) => {
        const affected = who || 0o7777 & ~umask;
        let bits = 0;
        if (/^[0-7]+$/.test(what!)) bits = Number.parseInt(what!, 8);
        else {
          // BusyBox clears before it looks who may execute.
          const executable = isDirectory(mode) || (!gnu && operator === '=' ? mode & ~affected : mode) & 0o111;
          for (const letter of what!) {
            if (letter === 'r') bits |= 0o444;
            else if (letter === 'w') bits |= 0o222;
            else if (letter === 'x' || (letter === 'X' && executable)) bits |= 0o111;
            else if (letter === 's') bits |= 0o6000;
            else if (letter === 't') bits |= 0o1000;
            else if (letter === 'u') bits |= ((mode >> 6) & 7) * 0o111;
            else if (letter === 'g') bits |= ((mode >> 3) & 7) * 0o111;
            else if (letter === 'o') bits |= (mode & 7) * 0o111;
          }
          // `+t` and `+s` without a who are not masked.
          bits &= affected | (who ? 0 : 0o7000);
        }
        if (operator === '+') return mode | bits;
        if (operator === '-') return mode & ~bits;
        const kept = isDirectory(mode) && gnu ? 0o6000 : 0;
        return (mode & (~(who || 0o7777) | (/s/.test(what!) ? 0 : kept))) | bits;
      });
    }
  }
  return (mode) => changes.reduce((current, change) => (mode & S_IFMT) | (change(current) & 0o7777), mode) & 0o7777;
}
