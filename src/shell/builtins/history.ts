// `history`, `fc`, `caller`, `help`.

import type { Task } from '../../base/task.ts';
import type { Builtin } from '../dialect.ts';
import { Failure } from '../unwind.ts';
import { readWhole } from './source.ts';

export const history: Builtin = function* (sh, args): Task<number> {
  const [option] = args;
  if (option === '-c') {
    sh.history.length = 0;
    return 0;
  }
  const file = args[1] ?? sh.vars.get('HISTFILE') ?? '';
  if (option === '-w' || option === '-a') {
    if (file) sh.sys.writeFile(file, sh.history.map((line) => `${line}\n`).join(''), 0o600);
    return 0;
  }
  if (option === '-r') {
    sh.history.push(...(yield* readWhole(sh, file)).split('\n').filter(Boolean));
    return 0;
  }
  if (option === '-d') {
    const index = Number(args[1]);
    if (!(index >= 1 && index <= sh.history.length)) throw new Failure(`${args[1]}: history position out of range`);
    sh.history.splice(index - 1, 1);
    return 0;
  }
  if (option !== undefined && !/^\d+$/.test(option)) throw new Failure(option.startsWith('-') ? `${option}: invalid option\nhistory: usage: history [-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]` : `${option}: numeric argument required`, 2);
  const from = option === undefined ? 0 : Math.max(0, sh.history.length - Number(option));
  yield* sh.out(sh.history.slice(from).map((line, i) => `${String(from + i + 1).padStart(5)}  ${line}\n`).join(''));
  return 0;
};

export const fc: Builtin = function* (sh, args): Task<number> {
  if (!args.some((arg) => /^-\w*l/.test(arg))) throw new Failure('editing history is not simulated; `fc -l` lists it');
  const from = Math.max(0, sh.history.length - 16);
  yield* sh.out(sh.history.slice(from).map((line, i) => `${from + i + 1}\t ${line}\n`).join(''));
  return 0;
};

export const caller: Builtin = function* (sh, args): Task<number> {
  const frame = sh.callers[Number(args[0] ?? 0)];
  if (!frame) {
    if (args.length || sh.callers.length) return 1;
    yield* sh.out(`${sh.line} NULL\n`);
    return 1;
  }
  const next = sh.callers[Number(args[0] ?? 0) + 1];
  const where = next?.source ?? sh.name;
  if (!args.length) yield* sh.out(`${frame.line} ${sh.commandString === undefined ? where : 'NULL'}\n`);
  else if (next || sh.commandString === undefined) yield* sh.out(`${frame.line} ${next?.name ?? 'main'} ${where}\n`);
  else return 1;
  return 0;
};

export const help: Builtin = function* (sh, args): Task<number> {
  const names = [...sh.dialect.builtins.keys()].filter((name) => name !== 'logout' || sh.dialect.name === 'bash').sort();
  if (sh.dialect.name === 'ash') {
    let lines = '';
    let line = '';
    for (const name of [...names, ...sh.dialect.applets]) {
      if (line.length + name.length + 1 > 64) {
        lines += `\t${line}\n`;
        line = '';
      }
      line += line ? ` ${name}` : name;
    }
    yield* sh.out(`Built-in commands:\n------------------\n${lines}\t${line}\n`);
    return 0;
  }
  const topics = args.filter((arg) => !arg.startsWith('-'));
  if (!topics.length) {
    yield* sh.out(`GNU bash, version ${sh.dialect.version} (x86_64-pc-linux-gnu)\nThese shell commands are defined internally: \n${names.map((name) => ` ${name}\n`).join('')}`);
    return 0;
  }
  for (const topic of topics) {
    if (!sh.dialect.builtins.has(topic)) throw new Failure(`no help topics match \`${topic}'.  Try \`help help' or \`man -k ${topic}' or \`info ${topic}'.`);
    yield* sh.out(`${topic}: the help texts of bash are not simulated.\n`);
  }
  return 0;
};
