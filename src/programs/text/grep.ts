// grep: lines that match patterns.

import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import { isDirectory } from '../../kernel/stat.ts';
import { count } from '../lib/count.ts';
import { fnmatch } from '../lib/glob-match.ts';
import { LineReader, openInput, readWhole } from '../lib/lines.ts';
import type { Io } from '../lib/messages.ts';
import type { Options } from '../lib/options.ts';
import { Regex, RegexError } from '../lib/regex.ts';
import { toBytes, toText } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

type Find = (line: string, from: number) => { readonly index: number; readonly length: number } | undefined;

const GNU = 'E,extended-regexp F,fixed-strings G,basic-regexp P,perl-regexp e:,regexp: f:,file: i,ignore-case y no-ignore-case w,word-regexp x,line-regexp z,null-data s,no-messages v,invert-match m:,max-count: b,byte-offset n,line-number line-buffered H,with-filename h,no-filename label: o,only-matching q,quiet,silent binary-files: a,text I d:,directories: D:,devices: r,recursive R,dereference-recursive include: exclude: exclude-from: exclude-dir: L,files-without-match l,files-with-matches c,count T,initial-tab Z,null A:,after-context: B:,before-context: C:,context: color::,colour:: U,binary #';
const BUSYBOX = 'E F G e: f: i w x z s v m: n H h o q a I r R L l c A: B: C: color::,colour::';

export const grep = make('');
export const egrep = make('E');
export const fgrep = make('F');

function make(kind: string): Tool {
  return {
    gnu: GNU, busybox: BUSYBOX, usageStatus: 2, appletUsageStatus: 2, synopsis: 'Usage: grep [OPTION]... PATTERNS [FILE]...\n',
    *run(io, options) {
      const search = new Search(io, options, kind);
      const patterns = yield* search.patterns();
      const [first] = options.operands;
      if (!patterns) {
        if (first === undefined) return io.usage();
        options.operands.shift();
      }
      search.compile(patterns ?? first!.split('\n'));
      return yield* search.all();
    },
  };
}

class Search {
  readonly #io: Io;
  readonly #options: Options;
  readonly #kind: string;
  readonly #color: boolean;
  readonly #context: readonly [number, number];
  readonly #most: number;
  readonly #end: string;
  #find: Find = () => undefined;
  #showNames = false;
  #matched = false;
  #separated = false;

  constructor(io: Io, options: Options, kind: string) {
    this.#io = io;
    this.#options = options;
    this.#kind = options.last('E', 'F', 'G', 'P') ?? kind;
    const color = options.given.findLast(({ key }) => key === 'color');
    const when = color ? color.value ?? 'auto' : 'never';
    this.#color = io.gnu && (when === 'always' || when === 'auto' && io.terminal);
    const context = (key: string): number => {
      const given = options.given.findLast((option) => option.key === key || option.key === 'C' || option.key === '#');
      if (!given) return 0;
      return io.gnu && !/^\d+$/.test(given.value!) ? io.die(`${given.value}: invalid context length argument`, 2) : count(io, given.value!, '', 2);
    };
    this.#context = [context('B'), context('A')];
    const most = options.value('m');
    if (most !== undefined && io.gnu && !/^-?\d+$/.test(most)) io.die('invalid max count', 2);
    this.#most = most === undefined || most.startsWith('-') && io.gnu ? Infinity : count(io, most, '', 2);
    this.#end = options.has('z') ? '\0' : '\n';
  }

