// `getopts`.

import type { Task } from '../../base/task.ts';
import type { Builtin } from '../dialect.ts';
import { Failure } from '../unwind.ts';

export const getopts: Builtin = function* (sh, args): Task<number> {
  const bash = sh.dialect.name === 'bash';
  if (args.length < 2) throw bash ? new Failure('getopts: usage: getopts optstring name [arg ...]', 2, 'command', 'raw') : new Failure('usage: getopts optstring var [arg]', 2, 'shell');
  const [options = '', name = ''] = args;
  const words = args.length > 2 ? args.slice(2) : sh.args;
  const silent = options.startsWith(':');
  let index = Number(sh.vars.get('OPTIND') ?? 1);
  if (index !== sh.getoptsIndex) sh.getoptsOffset = 1;
  const word = words[index - 1];
  const finish = (): number => {
    sh.vars.set(name, '?');
    sh.vars.set('OPTIND', String(index));
    sh.getoptsIndex = index;
    return 1;
  };
  if (word === undefined || !/^-./.test(word)) return finish();
  if (word === '--') {
    index++;
    return finish();
  }
  const letter = word[sh.getoptsOffset] ?? '';
  const place = options.indexOf(letter, silent ? 1 : 0);
  const known = letter !== ':' && place >= 0;
  const takes = known && options[place + 1] === ':';
  let result = letter;
  let argument: string | undefined;
  const advance = (): void => {
    if (sh.getoptsOffset + 1 < word.length) sh.getoptsOffset++;
    else {
      index++;
      sh.getoptsOffset = 1;
    }
  };
  if (!known) {
    advance();
    result = '?';
    if (silent) argument = letter;
    else if (bash) yield* sh.complain(`${sh.name}: illegal option -- ${letter}\n`);
    else yield* sh.complain(`Illegal option -${letter}\n`);
  } else if (takes) {
    const rest = word.slice(sh.getoptsOffset + 1);
    index++;
    sh.getoptsOffset = 1;
    if (rest) argument = rest;
    else if (words[index - 1] !== undefined) argument = words[index++ - 1];
    else {
      result = silent ? ':' : '?';
      if (silent) argument = letter;
      else if (bash) yield* sh.complain(`${sh.name}: option requires an argument -- ${letter}\n`);
      else yield* sh.complain(`No arg for -${letter} option\n`);
    }
  } else advance();
  sh.vars.set(name, result);
  if (argument === undefined) {
    if (bash) sh.vars.unset('OPTARG');
    else sh.vars.set('OPTARG', '');
  } else sh.vars.set('OPTARG', argument);
  sh.vars.set('OPTIND', String(index));
  sh.getoptsIndex = index;
  return 0;
};
