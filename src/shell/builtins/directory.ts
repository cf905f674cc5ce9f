// `cd`, `pwd`, and bash's directory stack.

import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory } from '../../kernel/stat.ts';
import type { Builtin } from '../dialect.ts';
import type { Shell } from '../shell.ts';
import { Failure } from '../unwind.ts';

/** Join and clean a path without looking at the file system: `..` takes back the name before it. */
function logical(cwd: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function enter(sh: Shell, target: string, physical: boolean): void {
  const { sys } = sh;
  const fail = (error: unknown, shown: string): never => {
    if (!(error instanceof KernelError)) throw error;
    throw sh.dialect.name === 'ash' ? new Failure(`can't cd to ${shown}: ${error.message}`, 2) : new Failure(`${shown}: ${error.message}`);
  };
  const path = physical ? target : logical(sh.cwd, target);
  try {
    sys.chdir(path);
  } catch (error) {
    fail(error, target);
  }
  sh.vars.set('OLDPWD', sh.cwd);
  sh.cwd = physical ? sys.getcwd() : path;
  sh.vars.set('PWD', sh.cwd);
  sh.vars.target('OLDPWD').exported = true;
}

export const cd: Builtin = function* (sh, args): Task<number> {
  let words = args;
  let physical = sh.options.physical;
  const bash = sh.dialect.name === 'bash';
  while (/^-[LPe@]+$/.test(words[0] ?? '')) {
    physical = words[0]!.includes('P');
    words = words.slice(1);
  }
  if (words[0] === '--') words = words.slice(1);
  else if (/^-[^-]/.test(words[0] ?? '')) {
    if (bash) throw new Failure(`${words[0]!.slice(0, 2)}: invalid option\ncd: usage: cd [-L|[-P [-e]]] [-@] [dir]`, 2);
    throw new Failure(`illegal option ${words[0]!.slice(0, 2)}`, 2);
  }
  if (bash && words.length > 1) throw new Failure('too many arguments', 2);
  let [target] = words;
  let show = false;
  if (target === undefined) {
    target = sh.vars.get('HOME');
    if (target === undefined) {
      if (bash) throw new Failure('HOME not set');
      return 0;
    }
    if (bash && target === '') return 0;
  } else if (target === '-') {
    target = sh.vars.get('OLDPWD');
    if (target === undefined) {
      if (bash) throw new Failure('OLDPWD not set');
      target = sh.cwd;
    }
    show = true;
  } else if (target === '') {
    if (bash) throw new Failure('null directory');
    target = '.';
  }
  const paths = sh.vars.get('CDPATH');
  if (paths && !/^\.{0,2}\//.test(target) && !show && target !== '.' && target !== '..') {
    for (const base of paths.split(':')) {
      const candidate = base ? `${base}/${target}` : target;
      try {
        if (!isDirectory(sh.sys.stat(candidate).mode)) continue;
      } catch {
        continue;
      }
      target = candidate;
      show = base !== '' && base !== '.';
      break;
    }
  }
  if (target !== '' || bash === false) enter(sh, target, physical);
  else sh.vars.set('OLDPWD', sh.cwd);
  if (show) yield* sh.out(`${bash && target === '' ? '' : sh.cwd}\n`);
  return 0;
};

export const pwd: Builtin = function* (sh, args): Task<number> {
  const physical = args.some((arg) => /^-L*P/.test(arg));
  if (sh.dialect.name === 'bash' && /^-[^LP]/.test(args[0] ?? '')) throw new Failure(`${args[0]!.slice(0, 2)}: invalid option\npwd: usage: pwd [-LP]`, 2);
  yield* sh.out(`${physical ? sh.sys.getcwd() : sh.cwd}\n`);
  return 0;
};

function* show(sh: Shell): Task<number> {
  yield* sh.out(`${listing(sh, false).join(' ')}\n`);
  return 0;
}

function listing(sh: Shell, long: boolean): string[] {
  const home = sh.vars.get('HOME') ?? '';
  const short = (path: string) => (!long && home.length > 1 && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path);
  return [sh.cwd, ...sh.directories].map(short);
}

/** `+2`, `-0` as an index of the stack. */
function position(sh: Shell, text: string): number {
  const size = sh.directories.length + 1;
  const index = text[0] === '+' ? Number(text.slice(1)) : size - 1 - Number(text.slice(1));
  if (!(index >= 0 && index < size)) throw new Failure(`${text}: directory stack index out of range`);
  return index;
}

export const pushd: Builtin = (sh, args) => {
  const words = args.filter((arg) => arg !== '-n' && arg !== '--');
  const [target] = words;
  if (target === undefined) {
    const [first, ...rest] = sh.directories;
    if (first === undefined) throw new Failure('no other directory');
    const { cwd } = sh;
    enter(sh, first, false);
    sh.directories = [cwd, ...rest];
  } else if (/^[-+]\d+$/.test(target)) {
    const all = [sh.cwd, ...sh.directories];
    const index = position(sh, target);
    const rotated = [...all.slice(index), ...all.slice(0, index)];
    enter(sh, rotated[0]!, false);
    sh.directories = rotated.slice(1);
  } else {
    const { cwd } = sh;
    enter(sh, target === '-' ? (sh.vars.get('OLDPWD') ?? '') : target, false);
    sh.directories = [cwd, ...sh.directories];
  }
  return show(sh);
};

export const popd: Builtin = (sh, args) => {
  if (!sh.directories.length) throw new Failure('directory stack empty');
  const spec = args.find((arg) => /^[-+]\d+$/.test(arg));
  const index = spec === undefined ? 0 : position(sh, spec);
  if (index === 0) {
    const [first, ...rest] = sh.directories;
    enter(sh, first!, false);
    sh.directories = rest;
  } else sh.directories.splice(index - 1, 1);
  return show(sh);
};

export const dirs: Builtin = function* (sh, args): Task<number> {
  if (args.includes('-c')) {
    sh.directories = [];
    return 0;
  }
  const all = listing(sh, args.some((arg) => /^-\w*l/.test(arg)));
  if (args.some((arg) => /^-\w*v/.test(arg))) yield* sh.out(all.map((path, i) => `${String(i).padStart(2)}  ${path}\n`).join(''));
  else yield* sh.out(`${all.join(args.some((arg) => /^-\w*p/.test(arg)) ? '\n' : ' ')}\n`);
  return 0;
};
