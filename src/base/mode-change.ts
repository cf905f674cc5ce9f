// Changes of permission bits as chmod takes them: `755`, `u+x,go=`.

const S_IFMT = 0o170000, S_IFDIR = 0o040000;

const isDirectory = (mode: number): boolean => (mode & S_IFMT) === S_IFDIR;

/** What a mode operand does to the permission bits of a file that has `mode`. */
export type ModeChange = (mode: number) => number;

const WHO: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007, a: 0o7777 };

/**
 * @param umask applies where a symbolic change names nobody
 * @param gnu a short octal mode leaves setuid and setgid of directories, and empty clauses are wrong; BusyBox has neither
 * @param sticky `o` has the sticky bit, as for GNU
 * @returns undefined when the text is no mode
 */
export function parseMode(text: string, umask: number, gnu = true, sticky = gnu): ModeChange | undefined {
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
    const who = [...found[1]!].reduce((bits, letter) => bits | (letter === 'o' && !sticky ? 0o007 : WHO[letter]!), 0);
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
