// `type`, `command`, `builtin`, `hash`, `enable`: what a name is, and choosing among its meanings.

import type { Task } from '../../base/task.ts';
import type { Builtin } from '../dialect.ts';
import { singleQuote } from '../expand/quote.ts';
import { keywords } from '../keywords.ts';
import { printFunction } from '../print.ts';
import { searchPath, execute } from '../run/exec.ts';
import { launchForeground } from '../run/pipeline.ts';
import { callBuiltin } from '../run/simple.ts';
import type { Shell } from '../shell.ts';
import { Failure } from '../unwind.ts';

interface Meaning {
  readonly kind: 'alias' | 'keyword' | 'function' | 'builtin' | 'file';
  readonly text: string;
  readonly path?: string;
}

/** All that a name means, in the order of precedence. */
function meanings(sh: Shell, name: string, functionsToo = true): Meaning[] {
  const bash = sh.dialect.name === 'bash';
  const out: Meaning[] = [];
  const value = sh.aliases.get(name);
  if (value !== undefined && sh.expandsAliases) out.push({ kind: 'alias', text: bash ? `${name} is aliased to \`${value}'` : `${name} is an alias for ${value}` });
  if (keywords(sh).includes(name)) out.push({ kind: 'keyword', text: `${name} is a shell keyword` });
  const fn = functionsToo ? sh.functions.get(name) : undefined;
  if (fn) out.push({ kind: 'function', text: bash ? `${name} is a function\n${printFunction(name, fn.body)}` : `${name} is a function` });
  if (sh.dialect.builtins.has(name) && !sh.disabled.has(name)) out.push({ kind: 'builtin', text: `${name} is a ${!bash && sh.dialect.special.has(name) ? 'special ' : ''}shell builtin` });
  if (name.includes('/')) {
    if (sh.sys.can(name, 'x')) out.push({ kind: 'file', text: `${name} is ${name}`, path: name });
    return out;
  }
  if (sh.dialect.applets.has(name)) out.push({ kind: 'file', text: `${name} is ${name}`, path: name });
  const hashed = bash && sh.hash.get(name);
  if (hashed) out.push({ kind: 'file', text: `${name} is hashed (${hashed.path})`, path: hashed.path });
  else for (const path of searchPath(sh, name).all) out.push({ kind: 'file', text: `${name} is ${path}`, path });
  return out;
}

export const type: Builtin = function* (sh, args): Task<number> {
  if (sh.dialect.name === 'ash') {
    let status = 0;
    for (const name of args.filter((arg) => !arg.startsWith('-'))) {
      const [first] = meanings(sh, name);
      yield* sh.out(`${first?.text ?? `${name}: not found`}\n`);
      if (!first) status = 127;
    }
    return status;
  }
  let flags = '';
  let i = 0;
  for (; i < args.length && /^-./.test(args[i]!); i++) {
    if (/[^aftpP-]/.test(args[i]!.slice(1))) throw new Failure(`-${/[^aftpP]/.exec(args[i]!.slice(1))![0]}: invalid option\ntype: usage: type [-afptP] name [name ...]`, 2);
    flags += args[i]!.slice(1);
  }
  let status = 0;
  for (const name of args.slice(i)) {
    let found = meanings(sh, name, !flags.includes('f'));
    if (flags.includes('P')) found = searchPath(sh, name).all.map((path) => ({ kind: 'file', text: '', path }));
    if (!found.length) {
      if (!/[tpP]/.test(flags)) yield* sh.report(new Failure(`${name}: not found`), 'type');
      status = 1;
      continue;
    }
    if (!flags.includes('a')) found = found.slice(0, 1);
    for (const meaning of found) {
      if (flags.includes('t')) yield* sh.out(`${meaning.kind}\n`);
      else if (/[pP]/.test(flags)) yield* sh.out(meaning.path ? `${meaning.path}\n` : '');
      else yield* sh.out(`${meaning.text}\n`);
    }
  }
  return status;
};

/** Run a name as a builtin or program, never as a function. */
function* runNamed(sh: Shell, args: readonly string[], builtinOnly: boolean): Task<number> {
  const [name = ''] = args;
  const builtin = sh.disabled.has(name) && !builtinOnly ? undefined : sh.dialect.builtins.get(name);
  if (builtin) return yield* callBuiltin(sh, name, builtin, args.slice(1));
  if (builtinOnly) throw new Failure(`${name}: not a shell builtin`);
  const embryo = sh.sys.newProcess();
  return yield* launchForeground(sh, embryo, () => args.join(' '), () => embryo.run((own) => execute(sh, own, args, sh.vars.environment())));
}

