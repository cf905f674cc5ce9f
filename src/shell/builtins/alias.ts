// `alias` and `unalias`.

import type { Task } from '../../base/task.ts';
import type { Builtin } from '../dialect.ts';
import { ashQuote, singleQuote } from '../expand/quote.ts';
import type { Shell } from '../shell.ts';
import { Failure } from '../unwind.ts';

function shown(sh: Shell, name: string): string {
  const value = sh.aliases.get(name)!;
  return sh.dialect.name === 'bash' ? `alias ${name}=${singleQuote(value)}\n` : `${name}=${ashQuote(value)}\n`;
}

function missing(sh: Shell, name: string, command: string): Failure {
  return sh.dialect.name === 'bash' ? new Failure(`${name}: not found`) : new Failure(`${command}: ${name} not found`, 1, 'command', 'raw');
}

export const alias: Builtin = function* (sh, args): Task<number> {
  const words = args.filter((arg) => arg !== '-p' && arg !== '--');
  if (!words.length) {
    const names = [...sh.aliases.keys()];
    yield* sh.out((sh.dialect.name === 'bash' ? names.sort() : names).map((name) => shown(sh, name)).join(''));
    return 0;
  }
  let status = 0;
  for (const word of words) {
    const equals = word.indexOf('=', 1);
    if (equals > 0) sh.aliases.set(word.slice(0, equals), word.slice(equals + 1));
    else if (sh.aliases.has(word)) yield* sh.out(shown(sh, word));
    else {
      yield* sh.report(missing(sh, word, 'alias'), 'alias');
      status = 1;
    }
  }
  return status;
};

export const unalias: Builtin = function* (sh, args): Task<number> {
  if (args[0] === '-a') {
    sh.aliases.clear();
    return 0;
  }
  if (!args.length && sh.dialect.name === 'bash') throw new Failure('unalias: usage: unalias [-a] name [name ...]', 2, 'command', 'raw');
  let status = 0;
  for (const word of args) {
    if (sh.aliases.delete(word)) continue;
    yield* sh.report(missing(sh, word, 'unalias'), 'unalias');
    status = 1;
  }
  return status;
};
