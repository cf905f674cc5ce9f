// `test`, `[`, and the conditions that `[[` shares with them.

import { KernelError } from '../../kernel/errno.ts';
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK, S_ISGID, S_ISUID, S_ISVTX, type Stat } from '../../kernel/stat.ts';
import type { Builtin } from '../dialect.ts';
import type { Shell } from '../shell.ts';
import { Failure } from '../unwind.ts';

const TYPES: Record<string, number> = { '-f': S_IFREG, '-d': S_IFDIR, '-b': S_IFBLK, '-c': S_IFCHR, '-p': S_IFIFO, '-S': S_IFSOCK };
const BITS: Record<string, number> = { '-u': S_ISUID, '-g': S_ISGID, '-k': S_ISVTX };
const UNARY = /^-[abcdefghknoprstuvwxzGLNORS]$/;
const BINARY = /^(=|==|!=|<|>|-eq|-ne|-lt|-le|-gt|-ge|-nt|-ot|-ef|=~)$/;

function statOf(sh: Shell, path: string, follow = true): Stat | undefined {
  try {
    return follow ? sh.sys.stat(path) : sh.sys.lstat(path);
  } catch (error) {
    if (error instanceof KernelError) return undefined;
    throw error;
  }
}

export function unaryTest(sh: Shell, operator: string, value: string): boolean {
  if (operator === '-z') return value === '';
  if (operator === '-n') return value !== '';
  if (operator === '-t') {
    try {
      return sh.sys.isatty(Number(value || 1));
    } catch {
      return false;
    }
  }
  if (operator === '-o') return sh.options[value as keyof Shell['options']] === true;
  if (operator === '-v' || operator === '-R') {
    const element = /^(\w+)\[(.*)\]$/.exec(value);
    if (!element) return sh.vars.get(value) !== undefined;
    const [, name = '', key = ''] = element;
    return key === '@' || key === '*' ? (sh.vars.list(name) ?? []).length > 0 : sh.vars.element(name, key) !== undefined;
  }
  if (operator === '-r' || operator === '-w' || operator === '-x') return sh.sys.can(value, operator[1]!);
  const stat = value === '' ? undefined : statOf(sh, value, operator !== '-h' && operator !== '-L');
  if (!stat) return false;
  const type = stat.mode & S_IFMT;
  if (operator in TYPES) return type === TYPES[operator];
  if (operator in BITS) return (stat.mode & BITS[operator]!) !== 0;
  switch (operator) {
    case '-h':
    case '-L': return type === S_IFLNK;
    case '-s': return stat.size > 0;
    case '-O': return stat.uid === sh.sys.credentials().uid;
    case '-G': return stat.gid === sh.sys.credentials().gid;
    case '-N': return stat.mtime > stat.atime;
    default: return true;
  }
}

function integer(sh: Shell, text: string): bigint {
  const trimmed = text.trim();
  if (/^[-+]?\d+$/.test(trimmed)) return BigInt(trimmed);
  throw sh.dialect.name === 'ash' ? new Failure(`${text}: bad number`, 2, 'command', 'short') : new Failure(`${text}: integer expected`, 2);
}

/** @throws Failure when a number is none */
export function binaryTest(sh: Shell, left: string, operator: string, right: string): boolean {
  switch (operator) {
    case '=':
    case '==': return left === right;
    case '!=': return left !== right;
    case '<': return left < right;
    case '>': return left > right;
    case '-nt':
    case '-ot': {
      const a = statOf(sh, left);
      const b = statOf(sh, right);
      const [newer, older] = operator === '-nt' ? [a, b] : [b, a];
      // BusyBox wants both to be there.
      return newer !== undefined && (older === undefined ? sh.dialect.name !== 'ash' : newer.mtime > older.mtime);
    }
    case '-ef': {
      const a = statOf(sh, left);
      const b = statOf(sh, right);
      return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
    }
  }
  const a = integer(sh, left);
  const b = integer(sh, right);
  switch (operator) {
    case '-eq': return a === b;
    case '-ne': return a !== b;
    case '-lt': return a < b;
    case '-le': return a <= b;
    case '-gt': return a > b;
    default: return a >= b;
  }
}

