// `declare` and `typeset`, `local`, `export`, `readonly`, `unset`.

import type { Task } from '../../base/task.ts';
import type { Builtin, BuiltinCall } from '../dialect.ts';
import { declaration } from '../expand/declare.ts';
import { ashQuote, quoteIfNeeded } from '../expand/quote.ts';
import { parseAssignment } from '../parse.ts';
import { printFunction } from '../print.ts';
import { assign, assignArray } from '../run/simple.ts';
import type { Shell } from '../shell.ts';
import type { Assignment } from '../syntax.ts';
import { Failure } from '../unwind.ts';
import { Variable } from '../variables.ts';

const NAME = /^[A-Za-z_]\w*$/;

interface Attributes {
  readonly on: Set<string>;
  readonly off: Set<string>;
}

function options(args: readonly string[], known: string, usage: string): Attributes & { words: readonly string[]; first: number } {
  const on = new Set<string>();
  const off = new Set<string>();
  let i = 0;
  for (; i < args.length && /^[-+]./.test(args[i]!); i++) {
    if (args[i] === '--') {
      i++;
      break;
    }
    for (const c of args[i]!.slice(1)) {
      if (!known.includes(c)) throw new Failure(`${args[i]![0]}${c}: invalid option\n${usage}`, 2);
      (args[i]![0] === '-' ? on : off).add(c);
    }
  }
  return { on, off, words: args.slice(i), first: i };
}

function setAttributes(sh: Shell, variable: Variable, { on, off }: Attributes): void {
  void sh;
  if (on.has('x')) variable.exported = true;
  if (on.has('i')) variable.integer = true;
  if (on.has('u')) variable.fold = 'upper';
  if (on.has('l')) variable.fold = 'lower';
  if (on.has('n')) variable.reference = true;
  if (off.has('x')) variable.exported = false;
  if (off.has('i')) variable.integer = false;
  if (off.has('u') || off.has('l')) variable.fold = undefined;
  if (off.has('n')) variable.reference = false;
  if (on.has('A') && !variable.map) {
    variable.map = new Map();
    variable.value = undefined;
  }
  if (on.has('a') && !variable.array && !variable.map) {
    variable.array = variable.value === undefined ? [] : [variable.value];
    variable.value = undefined;
  }
}

/** One `name`, `name=value` or `name=(…)` of a declaration. @returns a status */
function* declareOne(sh: Shell, text: string, array: Assignment | undefined, attributes: Attributes, call: BuiltinCall, local: boolean): Task<number> {
  const equals = text.indexOf('=');
  const append = equals > 0 && text[equals - 1] === '+';
  const name = array?.name ?? (equals < 0 ? text : text.slice(0, append ? equals - 1 : equals));
  const element = !array && equals > 0 && /^\w+\[.*\]$/.test(name);
  if (!NAME.test(name) && !element) {
    yield* sh.report(new Failure(`\`${text}': not a valid identifier`), call.name);
    return 1;
  }
  const value = equals < 0 ? undefined : text.slice(equals + 1);
  try {
    if (element) {
      const parsed = parseAssignment(text, sh.dialect.name);
      if (parsed) yield* assign(sh, parsed);
      return 0;
    }
    const own = sh.vars.own(name);
    if (own?.readonly && !local && (value !== undefined || array)) {
      if (attributes.on.has('x')) own.exported = true;
      throw sh.vars.readOnly(name);
    }
    const variable = local ? sh.vars.local(name) : attributes.on.has('n') ? (own ?? sh.vars.target(name)) : (sh.vars.find(name) ?? sh.vars.target(name));
    if (attributes.on.has('n')) {
      variable.reference = true;
      if (value !== undefined) variable.value = value;
      return 0;
    }
    if (attributes.off.has('r') && variable.readonly) throw sh.vars.readOnly(name);
    setAttributes(sh, variable, attributes);
    if (array) {
      const isText = value !== undefined && !array.elements;
      if (isText) yield* assign(sh, array);
      else if (array.elements) yield* assignArray(sh, array);
      else yield* assign(sh, array);
    } else if (value !== undefined) {
      // `declare -A "m=(…)"` too is an array.
      const parsed = (variable.array || variable.map) && /^\(.*\)$/s.test(value) ? parseAssignment(`${name}=${value}`, sh.dialect.name) : undefined;
      if (parsed?.elements) yield* assignArray(sh, parsed);
      else if (append) sh.vars.append(name, value);
      else sh.vars.set(name, value);
    }
    if (attributes.on.has('r')) variable.readonly = true;
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.scope === 'shell') throw thrown;
    const bare = call.name === 'export' || call.name === 'readonly';
    yield* sh.report(new Failure(thrown.message, 1, 'command', bare ? 'shell' : 'command'), call.name);
    return 1;
  }
}

