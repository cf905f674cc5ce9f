// The expression of find: what its words mean, as one function over a file.

import { parseMode } from '../../base/mode-change.ts';
import type { Task } from '../../base/task.ts';
import { isDirectory, isRegular, isSymlink, S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK, type Stat } from '../../kernel/stat.ts';
import { parseDate } from './date-parse.ts';
import { FindActions } from './find-actions.ts';
import { fnmatch } from './glob-match.ts';
import { reason, type Io } from './messages.ts';
import { quote } from './quote.ts';
import { emacsRegex } from './emacs-regex.ts';
import { Users } from './users.ts';

export interface FindEntry {
  readonly path: string;
  /** The last component. */
  readonly name: string;
  readonly depth: number;
  /** The starting point it was reached from. */
  readonly start: string;
  readonly stat: Stat;
}

export type FindTest = (entry: FindEntry) => Task<boolean>;

/** What applies to the whole walk, and what tests do to it. */
export interface FindState {
  follow: 'P' | 'L' | 'H';
  depthFirst: boolean;
  minDepth: number;
  maxDepth: number;
  oneFileSystem: boolean;
  prune: boolean;
  quit: boolean;
}

const TYPES: Readonly<Record<string, number>> = { f: S_IFREG, d: S_IFDIR, l: S_IFLNK, p: S_IFIFO, s: S_IFSOCK, c: S_IFCHR, b: S_IFBLK };
const SIZE_UNITS: Readonly<Record<string, number>> = { b: 512, c: 1, w: 2, k: 1024, M: 1024 ** 2, G: 1024 ** 3, '': 512 };
const DAY = 86_400_000;

/** What the real BusyBox has of it. */
const BUSYBOX = new Set(`name iname path ipath regex type perm mtime atime ctime mmin amin cmin newer user group size links inum samefile empty executable xdev prune quit
  exec ok print print0 depth maxdepth mindepth follow`.split(/\s+/));

export class FindParser {
  readonly #io: Io;
  readonly #words: readonly string[];
  readonly #users: Users;
  readonly #now: number;
  readonly state: FindState;
  readonly actions: FindActions;
  #at = 0;
  #hasAction = false;

