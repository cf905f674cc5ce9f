// `printf` of templates: the verbs of Go's fmt.

import { general, quote } from '../go.ts';
import { JsonNumber, print, stringOf, typeName } from './value.ts';

const hex = (text: string, upper: boolean): string => {
  const digits = [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return upper ? digits.toUpperCase() : digits;
};

function verb(letter: string, value: unknown, flags: string, precision: number | undefined): string | undefined {
  const text = stringOf(value);
  switch (letter) {
    case 'v': return typeof value === 'number' ? String(value) : print(value, true);
    case 's': return typeof value === 'number' || typeof value === 'boolean' ? undefined : print(value, true).slice(0, precision);
    case 'q': return text === undefined ? (Array.isArray(value) ? `[${value.map((each) => quote(print(each))).join(' ')}]` : undefined) : quote(text);
    case 't': return typeof value === 'boolean' ? String(value) : undefined;
    case 'x':
    case 'X':
      if (text !== undefined) return hex(text, letter === 'X');
      if (typeof value !== 'number') return undefined;
      return (flags.includes('#') ? '0x' : '') + (letter === 'X' ? value.toString(16).toUpperCase() : value.toString(16));
    case 'd':
    case 'b':
    case 'o':
    case 'c':
    case 'U': {
      if (typeof value !== 'number' || !Number.isInteger(value)) return undefined;
      if (letter === 'c') return String.fromCodePoint(value);
      if (letter === 'U') return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
      const digits = value.toString({ d: 10, b: 2, o: 8 }[letter]);
      return flags.includes('+') && value >= 0 ? '+' + digits : digits;
    }
    case 'f':
    case 'F': return typeof value === 'number' ? value.toFixed(precision ?? 6) : undefined;
    case 'e': return typeof value === 'number' ? value.toExponential(precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2') : undefined;
    case 'g': return typeof value === 'number' ? (precision === undefined ? String(value) : general(value, precision)) : undefined;
    case 'T': return typeName(value);
    default: return undefined;
  }
}

export function sprintf(format: string, args: readonly unknown[]): string {
  let used = 0;
  let out = format.replace(/%([-+# 0]*)(\d+|\*)?(?:\.(\d*))?(.?)/gsu, (_, flags: string, width: string | undefined, precision: string | undefined, letter: string) => {
    if (letter === '%') return '%';
    if (letter === '') return '%!(NOVERB)';
    let size = Number(width ?? 0);
    if (width === '*') size = Number(args[used++] ?? 0);
    if (used >= args.length) return `%!${letter}(MISSING)`;
    const value = args[used++];
    const text = verb(letter, value, flags, precision === undefined ? undefined : Number(precision));
    if (text === undefined) return `%!${letter}(${typeName(value) === 'nil' ? '<nil>' : `${value instanceof JsonNumber ? 'json.Number' : typeName(value)}=${print(value, true)}`})`;
    if (flags.includes('-')) return text.padEnd(size);
    if (!flags.includes('0') || !/^[dxXobfeg]$/.test(letter)) return text.padStart(size);
    return text.startsWith('-') ? '-' + text.slice(1).padStart(size - 1, '0') : text.padStart(size, '0');
  });
  if (used < args.length) {
    out += `%!(EXTRA ${args.slice(used).map((value) => (typeName(value) === 'nil' ? '<nil>' : `${typeName(value)}=${print(value, true)}`)).join(', ')})`;
  }
  return out;
}

/** As `fmt.Sprint`: a space between operands when neither is a string. */
export function sprint(args: readonly unknown[]): string {
  return args.map((arg, i) => (i && typeof arg !== 'string' && typeof args[i - 1] !== 'string' ? ' ' : '') + print(arg, true)).join('');
}