export const command: Builtin = function* (sh, args): Task<number> {
  let mode = '';
  let words = args;
  let standardPath = false;
  while (/^-[pvV]+$/.test(words[0] ?? '')) {
    for (const c of words[0]!.slice(1)) {
      if (c === 'p') standardPath = true;
      else mode = c;
    }
    words = words.slice(1);
  }
  if (words[0] === '--') words = words.slice(1);
  else if (/^-./.test(words[0] ?? '')) {
    throw sh.dialect.name === 'bash' ? new Failure(`${words[0]!.slice(0, 2)}: invalid option\ncommand: usage: command [-pVv] command [arg ...]`, 2) : new Failure(`illegal option ${words[0]!.slice(0, 2)}`, 2);
  }
  if (!words.length) return 0;
  if (!mode) {
    if (!standardPath) return yield* runNamed(sh, words, false);
    const restore = sh.vars.temporarily([['PATH', '/usr/sbin:/usr/bin:/sbin:/bin']]);
    try {
      return yield* runNamed(sh, words, false);
    } finally {
      restore();
    }
  }
  let status = sh.dialect.name === 'bash' ? 1 : 127;
  const missing = status;
  for (const name of sh.dialect.name === 'ash' ? words.slice(0, 1) : words) {
    const [first] = meanings(sh, name);
    if (!first) {
      if (mode === 'V') {
        if (sh.dialect.name === 'bash') yield* sh.report(new Failure(`${name}: not found`), 'command');
        else yield* sh.out(`${name}: not found\n`);
      }
      continue;
    }
    status = 0;
    if (mode === 'V') yield* sh.out(`${first.text}\n`);
    else if (first.kind === 'alias') yield* sh.out(`alias ${name}=${singleQuote(sh.aliases.get(name)!)}\n`);
    else yield* sh.out(`${first.path ?? name}\n`);
  }
  return status === 0 ? 0 : missing;
};

export const builtin: Builtin = (sh, args) => (args.length ? runNamed(sh, args, true) : 0);

export const hash: Builtin = function* (sh, args): Task<number> {
  const bash = sh.dialect.name === 'bash';
  if (args[0] === '-r') {
    sh.hash.clear();
    return 0;
  }
  if (!args.length) {
    if (!bash) {
      // It runs its own applets without looking for them.
      yield* sh.out([...sh.hash].map(([name, { path }]) => (sh.dialect.applets.has(name) ? '' : `${path}\n`)).join(''));
      return 0;
    }
    const used = [...sh.hash.values()];
    yield* sh.out(used.length ? `hits\tcommand\n${used.map(({ path, hits }) => `${String(hits).padStart(4)}\t${path}\n`).join('')}` : 'hash: hash table empty\n');
    return 0;
  }
  let status = 0;
  const [option] = args;
  if (option === '-d') {
    for (const name of args.slice(1)) sh.hash.delete(name);
    return 0;
  }
  if (option === '-p') {
    sh.hash.set(args[2] ?? '', { path: args[1] ?? '', hits: 0 });
    return 0;
  }
  for (const name of option === '-t' ? args.slice(1) : args) {
    if (option === '-t') {
      const known = sh.hash.get(name);
      if (known) yield* sh.out(`${known.path}\n`);
      else {
        yield* sh.report(new Failure(`${name}: not found`), 'hash');
        status = 1;
      }
      continue;
    }
    const { found } = searchPath(sh, name);
    if (found) sh.hash.set(name, { path: found, hits: 0 });
    else if (!sh.dialect.builtins.has(name) && !sh.dialect.applets.has(name)) {
      yield* sh.report(new Failure(`${name}: not found`), 'hash');
      status = 1;
    }
  }
  return status;
};

export const enable: Builtin = function* (sh, args): Task<number> {
  const off = args.includes('-n');
  const names = args.filter((arg) => !arg.startsWith('-'));
  if (!names.length) {
    const all = [...sh.dialect.builtins.keys()].sort().filter((name) => args.includes('-a') || sh.disabled.has(name) === off);
    yield* sh.out(all.map((name) => `enable ${sh.disabled.has(name) ? '-n ' : ''}${name}\n`).join(''));
    return 0;
  }
  let status = 0;
  for (const name of names) {
    if (!sh.dialect.builtins.has(name)) {
      yield* sh.report(new Failure(`${name}: not a shell builtin`), 'enable');
      status = 1;
    } else if (off) sh.disabled.add(name);
    else sh.disabled.delete(name);
  }
  return status;
};
