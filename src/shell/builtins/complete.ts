// `complete`, `compgen`, `compopt`: the table of completions, for whoever edits command lines.

import type { Task } from '../../base/task.ts';
import type { Builtin } from '../dialect.ts';
import { singleQuote } from '../expand/quote.ts';
import type { CompletionRule, Shell } from '../shell.ts';
import { Failure } from '../unwind.ts';
import { keywords } from '../keywords.ts';

interface Request {
  command?: string;
  function?: string;
  words?: string;
  options: string[];
  readonly actions: string[];
  prefix: string;
  suffix: string;
  print: boolean;
  remove: boolean;
  readonly names: string[];
}

const ACTIONS: Record<string, string> = { a: 'alias', b: 'builtin', c: 'command', d: 'directory', e: 'export', f: 'file', j: 'job', k: 'keyword', u: 'user', v: 'variable' };

function request(args: readonly string[], command: string): Request {
  const out: Request = { options: [], actions: [], prefix: '', suffix: '', print: false, remove: false, names: [] };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (!/^-./.test(arg) || arg === '--') {
      out.names.push(...args.slice(arg === '--' ? i + 1 : i));
      break;
    }
    for (const c of arg.slice(1)) {
      if ('CFWoAPSGX'.includes(c)) {
        const value = args[++i] ?? '';
        if (c === 'C') out.command = value;
        else if (c === 'F') out.function = value;
        else if (c === 'W') out.words = value;
        else if (c === 'o') out.options.push(value);
        else if (c === 'A') out.actions.push(value);
        else if (c === 'P') out.prefix = value;
        else if (c === 'S') out.suffix = value;
        else throw new Failure(`-${c} is not simulated`);
      } else if (c === 'p') out.print = true;
      else if (c === 'r') out.remove = true;
      else if (c in ACTIONS) out.actions.push(ACTIONS[c]!);
      else if (!'DEI'.includes(c)) throw new Failure(`-${c}: invalid option\n${command}: usage: ${command} [-abcdefgjksuv] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] ${command === 'complete' ? '[name ...]' : '[word]'}`, 2);
    }
  }
  return out;
}

function shown(name: string, rule: CompletionRule): string {
  const options = rule.options.map((option) => `-o ${option} `).join('');
  const what = rule.words !== undefined ? `-W ${singleQuote(rule.words)} ` : rule.function !== undefined ? `-F ${rule.function} ` : rule.command !== undefined ? `-C ${singleQuote(rule.command)} ` : '';
  return `complete ${options}${what}${name}\n`;
}

export const complete: Builtin = function* (sh, args): Task<number> {
  const wanted = request(args, 'complete');
  if (wanted.remove) {
    if (!wanted.names.length) sh.completions.clear();
    for (const name of wanted.names) sh.completions.delete(name);
    return 0;
  }
  if (wanted.actions.length || wanted.prefix || wanted.suffix) throw new Failure('only -C, -F, -W and -o are simulated');
  if (wanted.print || !args.length) {
    for (const [name, rule] of sh.completions) if (!wanted.names.length || wanted.names.includes(name)) yield* sh.out(shown(name, rule));
    for (const name of wanted.names) if (!sh.completions.has(name)) throw new Failure(`${name}: no completion specification`);
    return 0;
  }
  const rule: CompletionRule = {
    options: wanted.options,
    ...(wanted.command !== undefined && { command: wanted.command }),
    ...(wanted.function !== undefined && { function: wanted.function }),
    ...(wanted.words !== undefined && { words: wanted.words }),
  };
  for (const name of wanted.names) sh.completions.set(name, rule);
  return 0;
};

/** Names of a kind, as `compgen -A kind` lists them. */
export function completionNames(sh: Shell, action: string): string[] {
  switch (action) {
    case 'alias': return [...sh.aliases.keys()];
    case 'builtin': return [...sh.dialect.builtins.keys()].sort();
    case 'function': return [...sh.functions.keys()];
    case 'keyword': return [...keywords(sh)];
    case 'variable': return sh.vars.names();
    case 'export': return sh.vars.entries().filter(([, variable]) => variable.exported).map(([name]) => name);
    case 'job': return [...sh.jobs.table.values()].map((job) => job.text.split(' ')[0]!);
    case 'command': return [...new Set([...['alias', 'keyword', 'function', 'builtin'].flatMap((each) => completionNames(sh, each)), ...programNames(sh)])];
    case 'user': return [];
    default: return [];
  }
}

/** Names of programs on PATH. */
export function programNames(sh: Shell): string[] {
  const names = new Set<string>(sh.dialect.applets);
  for (const directory of (sh.vars.get('PATH') ?? '').split(':')) {
    try {
      for (const entry of sh.sys.readdir(directory || '.')) if (sh.sys.can(`${directory}/${entry.name}`, 'x')) names.add(entry.name);
    } catch {
      // Not every directory of PATH exists.
    }
  }
  return [...names];
}

function pathNames(sh: Shell, word: string, directoriesOnly: boolean): string[] {
  const slash = word.lastIndexOf('/') + 1;
  const base = word.slice(0, slash);
  try {
    const found = sh.sys.readdir(base || '.').map((entry) => entry.name).filter((name) => name.startsWith(word.slice(slash)) && (word.slice(slash) !== '' || !name.startsWith('.')));
    return found.map((name) => base + name).filter((path) => !directoriesOnly || (sh.sys.stat(path).mode & 0o170000) === 0o040000).sort();
  } catch {
    return [];
  }
}

export const compgen: Builtin = function* (sh, args): Task<number> {
  const wanted = request(args, 'compgen');
  if (wanted.command !== undefined || wanted.function !== undefined) throw new Failure('-C and -F are not simulated here');
  const [word = ''] = wanted.names;
  const found = [
    ...wanted.actions.flatMap((action) => (action === 'file' || action === 'directory' ? pathNames(sh, word, action === 'directory') : completionNames(sh, action))),
    ...(wanted.words === undefined ? [] : wanted.words.split(/[ \t\n]+/).filter(Boolean)),
  ].filter((each) => each.startsWith(word));
  yield* sh.out(found.map((each) => `${wanted.prefix}${each}${wanted.suffix}\n`).join(''));
  return found.length ? 0 : 1;
};

export const compopt: Builtin = () => {
  throw new Failure('not simulated');
};
