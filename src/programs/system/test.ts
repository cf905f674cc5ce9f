// test and [: conditions on files, strings and numbers.

import { KernelError } from '../../kernel/errno.ts';
import { isBlockDevice, isCharDevice, isDirectory, isFifo, isRegular, isSocket, isSymlink, S_ISGID, S_ISUID, S_ISVTX, type Stat } from '../../kernel/stat.ts';
import type { Io } from '../lib/messages.ts';
import { quote } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

const tool = (bracket: boolean): Tool => ({
  gnu: null, busybox: null, usageStatus: 2,
  *run(io, { operands }) {
    const words = [...operands];
    if (bracket && words.pop() !== ']') io.die(io.gnu ? 'missing ‘]’' : 'missing ]', 2);
    return words.length && new Condition(io, words).all() ? 0 : 1;
  },
});

export const test = tool(false);
export const bracket = tool(true);

const UNARY = /^-[bcdefghkprstuwxzGLNOSn]$/;
const BINARY = /^(=|==|!=|<|>|-(eq|ne|lt|le|gt|ge|nt|ot|ef))$/;

class Condition {
  readonly #io: Io;
  readonly #words: readonly string[];
  #at = 0;

  constructor(io: Io, words: readonly string[]) {
    this.#io = io;
    this.#words = words;
  }

  all(): boolean {
    const value = this.#few(0, this.#words.length) ?? this.#or();
    if (this.#at < this.#words.length) {
      const extra = this.#words[this.#at]!;
      this.#fail(`extra argument ${quote(extra)}`, `${extra}: unknown operand`);
    }
    return value;
  }

  #fail(gnu: string, busybox: string): never {
    return this.#io.die(this.#io.gnu ? gnu : busybox, 2);
  }

  /** POSIX: up to four words mean one thing. */
  #few(from: number, to: number): boolean | undefined {
    const [a = '', b = '', c = ''] = this.#words.slice(from, to);
    const done = (value: boolean): boolean => {
      this.#at = this.#words.length;
      return value;
    };
    switch (to - from) {
      case 1: return done(a !== '');
      case 2:
        if (a === '!') return done(b === '');
        if (UNARY.test(a)) return done(this.#unary(a, b));
        return BINARY.test(b) || this.#io.gnu ? this.#fail(`missing argument after ${quote(b)}`, BINARY.test(b) ? `${b}: argument expected` : `${b}: unknown operand`) : this.#fail('', `${b}: unknown operand`);
      case 3:
        if (BINARY.test(b)) return done(this.#binary(a, b, c));
        if (b === '-a') return done(a !== '' && c !== '');
        if (b === '-o') return done(a !== '' || c !== '');
        if (a === '!') return !this.#few(from + 1, to);
        if (a === '(' && c === ')') return done(b !== '');
        return this.#fail(`${quote(b)}: binary operator expected`, `${b}: unknown operand`);
      case 4:
        if (a === '!') return !this.#few(from + 1, to);
        if (a === '(' && this.#words[to - 1] === ')') return this.#few(from + 1, to - 1);
    }
    return undefined;
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#words[this.#at] === '-o') {
      this.#at++;
      value = this.#and() || value;
    }
    return value;
  }

  #and(): boolean {
    let value = this.#term();
    while (this.#words[this.#at] === '-a') {
      this.#at++;
      value = this.#term() && value;
    }
    return value;
  }

  #term(): boolean {
    const word = this.#words[this.#at++];
    if (word === undefined) return this.#fail(`missing argument after ${quote(this.#words.at(-1) ?? '')}`, `${this.#words.at(-1)}: argument expected`);
    if (word === '!') return !this.#term();
    const next = this.#words[this.#at];
    if (next !== undefined && BINARY.test(next) && this.#at + 1 < this.#words.length) {
      this.#at += 2;
      return this.#binary(word, next, this.#words[this.#at - 1]!);
    }
    if (word === '(') {
      const value = this.#or();
      if (this.#words[this.#at++] !== ')') this.#fail('‘)’ expected', 'closing paren expected');
      return value;
    }
    if (UNARY.test(word) && next !== undefined) {
      this.#at++;
      return this.#unary(word, next);
    }
    return word !== '';
  }

  #stat(name: string, follow = true): Stat | undefined {
    try {
      return follow ? this.#io.sys.stat(name) : this.#io.sys.lstat(name);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      return undefined;
    }
  }

  #unary(operator: string, text: string): boolean {
    const letter = operator[1]!;
    const { sys } = this.#io;
    if (letter === 'z') return text === '';
    if (letter === 'n') return text !== '';
    if (letter === 't') return sys.isatty(Number(this.#integer(text)));
    if ('rwx'.includes(letter)) return sys.can(text, letter);
    const stat = this.#stat(text, letter !== 'h' && letter !== 'L');
    if (!stat) return false;
    const { mode } = stat;
    switch (letter) {
      case 'b': return isBlockDevice(mode);
      case 'c': return isCharDevice(mode);
      case 'd': return isDirectory(mode);
      case 'f': return isRegular(mode);
      case 'g': return (mode & S_ISGID) !== 0;
      case 'h': case 'L': return isSymlink(mode);
      case 'k': return (mode & S_ISVTX) !== 0;
      case 'p': return isFifo(mode);
      case 's': return stat.size > 0;
      case 'u': return (mode & S_ISUID) !== 0;
      case 'G': return stat.gid === sys.credentials().gid;
      case 'N': return stat.mtime > stat.atime;
      case 'O': return stat.uid === sys.credentials().uid;
      case 'S': return isSocket(mode);
      default: return true;
    }
  }

  #integer(text: string): bigint {
    const found = /^\s*([-+]?)(\d+)\s*$/.exec(text);
    if (!found) return this.#fail(`invalid integer ${quote(text)}`, `${text}: bad number`);
    return BigInt(found[2]!) * (found[1] === '-' ? -1n : 1n);
  }

  #binary(a: string, operator: string, b: string): boolean {
    switch (operator) {
      case '=': case '==': return a === b;
      case '!=': return a !== b;
      case '<': return a < b;
      case '>': return a > b;
      case '-nt': case '-ot': {
        const [x, y] = operator === '-nt' ? [this.#stat(a), this.#stat(b)] : [this.#stat(b), this.#stat(a)];
        // In BusyBox both must be there.
        return this.#io.gnu ? (x?.mtime ?? -Infinity) > (y?.mtime ?? -Infinity) : x !== undefined && y !== undefined && x.mtime > y.mtime;
      }
      case '-ef': {
        const [x, y] = [this.#stat(a), this.#stat(b)];
        return x !== undefined && y !== undefined && x.ino === y.ino && x.dev === y.dev;
      }
    }
    const [x, y] = [this.#integer(a), this.#integer(b)];
    return { '-eq': x === y, '-ne': x !== y, '-lt': x < y, '-le': x <= y, '-gt': x > y, '-ge': x >= y }[operator]!;
  }
}