class Evaluation {
  readonly #sh: Shell;
  readonly #args: readonly string[];
  #at = 0;

  constructor(sh: Shell, args: readonly string[]) {
    this.#sh = sh;
    this.#args = args;
  }

  #fail(bash: string, ash: string): never {
    throw this.#sh.dialect.name === 'ash' ? new Failure(ash, 2, 'command', 'short') : new Failure(bash, 2);
  }

  /** By the number of arguments, as POSIX has it, and by grammar beyond four. */
  run(): boolean {
    const args = this.#args;
    const bash = this.#sh.dialect.name === 'bash';
    switch (args.length) {
      case 0: return false;
      case 1: return args[0] !== '';
      case 2:
        if (args[0] === '!') return args[1] === '';
        if (UNARY.test(args[0]!)) return unaryTest(this.#sh, args[0]!, args[1]!);
        if (bash) this.#fail(`${args[0]}: unary operator expected`, '');
        break;
      case 3:
        if (BINARY.test(args[1]!) && args[1] !== '=~') return binaryTest(this.#sh, args[0]!, args[1]!, args[2]!);
        if (args[1] === '-a') return args[0] !== '' && args[2] !== '';
        if (args[1] === '-o') return args[0] !== '' || args[2] !== '';
        if (args[0] === '!') return !new Evaluation(this.#sh, args.slice(1)).run();
        if (args[0] === '(' && args[2] === ')') return args[1] !== '';
        if (bash) this.#fail(`${args[1]}: binary operator expected`, '');
        break;
      case 4:
        if (args[0] === '!') return !new Evaluation(this.#sh, args.slice(1)).run();
        if (args[0] === '(' && args[3] === ')') return new Evaluation(this.#sh, args.slice(1, 3)).run();
    }
    const value = this.#or();
    if (this.#at < args.length) this.#fail('too many arguments', `${args[this.#at]}: unknown operand`);
    return value;
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#args[this.#at] === '-o') {
      this.#at++;
      value = this.#and() || value;
    }
    return value;
  }

  #and(): boolean {
    let value = this.#not();
    while (this.#args[this.#at] === '-a') {
      this.#at++;
      value = this.#not() && value;
    }
    return value;
  }

  #not(): boolean {
    if (this.#args[this.#at] !== '!') return this.#primary();
    this.#at++;
    return !this.#not();
  }

  #primary(): boolean {
    const args = this.#args;
    const first = args[this.#at];
    if (first === undefined) this.#fail('argument expected', `${args[this.#at - 1]}: argument expected`);
    if (first === '(') {
      this.#at++;
      const value = this.#or();
      if (args[this.#at] !== ')') this.#fail("`)' expected", 'closing paren expected');
      this.#at++;
      return value;
    }
    const operator = args[this.#at + 1];
    if (operator !== undefined && BINARY.test(operator) && operator !== '=~') {
      const right = args[this.#at + 2];
      if (right === undefined) this.#fail(`${operator}: unary operator expected`, `${operator}: argument expected`);
      this.#at += 3;
      return binaryTest(this.#sh, first, operator, right);
    }
    if (UNARY.test(first)) {
      if (operator === undefined) {
        this.#at++;
        if (this.#sh.dialect.name === 'ash' && args.length > 1) this.#fail('', `${first}: argument expected`);
        return true;
      }
      this.#at += 2;
      return unaryTest(this.#sh, first, operator);
    }
    this.#at++;
    return first !== '';
  }
}

export const test: Builtin = (sh, args, { name }) => {
  let words = args;
  if (name === '[') {
    if (args.at(-1) !== ']') throw sh.dialect.name === 'ash' ? new Failure('missing ]', 2, 'command', 'short') : new Failure("missing `]'", 2);
    words = args.slice(0, -1);
  }
  return new Evaluation(sh, words).run() ? 0 : 1;
};