const DECLARE_USAGE = 'declare: usage: declare [-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]';

export const declare: Builtin = function* (sh, args, call): Task<number> {
  const isLocal = call.name === 'local';
  if (isLocal && !sh.functionDepth) throw new Failure('can only be used in a function');
  const usage = call.name === 'declare' ? DECLARE_USAGE : isLocal ? 'local: usage: local [option] name[=value] ...' : DECLARE_USAGE.replaceAll('declare', 'typeset');
  const { on, off, words, first } = options(args, 'aAfFgiIlnprtux', usage);
  if (on.has('f') || on.has('F')) return yield* functions(sh, words, on.has('F'));
  if (on.has('p') || !words.length) {
    if (words.length) return yield* show(sh, words, call.name);
    const wanted = [...on].filter((c) => 'aAilnrux'.includes(c));
    if (isLocal || (!wanted.length && !on.has('p'))) {
      yield* sh.out(sh.vars.entries().filter(([name, variable]) => variable.isSet && (!isLocal || sh.vars.isLocal(name))).map(([name, variable]) => settings(name, variable)).join(''));
      return 0;
    }
    yield* sh.out(sh.vars.entries().filter(([, variable]) => wanted.every((c) => variable.flags.includes(c))).map(([name, variable]) => `${declaration(name, variable)}\n`).join(''));
    return 0;
  }
  let status = 0;
  const local = (isLocal || sh.functionDepth > 0) && !on.has('g');
  for (const [i, word] of words.entries()) {
    if ((yield* declareOne(sh, word, call.arrays.get(i + first), { on, off }, call, local)) !== 0) status = 1;
  }
  return status;
};

/** As `set` lists a variable. */
export function settings(name: string, variable: Variable): string {
  if (variable.array || variable.map) return `${declaration(name, variable).replace(/^declare -\w+ /, '')}\n`;
  return `${name}=${variable.value && quoteIfNeeded(variable.value)}\n`;
}

function* show(sh: Shell, names: readonly string[], command: string): Task<number> {
  let status = 0;
  for (const name of names) {
    const variable = sh.vars.own(name);
    const list = sh.vars.dynamics.get(name)?.get();
    if (variable) yield* sh.out(`${declaration(name, variable)}\n`);
    else if (list !== undefined) {
      const stand = new Variable();
      if (typeof list === 'string') stand.value = list;
      else stand.array = [...list];
      yield* sh.out(`${declaration(name, stand)}\n`);
    } else {
      yield* sh.report(new Failure(`${name}: not found`), command);
      status = 1;
    }
  }
  return status;
}

function* functions(sh: Shell, names: readonly string[], namesOnly: boolean): Task<number> {
  let status = 0;
  const all = names.length ? names : [...sh.functions.keys()].sort();
  for (const name of all) {
    const fn = sh.functions.get(name);
    if (!fn) status = 1;
    else if (namesOnly) yield* sh.out(names.length ? `${name}\n` : `declare -f ${name}\n`);
    else yield* sh.out(`${printFunction(name, fn.body)}\n`);
  }
  return status;
}

const EXPORT_USAGE = 'export: usage: export [-fn] [name[=value] ...] or export -p [-f]';
const READONLY_USAGE = 'readonly: usage: readonly [-aAf] [name[=value] ...] or readonly -p';

