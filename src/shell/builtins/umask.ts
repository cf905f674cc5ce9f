// `umask`.

import type { Task } from '../../base/task.ts';
import type { Builtin } from '../dialect.ts';
import { Failure } from '../unwind.ts';

const symbolic = (mask: number): string => ['u', 'g', 'o'].map((who, i) => {
  const bits = ~(mask >> (6 - i * 3)) & 7;
  return `${who}=${bits & 4 ? 'r' : ''}${bits & 2 ? 'w' : ''}${bits & 1 ? 'x' : ''}`;
}).join(',');

export const umask: Builtin = function* (sh, args): Task<number> {
  const bash = sh.dialect.name === 'bash';
  const flags = args.filter((arg) => /^-[A-Za-z]+$/.test(arg)).join('');
  const wrong = (bash ? /[^-Sp]/ : /[^-S]/).exec(flags);
  if (wrong) throw bash ? new Failure(`-${wrong[0]}: invalid option\numask: usage: umask [-p] [-S] [mode]`, 2) : new Failure(`illegal option -${wrong[0]}`, 2);
  const [mode] = args.filter((arg) => !/^-[A-Za-z]+$/.test(arg));
  const mask = sh.sys.umask();
  if (mode === undefined) {
    const text = flags.includes('S') ? symbolic(mask) : mask.toString(8).padStart(4, '0');
    yield* sh.out(`${flags.includes('p') ? `umask ${flags.includes('S') ? '-S ' : ''}` : ''}${text}\n`);
    return 0;
  }
  if (/^\d/.test(mode)) {
    if (!/^[0-7]{1,4}$/.test(mode)) throw bash ? new Failure(`${mode}: octal number out of range`) : new Failure(`illegal mode: ${mode}`, 2);
    sh.sys.setUmask(parseInt(mode, 8));
    return 0;
  }
  let allowed = ~mask & 0o777;
  for (const clause of mode.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause);
    if (!match) {
      const odd = /[^ugoa]/.exec(clause)?.[0] ?? clause;
      throw bash ? new Failure(`\`${odd}': invalid symbolic mode ${/^[-+=]/.test(odd) ? 'character' : 'operator'}`) : new Failure(`illegal mode: ${mode}`, 2);
    }
    const [, who, operator, letters] = match;
    const bits = [...letters!].reduce((sum, c) => sum | { r: 4, w: 2, x: 1 }[c as 'r']!, 0);
    for (const [name, shift] of [['u', 6], ['g', 3], ['o', 0]] as const) {
      if (who && !who.includes('a') && !who.includes(name)) continue;
      const old = (allowed >> shift) & 7;
      const now = operator === '=' ? bits : operator === '+' ? old | bits : old & ~bits;
      allowed = (allowed & ~(7 << shift)) | (now << shift);
    }
  }
  sh.sys.setUmask(~allowed & 0o777);
  return 0;
};
