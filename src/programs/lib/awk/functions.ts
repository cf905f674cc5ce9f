// What the functions of awk do with strings: formats, substitution, splitting.

import { formatFloat, formatInteger, formatString, type Conversion } from '../number-format.ts';
import type { Regex } from '../regex.ts';
import { toNumber, toText, type Scalar } from './values.ts';

/** A format that cannot be followed; `done` is what it gave so far. */
export class FormatError extends Error {
  readonly done: string;

  constructor(message: string, done: string) {
    super(message);
    this.done = done;
  }
}

/** As sprintf. @throws FormatError in mawk */
export function sprintf(format: string, args: readonly Scalar[], convfmt: string, mawk: boolean): string {
  let text = '';
  let next = 0;
  let count = 0;
  const conversions = /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?(?:hh|h|ll|l|L|q|j|z|t)?(.)?/gs;
  let at = 0;
  for (let found = conversions.exec(format); found; found = conversions.exec(format)) {
    text += format.slice(at, found.index);
    at = conversions.lastIndex;
    let [whole, flags = '', width = '', precision, letter] = found;
    if (whole === '%%') {
      text += '%';
      continue;
    }
    count++;
    const argument = (): Scalar => {
      if (next >= args.length && mawk) throw new FormatError(`not enough arguments passed to printf("${format}")`, text);
      return args[next++];
    };
    if (width === '*') {
      width = String(Math.trunc(toNumber(argument())));
      if (width.startsWith('-')) [flags, width] = [`${flags}-`, width.slice(1)];
    }
    if (precision === '*') precision = String(Math.trunc(toNumber(argument())));
    const conversion: Conversion = { flags, width: Number(width), precision: precision === undefined ? undefined : Number(precision), letter: letter ?? '' };
    if (letter === undefined || !'diouxXcseEfFgGaA'.includes(letter)) {
      if (mawk) throw new FormatError(`improper conversion(number ${count}) in printf("${format}")`, text);
      text += letter === '%' ? '%' : whole;
      continue;
    }
    const value = argument();
    if (letter === 's') text += formatString(conversion, toText(value, convfmt));
    else if (letter === 'c') text += formatString({ ...conversion, precision: undefined }, typeof value === 'number' ? String.fromCharCode(Math.trunc(value) & 255) : toText(value, convfmt).slice(0, 1));
    else if ('diouxX'.includes(letter)) {
      const number = Math.trunc(toNumber(value));
      text += Number.isFinite(number) ? formatInteger(conversion, mawk || Math.abs(number) > 2 ** 53 ? BigInt(number) : BigInt.asIntN(letter === 'd' || letter === 'i' ? 32 : 64, BigInt(number))) : formatFloat({ ...conversion, letter: 'f' }, number);
    } else text += formatFloat(conversion, toNumber(value));
  }
  return text + format.slice(at);
}

/** The text with matches replaced, and how many. `&` is the match, `\&` an ampersand. */
export function substitute(regex: Regex, replacement: string, text: string, which: number | 'all', groups = false): readonly [string, number] {
  let result = '';
  let at = 0;
  let count = 0;
  let previous = -1;
  for (let from = 0; from <= text.length;) {
    const match = regex.exec(text, from);
    if (!match) break;
    const end = match.index + match[0].length;
    if (match[0] || match.index !== previous) {
      count++;
      if (which === 'all' || count === which) {
        result += text.slice(at, match.index) + replacement.replace(/\\(\\(?=&)|&|\d)|&|\\\\/g, (part, escape?: string) => {
          if (part === '&') return match[0];
          if (part === '\\\\') return groups ? '\\' : part;
          if (escape === '&') return '&';
          if (escape === '\\') return '\\';
          return groups ? match[Number(escape)] ?? '' : part;
        });
        at = end;
      }
    }
    previous = end;
    if (count === which) break;
    from = match[0] ? end : end + 1;
  }
  return [result + text.slice(at), which === 'all' ? count : count >= which ? 1 : 0];
}

/** Fields of a text. @param separator the value of FS, or a regular expression */
export function splitFields(text: string, separator: string | Regex, regexOf: (source: string) => Regex, paragraph = false): string[] {
  if (text === '') return [];
  if (separator === ' ') return text.split(/[ \t\n]+/).filter(Boolean);
  if (separator === '') return [...text];
  if (typeof separator === 'string' && separator.length === 1 && separator !== '\\' && !paragraph) return text.split(separator);
  const regex = typeof separator === 'string' ? regexOf(separator.length === 1 ? `[${separator === '\\' || separator === '^' ? `\\${separator}` : separator}]` : separator) : separator;
  const fields: string[] = [];
  let at = 0;
  for (let from = 0; from <= text.length;) {
    const match = regex.exec(text, from);
    if (!match) break;
    if (match[0] === '') {
      from = match.index + 1;
      continue;
    }
    fields.push(text.slice(at, match.index));
    at = from = match.index + match[0].length;
  }
  fields.push(text.slice(at));
  return paragraph ? fields.flatMap((field) => field.split('\n')) : fields;
}
