// sort: lines in order, by whole lines or keys.

import type { Task } from '../../base/task.ts';
import { O_CREAT, O_TRUNC, O_WRONLY } from '../../kernel/syscalls.ts';
import { eachInput, eachLine, LineReader } from '../lib/lines.ts';
import { reason, type Io } from '../lib/messages.ts';
import type { Options } from '../lib/options.ts';
import { quote } from '../lib/quote.ts';
import { toBytes } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';
import { compareVersions } from '../lib/version-sort.ts';

interface Key {
  /** Field and character counts from 1; 0 characters at the end means the whole field. */
  readonly from: readonly [number, number];
  readonly to: readonly [number, number] | undefined;
  readonly startBlanks: boolean;
  readonly endBlanks: boolean;
  readonly order: string;
}

const ORDERS = 'bdfghiMnRrV';

export const sort: Tool = {
  gnu: 'b,ignore-leading-blanks d,dictionary-order f,ignore-case g,general-numeric-sort h,human-numeric-sort i,ignore-nonprinting M,month-sort n,numeric-sort R,random-sort r,reverse V,version-sort sort: c check:: C m,merge o:,output: s,stable t:,field-separator: u,unique z,zero-terminated k:,key: S:,buffer-size: T:,temporary-directory: parallel: batch-size:',
  busybox: 'b d f g h i M n r V c m o: s t: u z k: S: T:',
  usageStatus: 2, appletUsageStatus: 2,
  *run(io, options) {
    const global = [...ORDERS].filter((letter) => options.has(letter)).join('') + orderOf(options.value('sort'));
    conflict(io, global);
    let tab = options.value('t');
    if (tab === '\\0') tab = '\0';
    if (tab !== undefined && [...tab].length !== 1) io.die(io.gnu ? tab ? `multi-character tab ${quote(tab)}` : 'empty tab' : 'bad -t parameter', 2);
    const keys = options.values('k').map((text) => parseKey(io, text, global));
    if (!keys.length && global.replace(/[r]/g, '')) keys.push({ from: [1, 1], to: undefined, startBlanks: global.includes('b'), endBlanks: false, order: global });
    const reverse = options.has('r') || global.includes('r');
    const unique = options.has('u');
    const compareKeys = (a: string, b: string): number => {
      for (const key of keys) {
        const difference = compareBy(cutKey(a, key, tab), cutKey(b, key, tab), key.order);
        if (difference) return key.order.includes('r') ? -difference : difference;
      }
      return keys.length ? 0 : compareText(a, b) * (reverse ? -1 : 1);
    };
    const compare = (a: string, b: string): number => compareKeys(a, b) || (unique || options.has('s') || !keys.length ? 0 : compareText(a, b) * (reverse ? -1 : 1));
    const end = options.has('z') ? '\0' : '\n';
    if (options.has('c', 'C', 'check')) return yield* check(io, options, unique ? compareKeys : compare, end);
    const lines: string[] = [];
    for (const name of options.operands.length ? options.operands : ['-']) {
      yield* eachLine(io, [name], (line) => void lines.push(line), {
        open: (file, text) => io.gnu ? `cannot read: ${file}: ${text}` : `${file}: ${text}`,
        read: (file, text) => io.gnu ? `read failed: ${file}: ${text}` : '', status: 2,
      }, end.charCodeAt(0));
      if (io.status) return 2;
    }
    const sorted = options.has('R') ? shuffle(io, lines) : lines.sort(compare);
    const target = options.value('o');
    if (target !== undefined) {
      try {
        io.sys.dup2(io.sys.open(target, O_WRONLY | O_CREAT | O_TRUNC, 0o666), 1);
      } catch (error) {
        io.die(io.gnu ? `open failed: ${target}: ${reason(error)}` : `can't open '${target}': ${reason(error)}`, 2);
      }
    }
    for (let i = 0; i < sorted.length; i++) {
      if (unique && i > 0 && compareKeys(sorted[i - 1]!, sorted[i]!) === 0) continue;
      io.out(toBytes(sorted[i]! + end));
      if (i % 256 === 0) yield* io.relieve();
    }
    return io.status;
  },
};

function shuffle(io: Io, lines: string[]): string[] {
  const rank = new Map<string, number>();
  for (const line of lines) if (!rank.has(line)) rank.set(line, io.sys.random());
  return lines.sort((a, b) => rank.get(a)! - rank.get(b)!);
}

const orderOf = (name: string | undefined): string => ({ 'general-numeric': 'g', 'human-numeric': 'h', month: 'M', numeric: 'n', random: 'R', version: 'V' } as Record<string, string>)[name ?? ''] ?? '';

function conflict(io: Io, order: string): void {
  const kinds = [...'ghMnRV'].filter((letter) => order.includes(letter));
  if (io.gnu && kinds.length > 1) io.die(`options '-${kinds.join('')}' are incompatible`, 2);
}