  constructor(io: Io, words: readonly string[], state: FindState) {
    this.#io = io;
    this.#words = words;
    this.#users = new Users(io.sys);
    this.#now = io.sys.now();
    this.state = state;
    this.actions = new FindActions(io, this.#users);
  }

  /** The whole expression, with the implied `-print`. Ends the program at a mistake. */
  parse(): FindTest {
    const { gnu } = this.#io;
    const test = this.#words.length ? this.#or() : undefined;
    const word = this.#words[this.#at];
    if (word !== undefined) {
      if (word === ')') this.#io.die(gnu ? "invalid expression; you have too many ')'" : "unpaired ')'");
      if (gnu) this.#io.die(`paths must precede expression: \`${word}'`);
      this.#unrecognized(word);
    }
    const print = this.actions.print('\n');
    if (!test) return print;
    return this.#hasAction ? test : and(test, print);
  }

  #unrecognized(word: string): never {
    if (this.#io.gnu) return this.#io.die(`unknown predicate \`${word}'`);
    return this.#io.usage(`unrecognized: ${word}`);
  }

  #or(): FindTest {
    let left = this.#and();
    while (/^-(o|or)$/.test(this.#words[this.#at] ?? '')) {
      const word = this.#words[this.#at++]!;
      // BusyBox takes a missing side for true, or drops it at the end.
      if (!this.#io.gnu && this.#words[this.#at] === undefined) break;
      this.#operand(word);
      const a = left;
      const b = this.#and();
      left = function* (entry) {
        return (yield* a(entry)) || (yield* b(entry));
      };
    }
    return left;
  }

  #and(): FindTest {
    let left = this.#not();
    for (;;) {
      const word = this.#words[this.#at];
      if (word === undefined || word === ')' || /^-(o|or)$/.test(word) || word === ',') break;
      if (/^-(a|and)$/.test(word)) {
        this.#at++;
        this.#operand(word);
      }
      left = and(left, this.#not());
    }
    if (this.#words[this.#at] === ',' && this.#io.gnu) this.#io.notSimulated('the , operator');
    return left;
  }

  #operand(operator: string): void {
    if (this.#words[this.#at] === undefined && this.#io.gnu) this.#io.die(`expected an expression after '${operator}'`);
  }

  #not(): FindTest {
    const { gnu } = this.#io;
    if (!gnu && /^-(o|or|a|and)$/.test(this.#words[this.#at] ?? '-a')) return sync(() => true);
    const word = this.#words[this.#at++]!;
    if (word === '!' || word === '-not') {
      if (!gnu && this.#words[this.#at] === undefined) return sync(() => true);
      this.#operand(word);
      const inner = this.#not();
      return function* (entry) {
        return !(yield* inner(entry));
      };
    }
    if (word === '(') {
      const inner = this.#words[this.#at] === undefined ? undefined : this.#or();
      if (this.#words[this.#at++] !== ')') this.#io.die(gnu ? "invalid expression; I was expecting to find a ')' somewhere but did not see one." : "unpaired '('");
      return inner!;
    }
    if (gnu && /^-(o|or|a|and)$/.test(word)) this.#io.die(`invalid expression; you have used a binary operator '${word}' with nothing before it.`);
    if (!word.startsWith('-')) {
      if (gnu) this.#io.die(`paths must precede expression: \`${word}'`);
      this.#unrecognized(word);
    }
    return this.#primary(word);
  }

  #argument(word: string): string {
    const argument = this.#words[this.#at++];
    if (argument !== undefined) return argument;
    return this.#io.die(this.#io.gnu ? `missing argument to \`${word}'` : `${word} requires an argument`);
  }

  /** `5`, `+5`, `-5` as a comparison. */
  #number(word: string, text = this.#argument(word)): (value: number) => boolean {
    const found = /^([-+]?)(\d+(?:\.\d+)?)$/.exec(text);
    if (!found) return this.#io.die(this.#io.gnu ? `invalid argument \`${text}' to \`${word}'` : `invalid number '${text.replace(/^[-+]/, '')}'`);
    const n = Number(found[2]);
    return found[1] === '+' ? (value) => value > n : found[1] === '-' ? (value) => value < n : (value) => value === n;
  }

  #integer(word: string): number {
    const text = this.#argument(word);
    if (/^\d+$/.test(text)) return Number(text);
    return this.#io.die(this.#io.gnu ? `Expected a positive decimal integer argument to ${word}, but got ${quote(text)}` : `invalid number '${text}'`);
  }

  #reference(word: string, follow = this.state.follow !== 'P'): Stat {
    const path = this.#argument(word);
    try {
      return follow || !this.#io.gnu ? this.#io.sys.stat(path) : this.#io.sys.lstat(path);
    } catch (error) {
      return this.#io.die(this.#io.gnu ? `${quote(path)}: ${reason(error)}` : `can't stat '${path}': ${reason(error)}`);
    }
  }

  #primary(word: string): FindTest {
    const { gnu, sys } = this.#io;
    const name = word.slice(1);
    if (!gnu && !BUSYBOX.has(name)) this.#unrecognized(word);
    const age = (field: 'atime' | 'mtime' | 'ctime', unit: number): FindTest => {
      const text = this.#argument(word);
      this.#number(word, text);
      const n = Number(text.replace(/^[-+]/, ''));
      return sync(({ stat }) => {
        const elapsed = (this.#now - stat[field]) / unit;
        const whole = Math.floor(elapsed);
        if (unit === DAY) return text.startsWith('+') ? whole > n : text.startsWith('-') ? elapsed < n : whole === n;
        return text.startsWith('+') ? elapsed > n : text.startsWith('-') ? elapsed < n : Math.ceil(elapsed) === n;
      });
    };
    const glob = (of: (entry: FindEntry) => string, ignoreCase: boolean): FindTest => {
      const pattern = this.#argument(word);
      return sync((entry) => fnmatch(pattern, of(entry), { ignoreCase }));
    };
    const global = (): FindTest => sync(() => true);
    switch (name) {
      case 'name': case 'iname': return glob((entry) => entry.name, name === 'iname');
      case 'path': case 'wholename': case 'ipath': case 'iwholename': return glob((entry) => entry.path, name.startsWith('i'));
      case 'lname': case 'ilname': return glob((entry) => (isSymlink(entry.stat.mode) ? sys.readlink(entry.path) : '\0'), name === 'ilname');
      case 'regex': case 'iregex': {
        const regex = emacsRegex(this.#argument(word), name === 'iregex');
        return sync((entry) => regex.test(entry.path));
      }
      case 'type': case 'xtype': {
        const text = this.#argument(word);
        const letters = gnu ? text.split(',') : [text];
        const bad = letters.find((letter) => !(letter in TYPES));
        if (bad !== undefined) this.#io.die(gnu ? `Unknown argument to -${name}: ${bad}` : `invalid argument '${text}' to '-type'`);
        const wanted = letters.map((letter) => TYPES[letter]!);
        return sync((entry) => wanted.includes((name === 'type' ? entry.stat : this.actions.target(entry)).mode & S_IFMT));
      }
      case 'mtime': return age('mtime', DAY);
      case 'atime': return age('atime', DAY);
      case 'ctime': return age('ctime', DAY);
      case 'mmin': return age('mtime', 60_000);
      case 'amin': return age('atime', 60_000);
      case 'cmin': return age('ctime', 60_000);
      case 'newer': case 'anewer': case 'cnewer': {
        const { mtime } = this.#reference(word);
        const field = name === 'newer' ? 'mtime' : name === 'anewer' ? 'atime' : 'ctime';
        return sync(({ stat }) => stat[field] > mtime);
      }
      case 'samefile': {
        const { ino, dev } = this.#reference(word);
        return sync(({ stat }) => stat.ino === ino && stat.dev === dev);
      }
      case 'user': case 'group': {
        const text = this.#argument(word);
        const id = name === 'user' ? this.#users.uid(text) : this.#users.gid(text);
        if (id === undefined) return this.#io.die(gnu ? `invalid ${name} name or ${name === 'user' ? 'U' : 'G'}ID argument to -${name}: ${quote(text)}` : `unknown ${name} ${text}`);
        return sync(({ stat }) => (name === 'user' ? stat.uid : stat.gid) === id);
      }
      case 'nouser': return sync(({ stat }) => this.#users.userName(stat.uid) === undefined);
      case 'nogroup': return sync(({ stat }) => this.#users.groupName(stat.gid) === undefined);
      case 'uid': case 'gid': case 'links': case 'inum': {
        const compare = this.#number(word);
        const field = ({ uid: 'uid', gid: 'gid', links: 'nlink', inum: 'ino' } as const)[name];
        return sync(({ stat }) => compare(stat[field]));
      }
      case 'size': {
        const text = this.#argument(word);
        const found = /^([-+]?\d+)([bcwkMG]?)$/.exec(text);
        if (!found || (!gnu && !/[bck]/.test(found[2] || 'b'))) return this.#io.die(gnu ? `invalid -size type \`${text.at(-1) ?? ''}'` : `invalid number '${text.replace(/^[-+]/, '')}'`);
        const unit = SIZE_UNITS[found[2]!]!;
        const compare = this.#number(word, found[1]);
        if (gnu) return sync(({ stat }) => compare(Math.ceil(stat.size / unit)));
        const bytes = Number(found[1]!.replace(/^[-+]/, '')) * unit;
        return sync(({ stat }) => (text.startsWith('+') ? stat.size > bytes : text.startsWith('-') ? stat.size < bytes : stat.size === bytes));
      }
      case 'perm': {
        const text = this.#argument(word);
        const kind = /^[-/+]/.test(text) && !/^\+[rwxXst]/.test(text) ? text[0] : '';
        const bits = parseMode(kind ? text.slice(1) : text, 0, false)?.(0);
        if (bits === undefined) return this.#io.die(gnu ? `invalid file mode ${quote(text)}` : `invalid mode '${text}'`);
        return sync(({ stat }) => {
          const mode = stat.mode & 0o7777;
          if (kind === '-') return (mode & bits) === bits;
          return kind ? bits === 0 || (mode & bits) !== 0 : mode === bits;
        });
      }
      case 'empty': return sync(({ path, stat }) => (isDirectory(stat.mode) ? this.actions.names(path).length === 0 : isRegular(stat.mode) && stat.size === 0));
      case 'readable': return sync(({ path }) => sys.can(path, 'r'));
      case 'writable': return sync(({ path }) => sys.can(path, 'w'));
      case 'executable': return sync(({ path }) => sys.can(path, 'x'));
      case 'fstype': {
        const type = this.#argument(word);
        return sync(({ path }) => sys.statfs(path).type === type);
      }
      case 'true': return sync(() => true);
      case 'false': return sync(() => false);
      case 'prune': return sync(() => {
        this.state.prune = true;
        return true;
      });
      case 'quit': {
        this.#hasAction = true;
        return sync(() => {
          this.state.quit = true;
          return true;
        });
      }
      case 'depth': case 'd': this.state.depthFirst = true; return global();
      case 'xdev': case 'mount': this.state.oneFileSystem = true; return global();
      case 'follow': this.state.follow = 'L'; return global();
      case 'noleaf': case 'warn': case 'nowarn': case 'ignore_readdir_race': case 'daystart': return global();
      case 'mindepth': this.state.minDepth = this.#integer(word); return global();
      case 'maxdepth': this.state.maxDepth = this.#integer(word); return global();
      case 'print': return this.#action(this.actions.print('\n'));
      case 'print0': return this.#action(this.actions.print('\0'));
      case 'ls': return this.#action(this.actions.list());
      case 'printf': return this.#action(this.actions.printf(this.#argument(word)));
      case 'delete': {
        this.state.depthFirst = true;
        return this.#action(this.actions.remove());
      }
      case 'exec': case 'execdir': case 'ok': case 'okdir': return this.#action(this.#exec(word));
      default:
    }
    const newer = /^newer([acmB])([acmt])$/.exec(name);
    if (newer) {
      const field = ({ a: 'atime', c: 'ctime', m: 'mtime', B: 'ctime' } as const)[newer[1] as 'a'];
      let limit: number | undefined;
      if (newer[2] === 't') {
        const text = this.#argument(word);
        limit = parseDate(text, this.#now);
        if (limit === undefined) return this.#io.die(`I cannot figure out how to interpret ${quote(text)} as a date or time`);
      } else limit = this.#reference(word)[({ a: 'atime', c: 'ctime', m: 'mtime' } as const)[newer[2] as 'a']];
      return sync(({ stat }) => stat[field] > limit);
    }
    if (/^(fprint|fprint0|fprintf|fls|context|files0-from|used|regextype|version|help)$/.test(name)) this.#io.notSimulated(word);
    return this.#unrecognized(word);
  }

  #action(test: FindTest): FindTest {
    this.#hasAction = true;
    return test;
  }

  #exec(word: string): FindTest {
    const rest = this.#words.slice(this.#at);
    const end = rest.findIndex((part, i) => part === ';' || (part === '+' && rest[i - 1] === '{}'));
    if (end < 0 || (end === 0)) return this.#io.die(this.#io.gnu ? `missing argument to \`${word}'` : `${word} requires an argument`);
    this.#at += end + 1;
    const command = rest.slice(0, end);
    const inDirectory = word.endsWith('dir');
    if (rest[end] === '+') return this.actions.executeMany(command.slice(0, -1), inDirectory);
    return this.actions.execute(command, inDirectory, word.startsWith('-ok'));
  }
}

function sync(test: (entry: FindEntry) => boolean): FindTest {
  return function* (entry) {
    return test(entry);
  };
}

function and(a: FindTest, b: FindTest): FindTest {
  return function* (entry) {
    return (yield* a(entry)) && (yield* b(entry));
  };
}
