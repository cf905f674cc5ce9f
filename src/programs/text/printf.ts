// printf: arguments in a format, which is used again while arguments are left.

import { escapes } from '../lib/escapes.ts';
import { formatFloat, formatInteger, formatString, type Conversion } from '../lib/number-format.ts';
import { quote } from '../lib/quote.ts';
import { fromLatin, toBytes, toLatin } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

const CONVERSION = /^%([-+ #0']*)(\*|\d+)?(?:\.(\*|\d+)?)?(?:hh|h|ll|l|L|q|j|z|t)?([a-zA-Z%])/;

export const printf: Tool = {
  gnu: null,
  busybox: null,
  *run(io, { operands }) {
    const words = operands[0] === '--' ? operands.slice(1) : operands;
    if (!words.length) io.usage(io.gnu ? 'missing operand' : undefined);
    const format = toLatin(toBytes(words[0]!));
    let next = 1;
    const argument = (): string | undefined => words[next++];
    const numeric = <T>(text: string | undefined, parse: (text: string) => T | undefined, partial: (text: string) => T, zero: T): T => {
      if (!text) {
        if (text === '' && io.gnu) io.fail(`${quote(text)}: expected a numeric value`);
        return zero;
      }
      if (text[0] === "'" || text[0] === '"') return parse(String(text.codePointAt(1) ?? 0))!;
      const value = parse(text);
      if (value !== undefined) return value;
      const head = /^[-+]?(?:0[xX][0-9a-fA-F]+|\d*\.?\d+(?:[eE][-+]?\d+)?)/.exec(text)?.[0];
      io.fail(io.gnu ? `${quote(text)}: ${head ? 'value not completely converted' : 'expected a numeric value'}` : `invalid number '${text}'`);
      return head && io.gnu ? partial(head) : zero;
    };
    const integer = (text: string | undefined): bigint => numeric(text, toBigInt, (head) => toBigInt(/^[-+]?(?:0[xX][\da-fA-F]+|\d+)/.exec(head)?.[0] ?? '0') ?? 0n, 0n);
    const float = (text: string | undefined): number => numeric(text, toFloat, (head) => toFloat(head) ?? 0, 0);
    do {
      const before = next;
      for (let at = 0; at < format.length;) {
        const percent = format.indexOf('%', at);
        const plain = escapes(latinText(format.slice(at, percent < 0 ? undefined : percent)), io.gnu ? 'printf' : 'octal');
        io.out(fromLatin(plain.bytes));
        if (plain.stop) return;
        if (percent < 0) break;
        const found = CONVERSION.exec(format.slice(percent));
        if (format[percent + 1] === '%') {
          io.out('%');
          at = percent + 2;
          continue;
        }
        if (!found || !(io.gnu ? 'diouxXcsbqeEfFgGaA' : 'diouxXcsbeEfgG').includes(found[4]!)) {
          const text = format.slice(percent).match(/^%[-+ #0']*\d*(?:\.\d*)?./)?.[0] ?? format.slice(percent);
          return io.die(io.gnu ? `${latinText(text)}: invalid conversion specification` : `${latinText(format)}: invalid format`);
        }
        at = percent + found[0].length;
        let [, flags = '', width = '', precision, letter = ''] = found;
        if (width === '*') {
          width = String(integer(argument()));
          if (width.startsWith('-')) [flags, width] = [`${flags}-`, width.slice(1)];
        }
        if (precision === '*') precision = String(integer(argument()));
        const dot = /\./.test(found[0]);
        const conversion: Conversion = { flags, width: Number(width), precision: dot && !precision?.startsWith('-') ? Number(precision ?? 0) : undefined, letter };
        const text = argument();
        if (letter === 'b') {
          const { bytes, stop } = escapes(text ?? '', '%b');
          io.out(fromLatin(formatString(conversion, bytes)));
          if (stop) return;
        } else if (letter === 's') io.out(toBytes(formatString(conversion, text ?? '')));
        else if (letter === 'q') io.out(formatString(conversion, /^[\w@%+=:,./-]+$/.test(text ?? '') ? text! : `'${(text ?? '').replace(/'/g, "'\\''")}'`));
        else if (letter === 'c') io.out(fromLatin(formatString(conversion, toLatin(toBytes(text ?? '')).slice(0, 1))));
        else if ('diouxX'.includes(letter)) io.out(formatInteger(conversion, integer(text)));
        else io.out(formatFloat(conversion, float(text)));
      }
      if (next === before) {
        if (next < words.length && io.gnu) io.warn(`warning: ignoring excess arguments, starting with ${quote(words[next]!)}`);
        break;
      }
      yield* io.relieve();
    } while (next < words.length);
  },
};

const latinText = (bytes: string): string => new TextDecoder('utf-8').decode(fromLatin(bytes));

function toBigInt(text: string): bigint | undefined {
  const found = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|\d+)$/.exec(text);
  if (!found) return undefined;
  const digits = found[2]!;
  const octal = /^0[0-7]+$/.test(digits);
  if (/^0\d/.test(digits) && !octal) return undefined;
  const value = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  return found[1] === '-' ? -value : value;
}

function toFloat(text: string): number | undefined {
  if (/^\s*[-+]?(inf|infinity)$/i.test(text)) return text.includes('-') ? -Infinity : Infinity;
  if (/^\s*[-+]?nan$/i.test(text)) return NaN;
  if (!/^\s*[-+]?(0[xX][\da-fA-F]+|(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?)$/.test(text)) return undefined;
  return /^\s*[-+]/.test(text) ? Number(text.trim().slice(1)) * (text.trim()[0] === '-' ? -1 : 1) : Number(text);
}
