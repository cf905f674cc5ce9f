// File modes as text: `drwxr-xr-x` and octal.

import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK } from '../../kernel/stat.ts';

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