  /** From -e and -f; undefined when the first operand holds them. */
  *patterns(): Task<string[] | undefined> {
    if (!this.#options.has('e', 'f')) return undefined;
    const patterns: string[] = [];
    for (const { key, value } of this.#options.given) {
      if (key === 'e') patterns.push(...value!.split('\n'));
      else if (key === 'f') {
        const text = toText(yield* readWhole(this.#io, value!, { status: 2 }));
        if (text) patterns.push(...text.replace(/\n$/, '').split('\n'));
      }
    }
    return patterns;
  }

  compile(patterns: readonly string[]): void {
    const io = this.#io;
    const ignoreCase = this.#options.has('i', 'y') && this.#options.last('i', 'y', 'no-ignore-case') !== 'no-ignore-case';
    const finds = patterns.map((pattern): Find => {
      let regex: Regex;
      try {
        if (this.#kind === 'P') regex = Regex.perl(perl(pattern), ignoreCase ? 'iu' : 'u');
        else if (this.#kind === 'F') regex = Regex.posix(pattern.replace(/[\\^$.*[\]]/g, '\\$&'), { ignoreCase });
        else {
          if (io.gnu && /^\[:.*:\]$/.test(pattern)) io.die('character class syntax is [[:space:]], not [:space:]', 2);
          regex = Regex.posix(pattern, { extended: this.#kind === 'E', ignoreCase });
          if (io.gnu && this.#kind === 'E') for (const [, sign] of pattern.matchAll(/(?<!\\)(?:^|[(|^])([*+?]|\{(?=\d*,?\d*\}))/g)) io.warn(`warning: ${sign === '{' ? '{...}' : sign} at start of expression`);
        }
      } catch (error) {
        if (!(error instanceof RegexError) && !(error instanceof SyntaxError)) throw error;
        const text = this.#kind === 'P' ? (/group|parenthesis/i.test(error.message) ? 'missing closing parenthesis' : 'invalid pattern') : error.message.startsWith('Unmatched [') && pattern.endsWith('[') ? 'Invalid regular expression' : error.message;
        return io.die(io.gnu ? text : `bad regex '${pattern}'`, 2);
      }
      const whole = this.#options.has('x') ? (line: string, at: number, length: number): boolean => at === 0 && length === line.length
        : this.#options.has('w') ? (line: string, at: number, length: number): boolean => !/[\p{L}\p{N}_]$/u.test(line.slice(0, at)) && !/^[\p{L}\p{N}_]/u.test(line.slice(at + length)) : undefined;
      const exact = this.#options.has('x') && this.#kind !== 'P' ? exactly(pattern, this.#kind, ignoreCase) : undefined;
      return (line, from) => {
        if (exact) {
          const match = from === 0 ? exact.exec(line) : null;
          return match ? { index: 0, length: line.length } : undefined;
        }
        for (let at = from; at <= line.length;) {
          const match = regex.exec(line, at);
          if (!match) return undefined;
          if (!whole || whole(line, match.index, match[0].length)) return { index: match.index, length: match[0].length };
          // A shorter match at the same place may do, as `-w` tries.
          for (let length = match[0].length - 1; length > 0; length--) {
            const part = regex.exec(line.slice(0, match.index + length), match.index);
            if (part?.index === match.index && part[0].length && whole(line, match.index, part[0].length)) return { index: match.index, length: part[0].length };
          }
          at = match.index + 1;
        }
        return undefined;
      };
    });
    this.#find = (line, from) => {
      let best: ReturnType<Find>;
      for (const find of finds) {
        const found = find(line, from);
        if (found && (!best || found.index < best.index || found.index === best.index && found.length > best.length)) best = found;
      }
      return best;
    };
  }

  *all(): Task<number> {
    const options = this.#options;
    const recursive = options.has('r', 'R') || options.value('d') === 'recurse';
    const names = options.operands.length ? options.operands : recursive ? [''] : ['-'];
    const last = options.last('H', 'h');
    this.#showNames = last === 'H' || last !== 'h' && (names.length > 1 || recursive && (names[0] === '' || this.#io.sys.can(names[0]!, '') && isDirectory(this.#io.sys.stat(names[0]!).mode)));
    for (const name of names) {
      if (recursive && name !== '-') yield* this.#tree(name, name, true);
      else yield* this.#file(name);
      if (this.#matched && options.has('q')) return 0;
    }
    return this.#io.status ? (options.has('q') && this.#matched ? 0 : 2) : this.#matched ? 0 : 1;
  }

  #complain(text: string): void {
    if (this.#options.has('s')) this.#io.status = 2;
    else this.#io.fail(text, 2);
  }

  *#tree(path: string, shown: string, named: boolean): Task<void> {
    const { sys } = this.#io;
    try {
      const stat = named || this.#options.has('R') ? sys.stat(path || '.') : sys.lstat(path);
      if (!isDirectory(stat.mode)) {
        if ((stat.mode & 0o170000) === 0o100000 || named) {
          const base = path.split('/').pop()!;
          const { given } = this.#options;
          const rules = given.filter(({ key }) => key === 'include' || key === 'exclude');
          if (rules.length) {
            const rule = rules.findLast(({ value }) => fnmatch(value!, base));
            if (rule ? rule.key === 'exclude' : rules[0]!.key === 'include' && !rules.some(({ key }) => key === 'exclude')) return;
          }
          yield* this.#file(path, shown);
        }
        return;
      }
      if (!named && this.#options.values('exclude-dir').some((pattern) => fnmatch(pattern, path.split('/').pop()!))) return;
      for (const entry of sys.readdir(path || '.')) {
        const child = path ? `${path.replace(/\/$/, '')}/${entry.name}` : entry.name;
        yield* this.#tree(child, child, false);
      }
      yield* this.#io.relieve();
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      this.#complain(`${path}: ${strerror(error.errno)}`);
    }
  }

  *#file(name: string, shown = name === '-' ? this.#options.value('label') ?? '(standard input)' : name): Task<void> {
    const io = this.#io;
    const quiet = this.#options.has('s');
    let fd: number | undefined;
    if (quiet && name !== '-' && !io.sys.can(name, 'r')) {
      io.status = 2;
      return;
    }
    fd = openInput(io, name, { open: (file, text) => `${file}: ${text}`, status: 2 });
    if (fd === undefined) return;
    try {
      yield* this.#lines(new LineReader(io, fd, this.#end.charCodeAt(0)), shown);
    } catch (error) {
      if (!(error instanceof KernelError) || io.writeFailed) throw error;
      if (io.gnu) this.#complain(`${shown}: ${strerror(error.errno)}`);
    } finally {
      if (fd) io.sys.close(fd);
    }
  }

  *#lines(reader: LineReader, shown: string): Task<void> {
    const options = this.#options;
    const io = this.#io;
    const silent = options.has('q', 'l', 'L', 'c');
    const invert = options.has('v');
    const binaryGuess = io.gnu && !options.has('a', 'z') && options.value('binary-files') !== 'text' && this.#kind !== 'text';
    const [before, after] = this.#context;
    const held: [number, string][] = [];
    let number = 0;
    let offset = 0;
    let matches = 0;
    let trailing = 0;
    let lastShown = 0;
    let binary = false;
    const prefix = (n: number, mark: string, at = offset): string => {
      const paint = (code: string, text: string): string => (this.#color ? `\u001b[${code}m\u001b[K${text}\u001b[m\u001b[K` : text);
      const separator = paint('36', mark);
      return (this.#showNames ? paint('35', shown) + (options.has('Z') ? '\0' : separator) : '')
        + (options.has('n') ? paint('32', String(n)) + separator : '') + (options.has('b') ? paint('32', String(at)) + separator : '') + (options.has('T') && (this.#showNames || options.has('n')) ? '\t' : '');
    };
    const separate = (n: number): void => {
      if ((before || after) && this.#separated && n > lastShown + 1) io.out(this.#color ? '\u001b[36m\u001b[K--\u001b[m\u001b[K\n' : '--\n');
      this.#separated = true;
      lastShown = n;
    };
    if (this.#most === 0) return;
    let tooMany = false;
    for (let line = yield* reader.text(); line !== undefined; line = yield* reader.text()) {
      number++;
      if (binaryGuess && !binary && (line.includes('\0') || /[\ud800-\udfff]/u.test(line))) binary = true;
      const found = this.#find(line, 0);
      const hit = !tooMany && (found !== undefined) !== invert;
      if (hit) {
        matches++;
        this.#matched ||= !options.has('L');
        if (options.has('q') || options.has('l', 'L')) break;
        if (!silent) {
          if (binary && (!options.has('o') || found)) {
            if (!options.has('I')) {
              io.warn(`${shown}: binary file matches`);
            }
            break;
          }
          for (const [n, text] of held.splice(0)) {
            separate(n);
            if (!options.has('o')) io.out(toBytes(`${prefix(n, '-')}${text}${this.#end}`));
          }
          if (!options.has('o') || before || after) separate(number);
          if (options.has('o')) {
            if (!invert) this.#only(line, (at) => prefix(number, ':', offset + toBytes(line.slice(0, at)).length));
          } else io.out(toBytes(`${prefix(number, ':')}${this.#color && !invert ? this.#paint(line) : line}${this.#end}`));
          trailing = after;
        }
        if (matches >= this.#most) {
          tooMany = true;
          if (!trailing) break;
        }
      } else if (trailing > 0) {
        trailing--;
        separate(number);
        if (!options.has('o')) io.out(toBytes(`${prefix(number, '-')}${line}${this.#end}`));
        if (tooMany && !trailing) break;
      } else if (tooMany) break;
      else if (before && !silent) {
        held.push([number, line]);
        if (held.length > before) held.shift();
      }
      if (options.has('b')) offset += toBytes(line).length + 1;
    }
    const tail = options.has('Z') ? '\0' : '\n';
    if (options.has('q')) return;
    if (options.has('c') && !options.has('l', 'L')) io.out(`${this.#showNames ? `${shown}:` : ''}${matches}\n`);
    else if (options.has('l') && matches) io.out(shown + tail);
    else if (options.has('L') && !matches) {
      io.out(shown + tail);
      this.#matched = true;
    }
  }

  #only(line: string, prefix: (at: number) => string): void {
    for (let at = 0; at <= line.length;) {
      const found = this.#find(line, at);
      if (!found) return;
      const text = line.slice(found.index, found.index + found.length);
      if (text) this.#io.out(toBytes(`${prefix(found.index)}${this.#color ? `\u001b[01;31m\u001b[K${text}\u001b[m\u001b[K` : text}${this.#end}`));
      at = found.index + Math.max(1, found.length);
    }
  }

  #paint(line: string): string {
    let text = '';
    let at = 0;
    for (let from = 0; from <= line.length;) {
      const found = this.#find(line, from);
      if (!found) break;
      if (found.length) {
        text += `${line.slice(at, found.index)}\u001b[01;31m\u001b[K${line.slice(found.index, found.index + found.length)}\u001b[m\u001b[K`;
        at = found.index + found.length;
      }
      from = found.index + Math.max(1, found.length);
    }
    return text + line.slice(at);
  }
}

function exactly(pattern: string, kind: string, ignoreCase: boolean): Regex {
  if (kind === 'F') return Regex.posix(`^${pattern.replace(/[\\^$.*[\]]/g, '\\$&')}$`, { ignoreCase });
  return Regex.posix(kind === 'E' ? `^(${pattern})$` : `^\\(${pattern}\\)$`, { extended: kind === 'E', ignoreCase });
}

/** PCRE's words for what JavaScript spells differently. */
const perl = (pattern: string): string => pattern.replace(/\(\?P</g, '(?<').replace(/\\K/g, '').replace(/\\h/g, '[ \\t]').replace(/\\[AzZ]/g, (anchor) => (anchor === '\\A' ? '^' : '$')).replace(/\[\[:(\w+):\]\]/g, (_, name: string) => ({ alpha: '\\p{L}', digit: '\\d', space: '\\s', alnum: '[\\p{L}\\p{N}]', upper: '\\p{Lu}', lower: '\\p{Ll}' } as Record<string, string>)[name] ?? '.');
