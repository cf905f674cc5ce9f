// `printf`.

import type { Task } from '../../base/task.ts';
import type { Builtin } from '../dialect.ts';
import { unescape } from '../expand/escape.ts';
import { ansiQuote, backslashQuote, hasUnprintable, quote } from '../expand/quote.ts';
import { formatTime } from '../prompt.ts';
import type { Shell } from '../shell.ts';
import { Failure } from '../unwind.ts';

interface Directive {
  readonly flags: string;
  width: number | undefined;
  precision: number | undefined;
  readonly conversion: string;
  readonly time: string | undefined;
}

const DIRECTIVE = /^%([-+ #0']*)(\*|\d*)(?:\.(\*|\d*))?(?:hh|h|ll|l|L|j|z|t|q)?(?:\(([^)]*)\)(T)|([A-Za-z%]))/;

function pad(text: string, { flags, width }: Directive, zero = false): string {
  if (width === undefined || text.length >= width) return text;
  if (flags.includes('-')) return text.padEnd(width);
  if (!zero || !flags.includes('0')) return text.padStart(width);
  const sign = /^[-+ ]?(0[xX])?/.exec(text)![0];
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

function floating(value: number, directive: Directive): string {
  const { flags, conversion } = directive;
  const precision = directive.precision ?? 6;
  let text: string;
  if (!Number.isFinite(value)) text = Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
  else {
    const exponent = (digits: number) => value.toExponential(digits).replace(/e([-+])(\d)$/, 'e$10$2');
    switch (conversion.toLowerCase()) {
      case 'f': text = value.toFixed(precision); break;
      case 'e': text = exponent(precision); break;
      default: {
        const significant = precision || 1;
        const power = value === 0 ? 0 : Number(value.toExponential(significant - 1).split('e')[1]);
        text = power < -4 || power >= significant ? exponent(significant - 1) : value.toFixed(Math.max(0, significant - 1 - power));
        if (!flags.includes('#') && text.includes('.')) text = text.replace(/\.?0+(e|$)/, '$1');
      }
    }
  }
  if (value >= 0 && flags.includes('+')) text = `+${text}`;
  else if (value >= 0 && flags.includes(' ')) text = ` ${text}`;
  return /^[A-Z]$/.test(conversion) ? text.toUpperCase() : text;
}

class Formatter {
  readonly #sh: Shell;
  #args: readonly string[];
  out = '';
  status = 0;
  errors: Failure[] = [];

  constructor(sh: Shell, args: readonly string[]) {
    this.#sh = sh;
    this.#args = args;
  }

  get left(): number {
    return this.#args.length;
  }

  #take(): string | undefined {
    const [first, ...rest] = this.#args;
    this.#args = rest;
    return first;
  }

  #bad(text: string): void {
    this.errors.push(this.#sh.dialect.name === 'ash' ? new Failure(`invalid number '${text}'`, 1, 'command', 'short') : new Failure(`${text}: invalid number`));
    this.status = 1;
  }

  #integer(text: string | undefined): bigint {
    if (!text) {
      if (this.#sh.dialect.name === 'ash') this.#bad('');
      return 0n;
    }
    if (/^["']/.test(text)) return BigInt(text.codePointAt(1) ?? 0);
    const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text);
    if (!match) {
      this.#bad(text);
      return 0n;
    }
    if (match[0].length !== text.trimEnd().length) this.#bad(text);
    const digits = match[2]!;
    const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
    return match[1] === '-' ? -value : value;
  }

  #float(text: string | undefined): number {
    if (text === undefined || text === '') return 0;
    if (/^["']/.test(text)) return text.codePointAt(1) ?? 0;
    const match = /^\s*[-+]?(?:inf(?:inity)?|nan|0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/i.exec(text);
    if (!match || match[0].length !== text.length) this.#bad(text);
    return match ? Number(match[0].replace(/inf(inity)?/i, 'Infinity')) : 0;
  }

  #convert(directive: Directive): { text: string; stopped?: boolean } {
    const { conversion, flags, precision } = directive;
    switch (conversion) {
      case 's': {
        const text = this.#take() ?? '';
        return { text: pad(precision === undefined ? text : text.slice(0, precision), directive) };
      }
      case 'b': {
        const { text, stopped } = unescape(this.#take() ?? '', { zeroOctal: true, unicode: true, quotes: false });
        // `%b` takes `\nnn` too.
        const octal = text.replace(/\\([1-7][0-7]{0,2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8) & 0xff));
        return { text: pad(precision === undefined ? octal : octal.slice(0, precision), directive), stopped };
      }
      case 'c': return { text: pad([...(this.#take() ?? '')][0] ?? '', directive) };
      case 'q': return { text: pad(backslashQuote(this.#take() ?? ''), directive) };
      case 'Q': {
        const text = this.#take() ?? '';
        return { text: pad(hasUnprintable(text) ? ansiQuote(text) : quote(text), directive) };
      }
      case 'T': {
        const seconds = this.#take();
        const ms = seconds === undefined || seconds === '-1' ? this.#sh.sys.now() : seconds === '-2' ? this.#sh.startTime : Number(this.#integer(seconds)) * 1000;
        return { text: pad(formatTime(ms, directive.time || '%H:%M:%S'), directive) };
      }
      case 'd':
      case 'i': {
        const value = this.#integer(this.#take());
        const digits = (value < 0n ? -value : value).toString().padStart(precision ?? 0, '0');
        return { text: pad((value < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') + digits, directive, precision === undefined) };
      }
      case 'u':
      case 'o':
      case 'x':
      case 'X': {
        const value = BigInt.asUintN(64, this.#integer(this.#take()));
        let digits = value.toString(conversion === 'u' ? 10 : conversion === 'o' ? 8 : 16).padStart(precision ?? 0, '0');
        if (flags.includes('#') && value && conversion !== 'u') digits = (conversion === 'o' ? '0' : '0x') + digits;
        return { text: pad(conversion === 'X' ? digits.toUpperCase() : digits, directive, precision === undefined) };
      }
      default:
        return { text: pad(floating(this.#float(this.#take()), directive), directive, true) };
    }
  }

  /** Once through the format. @returns whether `\c` or an error ended the output */
  run(format: string): boolean {
    for (let at = 0; at < format.length; ) {
      const c = format[at]!;
      if (c === '\\') {
        const end = /^\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[^])?/.exec(format.slice(at))![0];
        if (end === '\\c') return true;
        this.out += end === '\\"' || end === "\\'" ? end[1]! : unescape(end, { zeroOctal: false, unicode: true, quotes: false }).text;
        at += end.length;
        continue;
      }
      if (c !== '%') {
        const next = format.slice(at).search(/[\\%]/);
        const end = next < 0 ? format.length : at + next;
        this.out += format.slice(at, end);
        at = end;
        continue;
      }
      const match = DIRECTIVE.exec(format.slice(at));
      const conversion = match?.[5] ?? match?.[6];
      const known = this.#sh.dialect.name === 'bash' ? 'sbcqQTdiuoxXfFeEgGaA%' : 'sbcdiuoxXfFeEgG%';
      if (!match || !conversion || !known.includes(conversion)) {
        const rest = format.slice(at);
        const odd = /^%[-+ #0']*\d*(?:\.\d*)?[hlLjzt]*(.)/s.exec(rest)?.[1];
        if (this.#sh.dialect.name === 'ash') this.errors.push(new Failure(`${rest.replace(/^(%[-+ #0']*)[hlLjzt]+/, '$1')}: invalid format`, 1, 'command', 'short'));
        else this.errors.push(odd === undefined ? new Failure(`\`${rest}': missing format character`) : new Failure(`\`${odd}': invalid format character`));
        this.status = 1;
        return true;
      }
      at += match[0].length;
      if (conversion === '%') {
        this.out += '%';
        continue;
      }
      const number = (text: string | undefined) => (text === undefined ? undefined : text === '*' ? Number(this.#integer(this.#take())) : Number(text || 0));
      let flags = match[1]!;
      let width = match[2] === '' ? undefined : number(match[2]);
      if (width !== undefined && width < 0) {
        width = -width;
        flags += '-';
      }
      const precision = number(match[3]);
      const { text, stopped } = this.#convert({ flags, width, precision: precision !== undefined && precision < 0 ? undefined : precision, conversion, time: match[4] });
      this.out += text;
      if (stopped) return true;
    }
    return false;
  }
}

export const printf: Builtin = function* (sh, args): Task<number> {
  let words = args;
  let variable: string | undefined;
  if (sh.dialect.name === 'bash' && words[0] === '-v') {
    variable = words[1];
    words = words.slice(2);
  } else if (sh.dialect.name === 'bash' && /^-v./.test(words[0] ?? '')) {
    variable = words[0]!.slice(2);
    words = words.slice(1);
  } else if (sh.dialect.name === 'bash' && /^-[^-]/.test(words[0] ?? '')) {
    throw new Failure(`${words[0]!.slice(0, 2)}: invalid option\nprintf: usage: printf [-v var] format [arguments]`, 2);
  }
  if (words[0] === '--') words = words.slice(1);
  const [format] = words;
  if (format === undefined) {
    if (sh.dialect.name === 'ash') throw new Failure('usage: printf FORMAT [ARGUMENT...]', 2, 'command', 'short');
    throw new Failure('printf: usage: printf [-v var] format [arguments]', 2, 'command', 'raw');
  }
  const formatter = new Formatter(sh, words.slice(1));
  for (;;) {
    const before = formatter.left;
    const ended = formatter.run(format);
    if (ended || !formatter.left || formatter.left === before) break;
  }
  if (variable === undefined) yield* sh.out(formatter.out);
  else {
    const element = /^(\w+)\[(.+)\]$/.exec(variable);
    if (element) sh.vars.setElement(element[1]!, element[2]!, formatter.out, false);
    else if (/^[A-Za-z_]\w*$/.test(variable)) sh.vars.set(variable, formatter.out);
    else throw new Failure(`\`${variable}': not a valid identifier`, 2);
  }
  for (const failure of formatter.errors) yield* sh.report(failure, 'printf');
  return formatter.status;
};
