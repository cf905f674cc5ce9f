// The script language of sed, parsed.

import type { Io } from './messages.ts';
import { Regex, RegexError } from './regex.ts';

export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  /** Without a regex: the one used last. */
  | { readonly kind: 'regex'; readonly regex: Regex | undefined }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'plus' | 'multiple'; readonly amount: number };

/** A piece of a replacement: text, a group, or a change of case from here on. */
export type Piece = string | { readonly group: number } | { readonly caseMode: string };

export interface Command {
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  readonly negated: boolean;
  readonly name: string;
  /** Text of `a i c`, label of `b t T :`, file of `r R w W`, exit status of `q Q`, width of `l`. */
  text: string;
  /** Where `{`, `b`, `t` and `T` go on. */
  target: number;
  regex?: Regex | undefined;
  pieces?: readonly Piece[];
  which?: number;
  global?: boolean;
  print?: boolean;
  execute?: boolean;
  map?: ReadonlyMap<string, string>;
  /** State of a range while the script runs. */
  active: boolean;
  end: number;
}

export interface ScriptPart {
  readonly text: string;
  /** `-e expression #1` or `file F` as messages name it. */
  readonly file: string | undefined;
}

/** @returns the commands, flat, and whether the script begins with `#n`. Ends the program on an error. */
export function parseScript(io: Io, parts: readonly ScriptPart[], extended: boolean): { readonly commands: Command[]; readonly quiet: boolean } {
  return new Parser(io, parts, extended).all();
}

class Parser {
  readonly #io: Io;
  readonly #parts: readonly ScriptPart[];
  readonly #extended: boolean;
  readonly #text: string;
  readonly #commands: Command[] = [];
  #at = 0;

  constructor(io: Io, parts: readonly ScriptPart[], extended: boolean) {
    this.#io = io;
    this.#parts = parts;
    this.#extended = extended;
    this.#text = parts.map((part) => part.text).join('\n');
  }

  all(): { commands: Command[]; quiet: boolean } {
    const blocks: Command[] = [];
    const gnu = this.#io.gnu;
    for (;;) {
      this.#skip(/[\s;]*/y);
      if (this.#at >= this.#text.length) break;
      const from = this.#address();
      let to: Address | undefined;
      this.#skip(/[ \t]*/y);
      if (from && this.#peek() === ',') {
        this.#at++;
        this.#skip(/[ \t]*/y);
        to = this.#address(true);
        if (!to) this.#fail("unexpected `,'", 'no address after comma');
      }
      this.#skip(/[ \t]*/y);
      let negated = false;
      while (this.#peek() === '!') {
        negated = true;
        this.#at++;
        this.#skip(/[ \t]*/y);
      }
      const name = this.#text[this.#at++];
      if (name === undefined) return this.#fail('missing command');
      const zero = from?.kind === 'line' && from.line === 0;
      if (gnu && zero && to?.kind !== 'regex') this.#fail('invalid usage of line address 0');
      const command: Command = { from, to, negated, name, text: '', target: 0, active: gnu && zero && to !== undefined, end: Infinity };
      if (name === '#') {
        if (from) this.#fail('comments don\'t accept any addresses');
        this.#skip(/[^\n]*/y);
        continue;
      }
      if (name === '{') blocks.push(command);
      else if (name === '}') {
        const open = blocks.pop();
        if (!open && gnu) this.#fail("unexpected `}'");
        if (from && gnu) this.#fail("} doesn't want any addresses");
        if (open) open.target = this.#commands.length;
        this.#end();
        continue;
      } else this.#arguments(command);
      this.#commands.push(command);
    }
    if (blocks.length) {
      if (gnu) this.#io.die(`${this.#where(0)[0]}, char 0: unmatched \`{'`);
      for (const open of blocks) open.target = this.#commands.length;
    }
    this.#labels();
    return { commands: this.#commands, quiet: /^#n(\n|$)/.test(this.#text) };
  }

  #labels(): void {
    for (const command of this.#commands) {
      if (!'btT'.includes(command.name)) continue;
      const target = command.text ? this.#commands.findIndex((other) => other.name === ':' && other.text === command.text) : this.#commands.length;
      // BusyBox looks for the label of `t` only when it jumps.
      if (target < 0 && !this.#io.gnu && command.name !== 'b') {
        command.target = this.#commands.length;
        continue;
      }
      if (target < 0) this.#io.die(this.#io.gnu ? `can't find label for jump to \`${command.text}'` : `can't find label for jump to '${command.text}'`, this.#io.gnu ? 4 : 1);
      command.target = target;
    }
  }

  #peek(): string | undefined {
    return this.#text[this.#at];
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  /** The part a position lies in, as messages name it, and where it begins. */
  #where(at: number): [string, number] {
    let start = 0;
    let expression = 0;
    for (const part of this.#parts) {
      if (part.file === undefined) expression++;
      if (at <= start + part.text.length) {
        return part.file === undefined ? [`-e expression #${expression}`, start] : [`file ${part.file} line ${this.#text.slice(start, at).split('\n').length}`, -1];
      }
      start += part.text.length + 1;
    }
    return ['-e expression #1', 0];
  }

