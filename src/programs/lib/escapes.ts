// Backslash escapes of echo, printf and tr, as bytes.

import { encode } from '../../base/bytes.ts';
import { toBytes, toLatin } from './text.ts';

const SIMPLE: Readonly<Record<string, string>> = { a: '\u0007', b: '\b', e: '\u001b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' };

/**
 * @param style `echo`: octal is `\0nnn`; `printf`: octal is `\nnn`, `\"` is a quote; `octal`: so without Unicode; `%b`: either
 * @returns one character per byte, and whether `\c` ended the output
 */
export function escapes(text: string, style: 'echo' | 'printf' | 'octal' | '%b'): { bytes: string; stop: boolean } {
  const source = toLatin(toBytes(text));
  let bytes = '';
  for (let at = 0; at < source.length; at++) {
    if (source[at] !== '\\' || at + 1 === source.length) {
      bytes += source[at];
      continue;
    }
    const rest = source.slice(at + 1);
    const next = rest[0]!;
    const number = (style === 'printf' || style === 'octal' ? /^([0-7]{1,3})/ : style === 'echo' ? /^0([0-7]{0,3})/ : /^(0[0-7]{0,3}|[1-7][0-7]{0,2})/).exec(rest);
    const hex = /^x([0-9a-fA-F]{1,2})/.exec(rest);
    const unicode = style === 'echo' || style === 'octal' ? null : /^(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest);
    if (next === 'c') return { bytes, stop: true };
    if (number) {
      bytes += String.fromCharCode(parseInt(number[1] || '0', 8) & 255);
      at += number[0].length;
    } else if (hex) {
      bytes += String.fromCharCode(parseInt(hex[1]!, 16));
      at += hex[0].length;
    } else if (unicode) {
      bytes += toLatin(encode(String.fromCodePoint(parseInt(unicode[1] ?? unicode[2]!, 16))));
      at += unicode[0].length;
    } else if (SIMPLE[next] || style !== 'echo' && style !== '%b' && next === '"') {
      bytes += SIMPLE[next] ?? next;
      at++;
    } else {
      bytes += `\\${next}`;
      at++;
    }
  }
  return { bytes, stop: false };
}