function parseKey(io: Io, text: string, global: string): Key {
  const found = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text);
  if (!io.gnu && (!found || found[1] === '0')) io.die('bad field specification', 2);
  if (!found) return io.die(/^\d/.test(text) ? `stray character in field spec: invalid field specification ${quote(text)}` : `invalid number at field start: invalid count at start of ${quote(text)}`, 2);
  if (Number(found[1]) === 0 || found[4] && Number(found[4]) === 0) io.die(`field number is zero: invalid field specification ${quote(text)}`, 2);
  if (found[2] !== undefined && Number(found[2]) === 0) io.die(`character offset is zero: invalid field specification ${quote(text)}`, 2);
  const own = (found[3] ?? '') + (found[6] ?? '');
  const stray = [...own].find((letter) => !ORDERS.includes(letter));
  if (stray) io.die(io.gnu ? `stray character in field spec: invalid field specification ${quote(text)}` : 'unknown key option', 2);
  conflict(io, own);
  const order = own || global;
  return {
    from: [Number(found[1]), Number(found[2] ?? 1)], to: found[4] ? [Number(found[4]), Number(found[5] ?? 0)] : undefined,
    startBlanks: own ? found[3]!.includes('b') : global.includes('b'), endBlanks: own ? (found[6] ?? '').includes('b') : global.includes('b'), order,
  };
}

/** Where a field begins; without a separator its leading blanks belong to it. */
function fieldStart(line: string, field: number, tab: string | undefined): number {
  let at = 0;
  for (let n = 1; n < field && at < line.length; n++) {
    if (tab !== undefined) {
      const next = line.indexOf(tab, at);
      at = next < 0 ? line.length : next + 1;
    } else at += /^[ \t\n]*[^ \t\n]*/.exec(line.slice(at))![0].length;
  }
  return at;
}

function fieldEnd(line: string, field: number, tab: string | undefined): number {
  const start = fieldStart(line, field, tab);
  if (tab === undefined) return start + /^[ \t\n]*[^ \t\n]*/.exec(line.slice(start))![0].length;
  const next = line.indexOf(tab, start);
  return next < 0 ? line.length : next;
}

const blanks = (line: string, at: number): number => at + /^[ \t\n]*/.exec(line.slice(at))![0].length;

function cutKey(line: string, key: Key, tab: string | undefined): string {
  let start = fieldStart(line, key.from[0], tab);
  if (key.startBlanks) start = blanks(line, start);
  start = Math.min(line.length, start + key.from[1] - 1);
  let end = line.length;
  if (key.to) {
    if (key.to[1] === 0) end = fieldEnd(line, key.to[0], tab);
    else {
      end = fieldStart(line, key.to[0], tab);
      if (key.endBlanks) end = blanks(line, end);
      end = Math.min(line.length, end + key.to[1]);
    }
  }
  return line.slice(start, Math.max(start, end));
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const numberOf = (text: string): number => Number(/^[ \t]*(-?(?:\d+\.?\d*|\.\d+))/.exec(text)?.[1] ?? 0);
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const month = (text: string): number => MONTHS.indexOf(text.trimStart().slice(0, 3).toUpperCase());

function human(text: string): [number, number] {
  const found = /^[ \t]*(-?(?:\d+\.?\d*|\.\d+))([KkMGTPEZYRQ]?)/.exec(text);
  const value = Number(found?.[1] ?? 0);
  const power = found?.[2] ? 'KMGTPEZYRQ'.indexOf(found[2].toUpperCase()) + 1 : 0;
  return [value === 0 ? 0 : Math.sign(value) * (power + 1), value];
}

function compareBy(a: string, b: string, order: string): number {
  if (order.includes('n')) return numberOf(a) - numberOf(b);
  if (order.includes('g')) {
    const value = (text: string): number => Number(/^\s*[-+]?(?:inf\w*|nan|0x[\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)/i.exec(text)?.[0] ?? 'x');
    const [x, y] = [value(a), value(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? Number(Number.isNaN(y)) - Number(Number.isNaN(x)) : x - y;
  }
  if (order.includes('h')) {
    const [x, y] = [human(a), human(b)];
    return x[0] - y[0] || x[1] - y[1];
  }
  if (order.includes('M')) return month(a) - month(b);
  if (order.includes('V')) return compareVersions(a, b);
  const change = (text: string): string => {
    if (order.includes('d')) text = text.replace(/[^\p{L}\p{N} \t]/gu, '');
    if (order.includes('i')) text = text.replace(/[\0-\x1f\x7f]/g, '');
    return order.includes('f') ? text.toUpperCase() : text;
  };
  return compareText(change(a), change(b));
}

function* check(io: Io, options: Options, compare: (a: string, b: string) => number, end: string): Task<number> {
  const name = options.operands[0] ?? '-';
  let status = 0;
  yield* eachInput(io, [name], function* (fd) {
    const reader = new LineReader(io, fd, end.charCodeAt(0));
    let before: string | undefined;
    let number = 0;
    for (let line = yield* reader.text(); line !== undefined; line = yield* reader.text()) {
      number++;
      const difference = before === undefined ? -1 : compare(before, line);
      if (difference > 0 || difference === 0 && options.has('u')) {
        status = 1;
        if (!io.gnu) io.err(`Check line ${number - 1}\n`);
        else if (!options.has('C') && !/^(quiet|silent)$/.test(options.value('check') ?? '')) io.warn(`${name}:${number}: disorder: ${line}`);
        return;
      }
      before = line;
    }
  }, { open: (file, text) => `cannot read: ${file}: ${text}`, status: 2 });
  return Math.max(status, io.status);
}
