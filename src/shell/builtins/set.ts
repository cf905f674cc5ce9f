// `set` and `shopt`.

import type { Task } from '../../base/task.ts';
import type { Builtin } from '../dialect.ts';
import { ashQuote } from '../expand/quote.ts';
import { startJobControl } from '../job-control.ts';
import { LETTERS, OPTION_NAMES, SHOPTS, type Options } from '../options.ts';
import { printFunction } from '../print.ts';
import type { Shell } from '../shell.ts';
import { Failure } from '../unwind.ts';
import { settings } from './declare.ts';

const USAGE = 'set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]';

/** Options that would change what commands do here and do not. */
const NOT_SIMULATED: ReadonlySet<string> = new Set(['vi', 'keyword', 'onecmd', 'privileged', 'autocd', 'cdspell', 'dirspell', 'cdable_vars', 'extdebug', 'localvar_inherit', 'localvar_unset', 'progcomp_alias', 'restricted_shell', 'huponexit']);

function optionList(sh: Shell, on: boolean): string {
  const { name } = sh.dialect;
  const width = name === 'bash' ? 15 : 16;
  return OPTION_NAMES[name].map((option) => {
    const value = sh.options[option];
    if (!on) return `set ${value ? '-' : '+'}o ${option}\n`;
    return name === 'bash' ? `${option.padEnd(width)}\t${value ? 'on' : 'off'}\n` : `${option.padEnd(width)}${value ? 'on' : 'off'}\n`;
  }).join('');
}

/** Turn a `set -o` option on or off. @returns false for an unknown one */
export function setOption(sh: Shell, name: string, on: boolean): boolean {
  if (!(OPTION_NAMES[sh.dialect.name] as readonly string[]).includes(name)) return false;
  if (on && NOT_SIMULATED.has(name)) throw new Failure(`${name} is not simulated`);
  if (name === 'monitor' && on && !sh.options.monitor) startJobControl(sh);
  sh.options[name as keyof Options] = on;
  return true;
}

export const set: Builtin = function* (sh, args): Task<number> {
  const bash = sh.dialect.name === 'bash';
  if (!args.length) {
    const entries = sh.vars.entries().filter(([, variable]) => variable.isSet);
    if (!bash) yield* sh.out(entries.map(([name, variable]) => `${name}=${ashQuote(variable.value ?? '')}\n`).join(''));
    else {
      yield* sh.out(entries.map(([name, variable]) => settings(name, variable)).join(''));
      yield* sh.out([...sh.functions.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map((fn) => `${printFunction(fn.name, fn.body)}\n`).join(''));
    }
    return 0;
  }
  const letters = LETTERS[sh.dialect.name] as Record<string, string>;
  let i = 0;
  for (; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--') {
      sh.args = args.slice(i + 1);
      return 0;
    }
    if (arg === '-' || arg === '+') {
      if (arg === '-') {
        sh.options.xtrace = false;
        sh.options.verbose = false;
      }
      i++;
      break;
    }
    if (!/^[-+]/.test(arg)) break;
    const on = arg[0] === '-';
    for (const c of arg.slice(1)) {
      if (c === 'o') {
        const name = args[++i];
        if (name === undefined) yield* sh.out(optionList(sh, on));
        else if (!setOption(sh, name, on)) throw bash ? new Failure(`${name}: invalid option name`, 2) : new Failure(`illegal option ${arg} ${name}`, 1);
        continue;
      }
      const name = letters[c];
      if (name === undefined) throw bash ? new Failure(`${arg[0]}${c}: invalid option\n${USAGE}`, 2) : new Failure(`illegal option ${arg[0]}${c}`, 2, 'shell');
      setOption(sh, name, on);
    }
  }
  if (i < args.length) sh.args = args.slice(i);
  return 0;
};

export const shopt: Builtin = function* (sh, args): Task<number> {
  let mode = '';
  let quiet = false;
  let printable = false;
  let ofSet = false;
  let i = 0;
  for (; i < args.length && /^-./.test(args[i]!); i++) {
    for (const c of args[i]!.slice(1)) {
      if (c === 's' || c === 'u') mode = c;
      else if (c === 'q') quiet = true;
      else if (c === 'p') printable = true;
      else if (c === 'o') ofSet = true;
      else throw new Failure(`-${c}: invalid option\nshopt: usage: shopt [-pqsu] [-o] [optname ...]`, 2);
    }
  }
  const names = args.slice(i);
  const known: readonly string[] = ofSet ? OPTION_NAMES.bash : SHOPTS;
  const isOn = (name: string) => (ofSet ? sh.options[name as keyof Options] : sh.shopt.has(name));
  const line = (name: string) => (printable ? `${ofSet ? 'set' : 'shopt'} ${ofSet ? `${isOn(name) ? '-' : '+'}o` : `-${isOn(name) ? 's' : 'u'}`} ${name}\n` : `${name.padEnd(ofSet ? 15 : 20)}\t${isOn(name) ? 'on' : 'off'}\n`);
  if (!names.length) {
    yield* sh.out(known.filter((name) => !mode || isOn(name) === (mode === 's')).map(line).join(''));
    return 0;
  }
  let status = 0;
  for (const name of names) {
    if (!known.includes(name)) {
      yield* sh.report(new Failure(`${name}: invalid shell option name`), 'shopt');
      status = 1;
    } else if (mode) {
      if (mode === 's' && NOT_SIMULATED.has(name)) throw new Failure(`${name} is not simulated`);
      if (ofSet) setOption(sh, name, mode === 's');
      else if (mode === 's') sh.shopt.add(name);
      else sh.shopt.delete(name);
    } else {
      if (!isOn(name)) status = 1;
      if (!quiet) yield* sh.out(line(name));
    }
  }
  return status;
};