  #fail(gnu: string, busybox = gnu): never {
    const [where, start] = this.#where(this.#at);
    return this.#io.die(this.#io.gnu ? `${where}${start < 0 ? '' : `, char ${this.#at - start}`}: ${gnu}` : busybox);
  }

  /** What stands before the next delimiter; an escaped delimiter loses its backslash. */
  #delimited(delimiter: string, regex: boolean): string | undefined {
    let text = '';
    let bracket = false;
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at]!;
      if (character === '\\' && !bracket) {
        const next = this.#text[++this.#at];
        if (next === undefined) return undefined;
        if (next === delimiter) text += regex && /[.*[\]^$+?(){}|]/.test(next) && !(this.#extended && '+?(){}|'.includes(next)) ? `[${next}]`.replace('[^]', '\\^') : next;
        else if (next === 'n' && regex) text += '\n';
        else text += `\\${next}`;
        continue;
      }
      if (character === '\n' && regex && !bracket && !this.#io.gnu) return undefined;
      if (regex && character === '[' && !bracket) {
        const rest = /^\[\^?\]?(?:\[[:.=][^\]]*[:.=]\]|[^\]])*\]/.exec(this.#text.slice(this.#at));
        if (rest) {
          text += rest[0].replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\\]/g, '\\]');
          this.#at += rest[0].length - 1;
          continue;
        }
        this.#at = this.#text.length;
        return undefined;
      }
      if (character === delimiter) {
        this.#at++;
        return text;
      }
      text += character;
    }
    return undefined;
  }

  #regex(pattern: string, ignoreCase: boolean, multiline: boolean): Regex | undefined {
    if (!pattern) return undefined;
    if (this.#io.gnu && /^\[:.*:\]$/.test(pattern)) this.#io.die('character class syntax is [[:space:]], not [:space:]', 4);
    try {
      const source = pattern.replace(/\\(\\|[tfvra]|x[0-9a-fA-F]{2})/g, (whole, escape: string) =>
        escape === '\\' || escape[0] === 'x' && !this.#io.gnu ? whole : escape[0] === 'x' ? String.fromCharCode(parseInt(escape.slice(1), 16)).replace(/[.*[\]^$\\]/, '\\$&') : ({ t: '\t', f: '\f', v: '\v', r: '\r', a: '\u0007' } as Record<string, string>)[escape]!);
      return Regex.posix(source, { extended: this.#extended, ignoreCase, multiline, strict: this.#io.gnu ? 'sed' : 'posix' });
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      return this.#fail(error.message, `bad regex '${pattern}': ${error.message}`);
    }
  }

  #address(second = false): Address | undefined {
    const digits = this.#skip(/\d+/y);
    if (digits) {
      this.#skip(/[ \t]*(?=~)/y);
      if (this.#io.gnu && this.#peek() === '~') {
        this.#at++;
        return { kind: 'step', first: Number(digits), step: Number(this.#skip(/\d*/y)) };
      }
      return { kind: 'line', line: Number(digits) };
    }
    const character = this.#peek();
    if (character === '$') {
      this.#at++;
      return { kind: 'last' };
    }
    if (second && (character === '+' || character === '~' && this.#io.gnu)) {
      this.#at++;
      return { kind: character === '+' ? 'plus' : 'multiple', amount: Number(this.#skip(/\d+/y)) };
    }
    if (character !== '/' && character !== '\\') return undefined;
    this.#at++;
    const delimiter = character === '/' ? '/' : this.#text[this.#at++]!;
    const pattern = this.#delimited(delimiter, true);
    if (pattern === undefined) return this.#fail('unterminated address regex', `unmatched '${delimiter}'`);
    const flags = this.#io.gnu ? this.#skip(/[IM]*/y) : '';
    return { kind: 'regex', regex: this.#regex(pattern, flags.includes('I'), flags.includes('M')) };
  }

  /** The end of a command: `;`, a newline, `}` or a comment. */
  #end(): void {
    this.#skip(/[ \t]*/y);
    const next = this.#peek();
    if (next === undefined || next === '}' || next === '#') return;
    if (next === ';' || next === '\n') this.#at++;
    else if (this.#io.gnu) {
      this.#at++;
      this.#fail('extra characters after command');
    }
  }

  #arguments(command: Command): void {
    const { name } = command;
    const gnu = this.#io.gnu;
    if (name === 's') this.#substitute(command);
    else if (name === 'y') {
      const delimiter = this.#text[this.#at++] ?? '';
      const from = this.#delimited(delimiter, false);
      const to = from === undefined ? undefined : this.#delimited(delimiter, false);
      if (from === undefined || to === undefined) return this.#fail("unterminated `y' command", `unmatched '${delimiter}'`);
      const plain = (text: string): string[] => [...text.replace(/\\([\\nt])/g, (_, escape: string) => ({ n: '\n', t: '\t', '\\': '\\' })[escape]!)];
      const [a, b] = [plain(from), plain(to)];
      if (a.length !== b.length && gnu) this.#fail("strings for `y' command are different lengths");
      command.map = new Map(a.map((character, i) => [character, b[i] ?? character]));
      this.#end();
    } else if ('aic'.includes(name)) this.#textBlock(command);
    else if ('rRwW'.includes(name) && (gnu || 'rw'.includes(name))) {
      this.#skip(/[ \t]*/y);
      command.text = this.#skip(/[^\n]*/y);
      if (!command.text) this.#fail('missing filename in r/R/w/W commands', 'empty filename');
    } else if (':btT'.includes(name)) {
      if (name === ':' && command.from) this.#fail(': doesn\'t want any addresses');
      this.#skip(/[ \t]*/y);
      command.text = this.#skip(name === ':' && !gnu ? /[^\s;]*/y : /[^\s;}]*/y);
      if (name === ':' && !command.text && gnu) this.#fail('":" lacks a label');
      if (name !== ':') this.#end();
    } else if ('qQlL'.includes(name) && (gnu || name === 'q' || name === 'l')) {
      if (gnu) {
        this.#skip(/[ \t]*/y);
        command.text = this.#skip(/\d*/y);
      }
      this.#end();
    } else if ('=dDpPnNhHgGx'.includes(name) || gnu && 'zF'.includes(name)) this.#end();
    else if (gnu && (name === 'e' || name === 'v')) {
      command.text = this.#skip(/[^\n]*/y).trim();
      if (name === 'e') this.#io.notSimulated('the command e');
    } else this.#fail(`unknown command: \`${name}'`, `unsupported command ${name}`);
  }

  #textBlock(command: Command): void {
    const gnu = this.#io.gnu;
    this.#skip(/[ \t]*/y);
    if (this.#at >= this.#text.length) {
      if (gnu) this.#fail("expected \\ after `a', `c' or `i'");
      return;
    }
    const escaped = /\\[ \t]*\n/y;
    escaped.lastIndex = this.#at;
    if (escaped.test(this.#text)) {
      this.#skip(/\\[ \t]*\n/y);
      if (gnu) this.#skip(/[ \t]*(?=\\[ \t])/y);
    } else if (this.#peek() === '\\') this.#at++;
    let text = '';
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at]!;
      if (character === '\n') {
        this.#at++;
        break;
      }
      if (character === '\\') {
        const next = this.#text[++this.#at];
        if (next === undefined) break;
        text += ({ n: '\n', t: '\t' } as Record<string, string>)[next] ?? next;
      } else text += character;
    }
    command.text = text;
  }

  #substitute(command: Command): void {
    const delimiter = this.#text[this.#at++] ?? '';
    const pattern = this.#delimited(delimiter, true);
    const replacement = pattern === undefined ? undefined : this.#delimited(delimiter, false);
    if (pattern === undefined || replacement === undefined) return this.#fail("unterminated `s' command", `unmatched '${delimiter}'`);
    let ignoreCase = false;
    let multiline = false;
    for (;;) {
      const flag = this.#peek();
      const twice = (name: string): never => {
        this.#at++;
        return this.#fail(`multiple \`${name}' options to \`s' command`);
      };
      if (flag === 'g') {
        if (command.global && this.#io.gnu) twice('g');
        command.global = true;
      } else if (flag === 'p') {
        if (command.print && this.#io.gnu) twice('p');
        command.print = true;
      } else if (flag === 'i' || flag === 'I') ignoreCase = true;
      else if (this.#io.gnu && (flag === 'm' || flag === 'M')) multiline = true;
      else if (flag === 'e' && this.#io.gnu) this.#io.notSimulated('the flag e of s');
      else if (flag === 'w') {
        this.#at++;
        this.#skip(/[ \t]*/y);
        command.text = this.#skip(/[^\n]*/y);
        if (!command.text) this.#fail('missing filename in r/R/w/W commands', 'empty filename');
        break;
      } else if (flag !== undefined && /\d/.test(flag)) {
        command.which = Number(this.#skip(/\d+/y));
        if (command.which === 0 && this.#io.gnu) this.#fail("number option to `s' command may not be zero");
        continue;
      } else break;
      this.#at++;
    }
    if (!command.text) {
      this.#skip(/[ \t]*/y);
      const next = this.#peek();
      if (next !== undefined && !';\n}#'.includes(next)) {
        this.#at++;
        this.#fail("unknown option to `s'", 'bad option in substitution expression');
      }
      if (next === ';' || next === '\n') this.#at++;
    }
    command.regex = this.#regex(pattern, ignoreCase, multiline);
    command.pieces = this.#pieces(replacement, command.regex);
  }

  #pieces(text: string, regex: Regex | undefined): Piece[] {
    const pieces: Piece[] = [];
    const gnu = this.#io.gnu;
    let plain = '';
    const push = (piece: Piece): void => {
      if (plain) pieces.push(plain);
      plain = '';
      pieces.push(piece);
    };
    for (let at = 0; at < text.length; at++) {
      const character = text[at]!;
      if (character === '&') push({ group: 0 });
      else if (character !== '\\' || at + 1 === text.length) plain += character;
      else {
        const next = text[++at]!;
        const hex = gnu && /^x([0-9a-fA-F]{2})/.exec(text.slice(at));
        if (/[0-9]/.test(next)) {
          if (gnu && regex && Number(next) > regex.groups) this.#fail(`invalid reference \\${next} on \`s' command's RHS`);
          push({ group: Number(next) });
        } else if (gnu && 'LUluE'.includes(next)) push({ caseMode: next });
        else if (hex) {
          plain += String.fromCharCode(parseInt(hex[1]!, 16));
          at += 2;
        } else plain += ({ n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\u0007' } as Record<string, string>)[next] ?? next;
      }
    }
    if (plain) pieces.push(plain);
    return pieces;
  }
}
