// tr: translate, squeeze or delete bytes of standard input.

import { escapes } from '../lib/escapes.ts';
import type { Io } from '../lib/messages.ts';
import { quote } from '../lib/quote.ts';
import { toBytes, toLatin } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const CLASSES: Readonly<Record<string, readonly number[]>> = {
  digit: range(48, 57), upper: range(65, 90), lower: range(97, 122), alpha: [...range(65, 90), ...range(97, 122)],
  alnum: [...range(48, 57), ...range(65, 90), ...range(97, 122)], blank: [9, 32], space: [...range(9, 13), 32], cntrl: [...range(0, 31), 127],
  punct: [...range(33, 47), ...range(58, 64), ...range(91, 96), ...range(123, 126)], graph: range(33, 126), print: range(32, 126),
  xdigit: [...range(48, 57), ...range(65, 70), ...range(97, 102)],
};

interface Set {
  readonly bytes: number[];
  /** Where `[x*]` may grow. */
  readonly fill?: { readonly at: number; readonly byte: number } | undefined;
}

export const tr: Tool = {
  gnu: '+c,complement C d,delete s,squeeze-repeats t,truncate-set1',
  busybox: '+c C d s',
  *run(io, options) {
    const [first, second, third] = options.operands;
    const remove = options.has('d');
    const squeeze = options.has('s');
    const complement = options.has('c', 'C');
    if (!io.gnu) {
      if (first === undefined || third !== undefined) io.usage();
    } else if (first === undefined) io.usage('missing operand');
    else if (second === undefined && remove === squeeze) {
      io.warn(`missing operand after ${quote(first)}`);
      io.err(remove ? 'Two strings must be given when both deleting and squeezing repeats.\n' : 'Two strings must be given when translating.\n');
      io.usage();
    } else if (third !== undefined || second !== undefined && remove && !squeeze) {
      io.warn(`extra operand ${quote(third ?? second!)}`);
      if (third === undefined) io.err('Only one string may be given when deleting without squeezing repeats.\n');
      io.usage();
    }
    let from = parseSet(io, first!).bytes;
    if (complement) {
      const listed = new Set(from);
      from = range(0, 255).filter((byte) => !listed.has(byte));
    }
    const map = Uint8Array.from(range(0, 255));
    const deleted = new Uint8Array(256);
    const squeezed = new Uint8Array(256);
    if (remove) {
      for (const byte of from) deleted[byte] = 1;
      if (squeeze && second !== undefined) for (const byte of parseSet(io, second).bytes) squeezed[byte] = 1;
    } else if (second === undefined) {
      for (const byte of from) squeezed[byte] = 1;
    } else {
      const set = parseSet(io, second);
      const to = set.bytes;
      if (set.fill && to.length < from.length) to.splice(set.fill.at, 0, ...Array<number>(from.length - to.length).fill(set.fill.byte));
      if (!to.length && io.gnu && !options.has('t')) io.die('when not truncating set1, string2 must be non-empty');
      from.forEach((byte, i) => {
        if (i < to.length || !options.has('t')) map[byte] = to[Math.min(i, to.length - 1)]!;
      });
      if (squeeze) for (const byte of to) squeezed[byte] = 1;
    }
    let before = -1;
    for (let part = yield* io.sys.read(0, 65536); part.length; part = yield* io.sys.read(0, 65536)) {
      const result = new Uint8Array(part.length);
      let size = 0;
      for (const byte of part) {
        if (deleted[byte]) continue;
        const mapped = map[byte]!;
        if (squeezed[mapped] && mapped === before) continue;
        before = result[size++] = mapped;
      }
      io.out(result.subarray(0, size));
      yield* io.relieve();
    }
  },
};

function parseSet(io: Io, text: string): Set {
  const source = toLatin(toBytes(text));
  const bytes: number[] = [];
  let fill: Set['fill'];
  let at = 0;
  const one = (): number => {
    if (source[at] === '\\' && at + 1 < source.length) {
      const escape = /^\\(?:[0-7]{1,3}|.)/s.exec(source.slice(at))![0];
      at += escape.length;
      const { bytes: value } = escapes(escape, 'printf');
      return (value.length === 1 ? value : escape[1]!).charCodeAt(0);
    }
    return source.charCodeAt(at++);
  };
  while (at < source.length) {
    const rest = source.slice(at);
    const named = /^\[([:=])(.*?)\1\]/s.exec(rest);
    const repeat = /^\[(\\[0-7]{1,3}|\\.|[^\\])\*(\d*)\]/s.exec(rest);
    if (named?.[1] === ':') {
      const members = CLASSES[named[2]!];
      if (!members) io.die(`invalid character class ${quote(named[2]!)}`);
      bytes.push(...members);
      at += named[0].length;
    } else if (named && named[2]!.length === 1) {
      bytes.push(named[2]!.charCodeAt(0));
      at += named[0].length;
    } else if (repeat && io.gnu) {
      at++;
      const byte = one();
      at = source.indexOf(']', at) + 1;
      const times = repeat[2]!.startsWith('0') ? parseInt(repeat[2]!, 8) : Number(repeat[2]);
      if (times) bytes.push(...Array<number>(times).fill(byte));
      else fill = { at: bytes.length, byte };
    } else {
      const low = one();
      if (source[at] === '-' && at + 1 < source.length) {
        at++;
        const high = one();
        if (high < low) {
          const name = (code: number): string => String.fromCharCode(code);
          if (io.gnu) io.die(`range-endpoints of '${name(low)}-${name(high)}' are in reverse collating sequence order`);
        }
        bytes.push(...range(low, high));
      } else bytes.push(low);
    }
  }
  return { bytes, fill };
}
