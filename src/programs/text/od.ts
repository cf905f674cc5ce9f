// od, xxd and hexdump: bytes as numbers and characters.

import { concat, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { parseCount } from '../lib/count.ts';
import { eachInput, readAll } from '../lib/lines.ts';
import type { Io } from '../lib/messages.ts';
import { quote } from '../lib/quote.ts';
import { fromLatin, toText } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

function* allBytes(io: Io, names: readonly string[], status = 1): Task<Bytes> {
  const parts: Bytes[] = [];
  yield* eachInput(io, names, function* (fd) {
    parts.push(yield* readAll(io.sys, fd));
  }, { status });
  return parts.length ? concat(parts) : new Uint8Array(0);
}

const printable = (byte: number): string => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.');
const NAMES = 'nul soh stx etx eot enq ack bel  bs  ht  nl  vt  ff  cr  so  si dle dc1 dc2 dc3 dc4 nak syn etb can  em sub esc  fs  gs  rs  us  sp'.match(/.{3} ?/g)!.map((name) => name.trim());
const ESCAPES: Readonly<Record<number, string>> = { 0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' };

interface Type {
  readonly letter: string;
  readonly size: number;
  readonly trailer: boolean;
}

function cell({ letter, size }: Type, bytes: Bytes, at: number): string {
  const byte = bytes[at] ?? 0;
  if (letter === 'a') return (byte & 127) === 127 ? 'del' : NAMES[byte & 127] ?? String.fromCharCode(byte & 127);
  if (letter === 'c') return ESCAPES[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'));
  const view = new DataView(Uint8Array.from({ length: size }, (_, i) => bytes[at + i] ?? 0).buffer);
  if (letter === 'f') return String(size === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true));
  let value = 0n;
  for (let i = size - 1; i >= 0; i--) value = value << 8n | BigInt(view.getUint8(i));
  if (letter === 'd') return String(BigInt.asIntN(size * 8, value));
  return letter === 'u' ? String(value) : value.toString(letter === 'x' ? 16 : 8).padStart(digits(letter, size), '0');
}

const digits = (letter: string, size: number): number =>
  letter === 'a' || letter === 'c' ? 3 : letter === 'x' ? size * 2 : letter === 'o' ? Math.ceil(size * 8 / 3) : letter === 'f' ? (size === 4 ? 15 : 24) : { d: [4, 6, 11, 20], u: [3, 5, 10, 20] }[letter as 'd']![Math.log2(size)]!;

function types(io: Io, text: string): Type[] {
  const list: Type[] = [];
  for (const [, letter, size, z] of text.matchAll(/([acdfoux])([1248CSIL]?)(z?)|(.)/g)) {
    if (!letter) io.die(`invalid character '${text[0]}' in type string ${quote(text)}`);
    const bytes = letter === 'a' || letter === 'c' ? 1 : { C: 1, S: 2, I: 4, L: 8 }[size!] ?? (Number(size) || (letter === 'f' ? 8 : 4));
    list.push({ letter, size: bytes, trailer: z === 'z' });
  }
  return list;
}

const OLD: Readonly<Record<string, string>> = { a: 'a', b: 'o1', c: 'c', d: 'u2', o: 'o2', x: 'x2', i: 'd4', l: 'd8', s: 'd2', f: 'f4', h: 'x2', e: 'f8', H: 'x4', X: 'x4', D: 'u4', I: 'd8', L: 'd8', O: 'o4', B: 'o2' };

export const od: Tool = {
  gnu: 'A:,address-radix: endian: j:,skip-bytes: N:,read-bytes: S::,strings:: t:,format: v,output-duplicates w::,width:: a b c d e f h i l o s x B D F H I L O X',
  busybox: 'A: j: N: S:: t:,format: v w:: a b c d f h i l o s x B D H I L O X e',
  *run(io, options) {
    if (options.has('S')) io.notSimulated('-S');
    const list = options.given.flatMap(({ key, value }) => (key === 't' ? types(io, value!) : OLD[key] && key.length === 1 ? types(io, OLD[key]) : []));
    if (!list.length) list.push({ letter: 'o', size: 2, trailer: false });
    const radix = options.value('A') ?? 'o';
    if (!/^[doxn]$/.test(radix)) io.die(`invalid output address radix '${radix}'; it must be one character from [doxn]`);
    const address = (at: number): string => (radix === 'n' ? '' : at.toString({ d: 10, o: 8, x: 16 }[radix as 'd']).padStart(radix === 'x' ? 6 : 7, '0'));
    const number = (key: string): number | undefined => {
      const text = options.value(key);
      if (text === undefined) return undefined;
      return /^0x/i.test(text) ? Number(text) : parseCount(text, io.gnu) ?? io.die(`invalid -${key} argument '${text}'`);
    };
    let bytes = yield* allBytes(io, options.operands);
    if (io.status && !bytes.length) return io.status;
    const skip = number('j') ?? 0;
    if (skip > bytes.length) io.die('cannot skip past end of combined input');
    bytes = bytes.subarray(skip, skip + (number('N') ?? Infinity));
    const width = options.has('w') ? Number(options.value('w') ?? 32) : 16;
    // Every column is as wide as the widest type needs for the same bytes.
    const block = Math.max(...list.map(({ size }) => size));
    const perBlock = Math.max(...list.map(({ letter, size }) => (digits(letter, size) + 1) * (block / size)));
    let before = '';
    let starred = false;
    for (let at = 0; at < bytes.length; at += width) {
      const row = bytes.subarray(at, at + width);
      const key = row.join();
      if (key === before && row.length === width && !options.has('v')) {
        if (!starred) io.out('*\n');
        starred = true;
        continue;
      }
      before = key;
      starred = false;
      list.forEach((type, n) => {
        let text = n ? ' '.repeat(address(0).length) : address(skip + at);
        const wide = perBlock / (block / type.size);
        for (let i = 0; i < row.length; i += type.size) text += cell(type, row, i).padStart(wide);
        if (type.trailer) text += `${' '.repeat(Math.max(0, Math.ceil((width - row.length) / type.size)) * wide)}  >${[...row].map(printable).join('')}<`;
        io.out(`${text}\n`);
      });
      yield* io.relieve();
    }
    if (radix !== 'n') io.out(`${address(skip + bytes.length)}\n`);
    return io.status;
  },
};

export const xxd: Tool = {
  gnu: null, busybox: 'r p c: g: l: s: i a o: e',
  *run(io, { operands, given }) {
    const words = [...operands];
    const options = new Map<string, string>(given.map(({ key, value }) => [key, value ?? '']));
    // Its own parser: `-ps`, `-postscript`, `-c4` and `-c 4`.
    while (io.gnu && words[0]?.startsWith('-') && words[0] !== '-') {
      const word = words.shift()!;
      const found = /^--?(ps|postscript|plain|p|revert|r|upper|u|include|i|bits|b|autoskip|a|e|E|cols|c|groupsize|g|len|length|l|seek|skip|s|o)(.*)$/.exec(word);
      if (!found) return io.die(`invalid option ${word}`);
      const key = found[1]![0]!;
      options.set(key, 'cglso'.includes(key) && found[1] !== 'skip' || found[1] === 'seek' || found[1] === 'skip' ? found[2] || words.shift() || '' : '');
    }
    if (options.has('e')) io.notSimulated('-e');
    const name = words[0] ?? '-';
    const input = yield* allBytes(io, [name], io.gnu ? 2 : 1);
    if (io.status) return io.status;
    if (options.has('r')) return revert(io, toText(input), options.has('p'));
    const start = Number(options.get('s') ?? 0) >= 0 ? Number(options.get('s') ?? 0) : input.length + Number(options.get('s'));
    const bytes = input.subarray(start, options.has('l') ? start + Number(options.get('l')) : undefined);
    const hex = (byte: number): string => byte.toString(16).padStart(2, '0')[options.has('u') ? 'toUpperCase' : 'toString']();
    const bits = options.has('b');
    const include = options.has('i');
    const columns = Number(options.get('c') ?? 0) || (options.has('p') ? 30 : include ? 12 : bits ? 6 : 16);
    const group = Number(options.get('g') ?? (bits ? 1 : 2)) || columns;
    if (include) {
      const symbol = name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '__');
      const rows: string[] = [];
      for (let at = 0; at < bytes.length; at += columns) rows.push(`  ${[...bytes.subarray(at, at + columns)].map((byte) => `0x${hex(byte)}`).join(', ')}`);
      io.out(name === '-' ? `${rows.join(',\n')}\n` : `unsigned char ${symbol}[] = {\n${rows.join(',\n')}${io.gnu ? '' : ','}\n};\nunsigned int ${symbol}_len = ${bytes.length};\n`);
      return 0;
    }
    for (let at = 0; at < bytes.length; at += columns) {
      const row = bytes.subarray(at, at + columns);
      if (options.has('p')) {
        io.out(`${[...row].map(hex).join('')}\n`);
        continue;
      }
      const cells = [...row].map((byte) => (bits ? byte.toString(2).padStart(8, '0') : hex(byte)));
      const width = bits ? 8 : 2;
      const body = cells.map((text, i) => text + ((i + 1) % group === 0 ? ' ' : '')).join('');
      const full = columns * width + Math.floor((columns - 1) / group) + 1;
      io.out(`${(start + at + Number(options.get('o') ?? 0)).toString(16).padStart(8, '0')}: ${body.padEnd(full)} ${[...row].map(printable).join('')}\n`);
      yield* io.relieve();
    }
    return 0;
  },
};

function revert(io: Io, text: string, plain: boolean): number {
  let result = '';
  for (const line of text.split('\n')) {
    const found = plain ? ['', '', line] : /^\s*([0-9a-fA-F]+):\s?((?:[0-9a-fA-F]+ ?)+)/.exec(line);
    if (!found) continue;
    if (!plain) result = result.padEnd(parseInt(found[1]!, 16), '\0');
    const digitsOnly = found[2]!.replace(/\s/g, '').replace(/[^0-9a-fA-F].*/, '');
    for (const [pair] of digitsOnly.matchAll(/../g)) result += String.fromCharCode(parseInt(pair, 16));
  }
  io.out(fromLatin(result));
  return 0;
}

export const hexdump: Tool = {
  busybox: 'b c d o x C v n: s: e: f: R',
  *run(io, options) {
    if (options.has('e', 'f')) io.notSimulated(`-${options.last('e', 'f')}`);
    const skip = parseCount(options.value('s') ?? '0', true) ?? 0;
    const bytes = (yield* allBytes(io, options.operands)).subarray(skip, skip + (parseCount(options.value('n') ?? 'x', true) ?? Infinity));
    if (io.status) return io.status;
    const mode = options.last('b', 'c', 'd', 'o', 'x', 'C') ?? '';
    const address = (at: number): string => (skip + at).toString(16).padStart(mode === 'C' ? 8 : 7, '0');
    let before = '';
    let starred = false;
    for (let at = 0; at < bytes.length; at += 16) {
      const row = bytes.subarray(at, at + 16);
      const key = row.join();
      if (key === before && row.length === 16 && !options.has('v')) {
        if (!starred) io.out('*\n');
        starred = true;
        continue;
      }
      before = key;
      starred = false;
      if (mode === 'C') {
        const cells = [...row].map((byte, i) => `${i === 8 ? ' ' : ''}${byte.toString(16).padStart(2, '0')} `).join('');
        io.out(`${address(at)}  ${cells.padEnd(50)}|${[...row].map(printable).join('')}|\n`);
      } else {
        let text = address(at);
        const wide = mode === 'b' || mode === 'c' ? 1 : 2;
        for (let i = 0; i < 16; i += wide) {
          const type = { b: 'o', c: 'c', d: 'u', o: 'o', x: 'x' }[mode] ?? 'x';
          const shown = i < row.length ? (type === 'u' ? cell({ letter: 'u', size: 2, trailer: false }, row, i).padStart(5, '0') : cell({ letter: type, size: wide, trailer: false }, row, i)) : '';
          text += mode === '' ? (i < row.length ? ` ${shown}` : '     ') : wide === 1 ? ` ${shown.padStart(3)}` : `   ${shown.padStart(5)}`;
        }
        io.out(`${text}\n`);
      }
      yield* io.relieve();
    }
    if (bytes.length) io.out(`${address(bytes.length)}\n`);
    return 0;
  },
};
