// `trap`.

import type { Task } from '../../base/task.ts';
import type { Builtin } from '../dialect.ts';
import { ashQuote, singleQuote } from '../expand/quote.ts';
import { SIGNALS } from '../../kernel/signal.ts';
import type { Shell } from '../shell.ts';
import { condition, type Condition } from '../traps.ts';
import { Failure } from '../unwind.ts';
import { signalTable } from './jobs.ts';

const rank = (name: Condition): number => (name === 'EXIT' ? 0 : name in SIGNALS ? SIGNALS[name as keyof typeof SIGNALS] : name === 'DEBUG' ? 100 : name === 'ERR' ? 101 : 102);

function shown(sh: Shell, name: Condition): string {
  const action = sh.traps.actions.get(name)!;
  return sh.dialect.name === 'bash' ? `trap -- ${singleQuote(action)} ${name}\n` : `trap -- ${ashQuote(action)} ${name.replace(/^SIG/, '')}\n`;
}

export const trap: Builtin = function* (sh, args): Task<number> {
  const bash = sh.dialect.name === 'bash';
  if (bash && args[0] === '-l') {
    yield* sh.out(signalTable());
    return 0;
  }
  const print = bash && args[0] === '-p';
  if (!bash && /^-[^-]/.test(args[0] ?? '')) throw new Failure(`illegal option ${args[0]!.slice(0, 2)}`, 2, 'shell');
  const words = args[0] === '--' || print ? args.slice(1) : args;
  if (!words.length || print) {
    const names = words.length ? words.map((word) => condition(word, sh.dialect.name)).filter((name) => name && sh.traps.actions.has(name)) : [...sh.traps.actions.keys()].sort((a, b) => rank(a) - rank(b));
    yield* sh.out(names.map((name) => shown(sh, name!)).join(''));
    return 0;
  }
  // One word, or a number first, resets.
  const reset = words[0] === '-' || (words.length === 1 && condition(words[0]!, sh.dialect.name) !== undefined) || (/^\d+$/.test(words[0]!) && words.length > 1);
  const action = reset ? undefined : words[0]!;
  const names = words[0] === '-' || !reset ? words.slice(1) : words;
  if (!names.length) {
    if (bash) throw new Failure('trap: usage: trap [-Plp] [[action] signal_spec ...]', 2, 'command', 'raw');
    throw new Failure(`${words[0]}: invalid signal specification`, 1);
  }
  let status = 0;
  for (const word of names) {
    const name = condition(word, sh.dialect.name) ?? (!bash && word.toUpperCase() === 'ERR' ? 'ERR' : undefined);
    if (name) sh.traps.set(name, action);
    else {
      yield* sh.report(new Failure(`${word}: invalid signal specification`), 'trap');
      status = 1;
    }
  }
  return status;
};
