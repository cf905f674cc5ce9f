// comm and join: two sorted files compared or joined line by line.

import type { Task } from '../../base/task.ts';
import { LineReader, openInput } from '../lib/lines.ts';
import type { Io } from '../lib/messages.ts';
import { quote } from '../lib/quote.ts';
import { toBytes } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

function twoFiles(io: Io, operands: readonly string[]): [LineReader, LineReader] {
  if (!operands.length) io.usage('missing operand');
  if (operands.length === 1) io.usage(`missing operand after ${quote(operands[0]!)}`);
  if (operands.length > 2) io.usage(`extra operand ${quote(operands[2]!)}`);
  return operands.map((name) => new LineReader(io, openInput(io, name) ?? io.exit(1))) as [LineReader, LineReader];
}

export const comm: Tool = {
  gnu: '1 2 3 check-order nocheck-order output-delimiter: total z,zero-terminated',
  *run(io, options) {
    const [left, right] = twoFiles(io, options.operands);
    const delimiter = options.value('output-delimiter') ?? '\t';
    const shown = ['1', '2', '3'].map((column) => !options.has(column));
    const counts = [0, 0, 0];
    const put = (column: number, line: string): void => {
      counts[column]!++;
      if (shown[column]) io.out(toBytes(delimiter.repeat(shown.slice(0, column).filter(Boolean).length) + line + '\n'));
    };
    const complained = [false, false];
    let unpaired = false;
    function* next(reader: LineReader, before: string | undefined, file: number): Task<string | undefined> {
      const line = yield* reader.text();
      if (line !== undefined && before !== undefined && line < before && !complained[file] && (unpaired || options.has('check-order')) && !options.has('nocheck-order')) {
        complained[file] = true;
        io.warn(`file ${file + 1} is not in sorted order`);
        if (options.has('check-order')) io.exit(1);
      }
      return line;
    }
    let [a, b] = [yield* left.text(), yield* right.text()];
    while (a !== undefined || b !== undefined) {
      const order: number = a === undefined ? 1 : b === undefined ? -1 : a < b ? -1 : a > b ? 1 : 0;
      // Disorder matters once a line found no partner.
      if (order) unpaired = true;
      put(order === 0 ? 2 : order < 0 ? 0 : 1, (order > 0 ? b : a)!);
      if (order <= 0) a = yield* next(left, a, 0);
      if (order >= 0) b = yield* next(right, b, 1);
    }
    if (options.has('total')) io.out(`${counts.join(delimiter)}${delimiter}total\n`);
    if (complained.includes(true)) {
      yield* io.flush();
      io.warn('input is not in sorted order');
      return 1;
    }
    return 0;
  },
};

export const join: Tool = {
  gnu: 'a: v: e: 1: 2: j: t: o: i,ignore-case check-order nocheck-order header z,zero-terminated',
  *run(io, options) {
    const [left, right] = twoFiles(io, options.operands);
    const tab = options.value('t');
    const fields = [Number(options.value('1') ?? options.value('j') ?? 1), Number(options.value('2') ?? options.value('j') ?? 1)];
    const split = (line: string): string[] => (tab === undefined ? line.trim().split(/[ \t]+/) : line.split(tab === '\\t' ? '\t' : tab));
    const key = (row: readonly string[], file: number): string => {
      const text = row[fields[file]! - 1] ?? '';
      return options.has('i') ? text.toLowerCase() : text;
    };
    const separator = tab ?? ' ';
    const format = options.values('o').flatMap((text) => text.split(/[, ]/)).filter((text) => text && text !== 'auto');
    const auto = options.values('o').includes('auto');
    let columns: readonly [number, number] = [0, 0];
    const blank = options.value('e') ?? '';
    const print = (a: readonly string[] | undefined, b: readonly string[] | undefined): void => {
      // The first lines of both files say how many columns there are.
      const rest = (row: readonly string[] | undefined, file: 0 | 1): readonly string[] => (auto ? Array.from({ length: columns[file] }, (_, i) => row?.[i] || blank) : (row ?? [])).filter((_, i) => i !== fields[file]! - 1);
      const cells = format.length ? format.map((field) => {
        if (field === '0') return a ? a[fields[0]! - 1] : b![fields[1]! - 1];
        const [file, n] = field.split('.').map(Number) as [number, number];
        return (file === 1 ? a : b)?.[n - 1] || blank;
      }) : [a ? a[fields[0]! - 1] : b![fields[1]! - 1], ...rest(a, 0), ...rest(b, 1)];
      io.out(toBytes(`${cells.join(separator)}\n`));
    };
    const unpaired = options.values('a').concat(options.values('v'));
    const paired = !options.has('v');
    const complained: boolean[] = [];
    let lonely = false;
    function* group(reader: LineReader, file: number): Task<() => Task<{ key: string; rows: string[][] } | undefined>> {
      let line = yield* reader.text();
      let number = 1;
      return function* () {
        if (line === undefined) return undefined;
        const rows = [split(line)];
        const wanted = key(rows[0]!, file);
        for (line = yield* reader.text(); line !== undefined && key(split(line), file) === wanted; line = yield* reader.text()) {
          rows.push(split(line));
          number++;
        }
        number++;
        if (line !== undefined && key(split(line), file) < wanted && !complained[file] && (lonely || options.has('check-order')) && !options.has('nocheck-order')) {
          complained[file] = true;
          io.warn(`${options.operands[file]}:${number}: is not sorted: ${line}`);
        }
        return { key: wanted, rows };
      };
    }
    const [nextA, nextB] = [yield* group(left, 0), yield* group(right, 1)];
    let [a, b] = [yield* nextA(), yield* nextB()];
    columns = [a?.rows[0]!.length ?? 0, b?.rows[0]!.length ?? 0];
    while (a || b) {
      if (a && b && a.key === b.key) {
        if (paired) for (const x of a.rows) for (const y of b.rows) print(x, y);
        a = yield* nextA();
        b = yield* nextB();
      } else if (a && (!b || a.key < b.key)) {
        lonely = true;
        if (unpaired.includes('1')) for (const row of a.rows) print(row, undefined);
        a = yield* nextA();
      } else {
        lonely = true;
        if (unpaired.includes('2')) for (const row of b!.rows) print(undefined, row);
        b = yield* nextB();
      }
    }
    if (complained.includes(true)) {
      yield* io.flush();
      io.warn('input is not in sorted order');
      return 1;
    }
    return 0;
  },
};
