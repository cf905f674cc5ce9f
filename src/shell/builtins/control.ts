// `:` `true` `false` `exit` `return` `break` `continue` `shift` `eval` `exec` `let`.

import type { Task } from '../../base/task.ts';
import type { Builtin } from '../dialect.ts';
import { evaluate } from '../expand/arithmetic.ts';
import { execute, searchPath } from '../run/exec.ts';
import type { Shell } from '../shell.ts';
import { Failure, Unwind } from '../unwind.ts';

export const succeed: Builtin = () => 0;
export const fail: Builtin = () => 1;

/** A numeric status argument, modulo 256. */
function statusArgument(sh: Shell, args: readonly string[]): number {
  const [text] = args;
  if (text === undefined) return sh.status;
  const ash = sh.dialect.name === 'ash';
  if (!(ash ? /^\d+$/ : /^\s*[-+]?\d+\s*$/).test(text)) throw ash ? new Failure(`Illegal number: ${text}`, 2, 'shell') : new Failure(`${text}: numeric argument required`, 2);
  return Number(text) & 255;
}

export const exit: Builtin = function* (sh, args): Task<number> {
  let status: number;
  if (sh.interactive && !sh.subshell && !sh.exitWarned && [...sh.jobs.table.values()].some((job) => job.state === 'Stopped')) {
    sh.exitWarned = true;
    yield* sh.complain(sh.dialect.name === 'bash' ? 'exit\nThere are stopped jobs.\n' : 'You have stopped jobs.\n');
    return 1;
  }
  if (sh.interactive && sh.dialect.name === 'bash' && !sh.subshell) yield* sh.complain(sh.login ? 'logout\n' : 'exit\n');
  try {
    status = statusArgument(sh, args);
  } catch (thrown) {
    if (!(thrown instanceof Failure) || sh.dialect.name === 'ash') throw thrown;
    yield* sh.report(thrown, 'exit');
    status = 2;
  }
  if (args.length > 1 && sh.dialect.name === 'bash' && /^\d+$/.test(args[0]!)) throw new Failure('too many arguments');
  throw new Unwind('exit', status);
};

export const logout: Builtin = (sh, args, call) => {
  if (!sh.login) throw new Failure("not login shell: use `exit'");
  return exit(sh, args, call);
};

export const return_: Builtin = function* (sh, args): Task<number> {
  if (!sh.functionDepth && !sh.sourcing) {
    if (sh.dialect.name === 'bash') throw new Failure("can only `return' from a function or sourced script", 2);
    throw new Unwind('exit', statusArgument(sh, args));
  }
  let status: number;
  try {
    status = statusArgument(sh, args);
  } catch (thrown) {
    if (!(thrown instanceof Failure) || sh.dialect.name === 'ash') throw thrown;
    yield* sh.report(thrown, 'return');
    status = 2;
  }
  throw new Unwind('return', status);
};

export const loopControl: Builtin = function* (sh, args, { name }): Task<number> {
  const kind = name as 'break' | 'continue';
  if (!sh.loops) {
    if (sh.dialect.name === 'bash') yield* sh.report(new Failure("only meaningful in a `for', `while', or `until' loop"), name);
    return 0;
  }
  const text = args[0] ?? '1';
  if (!/^[-+]?\d+$/.test(text)) throw sh.dialect.name === 'ash' ? new Failure(`Illegal number: ${text}`, 2, 'shell') : new Failure(`${text}: numeric argument required`, 128, 'shell');
  const levels = Number(text);
  if (levels < 1) {
    yield* sh.report(sh.dialect.name === 'ash' ? new Failure(`Illegal number: ${text}`, 2) : new Failure(`${text}: loop count out of range`), name);
    throw new Unwind('break', 1, sh.loops);
  }
  throw new Unwind(kind, 0, Math.min(levels, sh.loops));
};

export const shift: Builtin = (sh, args) => {
  const [text = '1'] = args;
  if (!/^[-+]?\d+$/.test(text) || (sh.dialect.name === 'ash' && /\D/.test(text))) throw sh.dialect.name === 'ash' ? new Failure(`Illegal number: ${text}`, 2, 'shell') : new Failure(`${text}: numeric argument required`, 2);
  const count = Number(text);
  if (count < 0) throw sh.dialect.name === 'ash' ? new Failure(`Illegal number: ${text}`, 2, 'shell') : new Failure(`${text}: shift count out of range`);
  if (count > sh.args.length) return 1;
  sh.args = sh.args.slice(count);
  return 0;
};

export const eval_: Builtin = (sh, args) => {
  const words = args[0] === '--' ? args.slice(1) : args;
  return words.length ? evalWords(sh, words.join(' ')) : 0;
};

function* evalWords(sh: Shell, text: string): Task<number> {
  const { line } = sh;
  if (!text.trim()) return 0;
  const { context } = sh;
  sh.context = 'eval';
  try {
    return yield* sh.evalText(text, { kind: 'eval', line: sh.dialect.name === 'ash' ? sh.dialect.firstLine : Math.max(1, line) });
  } finally {
    sh.context = context;
  }
}

export const exec: Builtin = function* (sh, args): Task<number> {
  let words = args;
  let clean = false;
  let login = false;
  let zeroth: string | undefined;
  for (;;) {
    const [option] = words;
    if (option === '--') {
      words = words.slice(1);
      break;
    }
    if (option === '-c' && sh.dialect.name === 'bash') clean = true;
    else if (option === '-l' && sh.dialect.name === 'bash') login = true;
    else if (option === '-a') {
      zeroth = words[1];
      words = words.slice(1);
    }
    else if (option?.startsWith('-') && sh.dialect.name === 'bash' && option !== '-') {
      throw new Failure(`${option}: invalid option\nexec: usage: exec [-cl] [-a name] [command [argument ...]] [redirection ...]`, 2);
    } else break;
    words = words.slice(1);
  }
  if (!words.length) return 0;
  const env = clean ? {} : sh.vars.environment();
  const program = words[0]!;
  if (!program.includes('/') && !sh.hash.has(program) && sh.dialect.name === 'bash') {
    // Its own words when PATH has no such program.
    if (!searchPath(sh, program).found) {
      yield* sh.report(new Failure(`${program}: not found`, 127), 'exec');
      if (sh.interactive || sh.shopt.has('execfail')) return 127;
      throw new Unwind('exit', 127);
    }
  }
  const { context } = sh;
  if (sh.dialect.name === 'ash') sh.context = 'exec';
  const status = yield* execute(sh, sh.sys, words, env, login ? `-${zeroth ?? program}` : zeroth);
  sh.context = context;
  if (sh.interactive) return status;
  throw new Unwind('exit', status);
};

export const let_: Builtin = (sh, args) => {
  if (!args.length) throw new Failure('expression expected', sh.dialect.name === 'bash' ? 1 : 2);
  try {
    let value: number | bigint = 0;
    for (const text of args) value = evaluate(text, sh.arithmeticScope, sh.dialect.name);
    return value ? 0 : 1;
  } catch (thrown) {
    throw thrown instanceof Failure ? new Failure(thrown.message, sh.dialect.name === 'bash' ? 1 : 2) : thrown;
  }
};