/** `export` and `readonly`. */
export const mark: Builtin = function* (sh, args, call): Task<number> {
  const exporting = call.name === 'export';
  const { on, words, first } = options(args, exporting ? 'fnp' : 'aAfp', exporting ? EXPORT_USAGE : READONLY_USAGE);
  if (!words.length) {
    const shown = sh.vars.entries().filter(([, variable]) => (exporting ? variable.exported : variable.readonly));
    yield* sh.out(shown.map(([name, variable]) => `${declaration(name, variable)}\n`).join(''));
    return 0;
  }
  let status = 0;
  for (const [i, word] of words.entries()) {
    if (on.has('f')) {
      if (sh.functions.has(word)) continue;
      yield* sh.report(new Failure(`${word}: not a function`), call.name);
      status = 1;
      continue;
    }
    const attributes = { on: new Set([...['a', 'A'].filter((c) => on.has(c)), ...(exporting ? (on.has('n') ? [] : ['x']) : ['r'])]), off: new Set(on.has('n') ? ['x'] : []) };
    if ((yield* declareOne(sh, word, call.arrays.get(i + first), attributes, call, false)) !== 0) status = 1;
  }
  return status;
};

/** ash's `export`, `readonly` and `local`. */
export const ashMark: Builtin = function* (sh, args, { name: command }): Task<number> {
  if (command === 'local' && !sh.functionDepth) throw new Failure('not in a function', 2, 'shell');
  const words = args.filter((arg) => !/^-[np-]$/.test(arg));
  if (!words.length) {
    if (command === 'local') return 0;
    const shown = sh.vars.entries().filter(([, variable]) => (command === 'export' ? variable.exported : variable.readonly));
    yield* sh.out(shown.map(([name, variable]) => `${command} ${name}${variable.value === undefined ? '' : `=${ashQuote(variable.value)}`}\n`).join(''));
    return 0;
  }
  for (const word of words) {
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    if (!NAME.test(name)) throw new Failure(`${name}: bad variable name`, 2, 'shell');
    const value = equals < 0 ? undefined : word.slice(equals + 1);
    if (command === 'local') {
      const variable = sh.vars.local(name);
      if (value !== undefined) sh.vars.set(name, value);
      void variable;
      continue;
    }
    if (value !== undefined) sh.vars.set(name, value);
    const variable = sh.vars.find(name) ?? sh.vars.target(name);
    if (command === 'readonly') variable.readonly = true;
    else variable.exported = args[0] !== '-n';
  }
  return 0;
};

export const unset: Builtin = function* (sh, args): Task<number> {
  let kind = '';
  let words = args;
  while (/^-[fvn]$/.test(words[0] ?? '')) {
    kind = words[0]![1]!;
    words = words.slice(1);
  }
  if (words[0] === '--') words = words.slice(1);
  let status = 0;
  for (const word of words) {
    if (kind === 'f') {
      sh.functions.delete(word);
      continue;
    }
    const element = sh.dialect.name === 'bash' && /^(\w+)\[(.*)\]$/s.exec(word);
    try {
      if (element) unsetElement(sh, element[1]!, element[2]!);
      else if (NAME.test(word)) {
        const target = kind === 'n' ? word : sh.vars.resolve(word);
        if (!sh.vars.unset(target) && kind !== 'v') sh.functions.delete(word);
      } else if (sh.dialect.name === 'ash') throw new Failure(`${word}: bad variable name`, 2, 'shell');
      else if (kind === 'v' || word.startsWith('-')) throw new Failure(`\`${word}': not a valid identifier`);
    } catch (thrown) {
      if (!(thrown instanceof Failure) || thrown.scope === 'shell') throw thrown;
      yield* sh.report(thrown, 'unset');
      status = 1;
    }
  }
  return status;
};

function unsetElement(sh: Shell, name: string, key: string): void {
  const variable = sh.vars.find(name);
  if (!variable) return;
  if (variable.readonly) throw new Failure(`${name}: cannot unset: readonly variable`);
  if (variable.map) {
    if (key === '@' || key === '*') variable.map.clear();
    else variable.map.delete(key.replace(/^(['"])(.*)\1$/s, '$2'));
  } else if (variable.array) {
    if (key === '@' || key === '*') variable.array.length = 0;
    else {
      const index = Number(sh.vars.evaluate(key));
      const at = index < 0 ? variable.array.length + index : index;
      delete variable.array[at];
      while (variable.array.length && !(variable.array.length - 1 in variable.array)) variable.array.length--;
    }
  } else if (key === '0') sh.vars.unset(name);
  else throw new Failure(`${name}: not an array variable`);
}
