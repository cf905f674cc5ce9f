// A statement sent to the server, and its answers printed as they come.

import { concat, decode, encode, EMPTY, type Bytes } from '../../../base/bytes.ts';
import type { Task } from '../../../base/task.ts';
import { KernelError } from '../../../kernel/errno.ts';
import { message, parseReport, textMessage, type Message, type Report } from '../wire.ts';
import type { Psql } from './psql-state.ts';
import { formatTable, type Table } from './table.ts';

/** Types that are right-aligned, by number. */
const NUMBERS = new Set([20, 21, 23, 26, 28, 29, 700, 701, 790, 1700, 5069]);

export interface Outcome {
  readonly ok: boolean;
  /** The connection is gone. */
  readonly lost: boolean;
  readonly tables: readonly Table[];
}

function columnsOf(body: Bytes): { names: string[]; right: boolean[] } {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const names: string[] = [], right: boolean[] = [];
  let at = 2;
  for (let left = view.getInt16(0); left > 0; left--) {
    const end = body.indexOf(0, at);
    names.push(decode(body.subarray(at, end)));
    right.push(NUMBERS.has(view.getInt32(end + 7)));
    at = end + 19;
  }
  return { names, right };
}

function rowOf(body: Bytes): (string | null)[] {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const cells: (string | null)[] = [];
  let at = 2;
  for (let left = view.getInt16(0); left > 0; left--) {
    const length = view.getInt32(at);
    at += 4;
    cells.push(length < 0 ? null : decode(body.subarray(at, at + length)));
    at += Math.max(0, length);
  }
  return cells;
}

/** A row for `COPY FROM`, or `undefined` at the end of them. */
export type RowSource = () => Task<string | undefined>;

/** @param print false gathers the tables only. @param rows where `COPY FROM STDIN` reads. @param copyOut where `COPY TO STDOUT` writes; standard: the output */
export function* runQuery(psql: Psql, sql: string, { print = true, rows, copyOut }: { readonly print?: boolean; readonly rows?: RowSource | undefined; readonly copyOut?: ((bytes: Bytes) => void) | undefined } = {}): Task<Outcome> {
  const { connection } = psql;
  if (!connection) {
    yield* psql.err('You are currently not connected to a database.\n');
    return { ok: false, lost: false, tables: [] };
  }
  const begun = psql.sys.now();
  try {
    yield* psql.sys.write(connection.fd, textMessage('Q', sql));
  } catch (error) {
    // What it said at its end can still be read.
    if (!(error instanceof KernelError)) throw error;
  }
  let ok = true, copiedOut = false;
  let table: { names: string[]; right: boolean[]; rows: (string | null)[][] } | undefined;
  const tables: Table[] = [];
  for (let next: Message | undefined; (next = yield* connection.incoming.next());) {
    const { type, body } = next;
    if (type === 'Z') {
      psql.transaction = String.fromCharCode(body[0]!);
      if (psql.timing && print) yield* psql.out(`Time: ${(psql.sys.now() - begun + 0.4).toFixed(3)} ms\n`);
      return { ok, lost: false, tables };
    }
    if (type === 'T') table = { ...columnsOf(body), rows: [] };
    else if (type === 'D') table?.rows.push(rowOf(body));
    else if (type === 'C') {
      const tag = decode(body).replace(/\0$/, '');
      const rowsCame = table !== undefined;
      if (table) {
        const whole: Table = { headers: table.names, right: table.right, rows: table.rows };
        tables.push(whole);
        table = undefined;
        if (print) yield* psql.out(formatTable(whole, psql.print));
      }
      const told = rowsCame ? /^(INSERT|UPDATE|DELETE|MERGE) /.test(tag) : !copiedOut;
      if (print && !psql.quiet && told) yield* psql.out(`${tag}\n`);
      copiedOut = false;
    } else if (type === 'E' || type === 'N') {
      const report = parseReport(body);
      if (type === 'E') {
        ok = false;
        psql.lastError = report;
      }
      yield* psql.err(`${psql.place()}${describeReport(report, sql)}\n`);
      if (report.get('S') === 'FATAL') return yield* lose(psql);
    } else if (type === 'G') yield* sendRows(psql, rows);
    else if (type === 'd') {
      copiedOut = true;
      if (copyOut) copyOut(body.slice());
      else yield* psql.outBytes(body);
    } else if (type === 'S') {
      const [name, value] = decode(body).split('\0');
      connection.parameters.set(name!, value!);
    }
  }
  yield* psql.err('server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n\tbefore or while processing the request.\n');
  return yield* lose(psql);
}

function* lose(psql: Psql): Task<Outcome> {
  psql.sys.close(psql.connection!.fd);
  psql.connection = undefined;
  if (psql.interactive) yield* psql.err('The connection to the server was lost. Attempting reset: Failed.\n');
  return { ok: false, lost: true, tables: [] };
}

function* sendRows({ sys, connection }: Psql, rows: RowSource | undefined): Task<void> {
  let held: Bytes[] = [], size = 0;
  const flush = function* (): Task<void> {
    if (size) yield* sys.write(connection!.fd, message('d', concat(held)));
    held = [];
    size = 0;
  };
  for (let line = yield* (rows ?? none)(); line !== undefined && line !== '\\.'; line = yield* (rows ?? none)()) {
    const bytes = encode(`${line}\n`);
    held.push(bytes);
    size += bytes.length;
    if (size > 32_768) yield* flush();
  }
  yield* flush();
  yield* sys.write(connection!.fd, message('c', EMPTY));
}

function* none(): Task<string | undefined> {
  return undefined;
}

/** `ERROR:  …`, the line it points into, detail, hint and context, as libpq words it. */
export function describeReport(report: Report, sql: string): string {
  const lines = [`${report.get('S')}:  ${report.get('M')}`];
  const position = Number(report.get('P') ?? 0);
  if (position) lines.push(...pointAt(sql, position));
  else if (report.has('q')) lines.push(...pointAt(report.get('q')!, Number(report.get('p') ?? 0)), `QUERY:  ${report.get('q')}`);
  for (const [letter, name] of [['D', 'DETAIL'], ['H', 'HINT']] as const) if (report.has(letter)) lines.push(`${name}:  ${report.get(letter)}`);
  if (report.has('W') && report.get('S') === 'ERROR') lines.push(`CONTEXT:  ${report.get('W')}`);
  return lines.join('\n');
}

const WIDEST = 60, RIGHT_CUT = 10;

function pointAt(sql: string, position: number): string[] {
  const characters = [...sql.replaceAll('\t', ' ').replaceAll('\r', ' ')];
  const before = characters.slice(0, position - 1);
  const number = before.filter((character) => character === '\n').length + 1;
  const start = before.lastIndexOf('\n') + 1;
  const next = characters.indexOf('\n', start);
  let line = characters.slice(start, next < 0 ? undefined : next), column = position - 1 - start;
  let [left, right] = [false, false];
  if (line.length > WIDEST) {
    if (column + WIDEST - RIGHT_CUT >= line.length) {
      const cut = line.length - WIDEST;
      line = line.slice(cut);
      column -= cut;
      left = true;
    } else if (column + RIGHT_CUT < WIDEST) {
      line = line.slice(0, WIDEST);
      right = true;
    } else {
      const end = Math.min(line.length, column + RIGHT_CUT), cut = end - WIDEST;
      line = line.slice(cut, end);
      column -= cut;
      left = true;
      right = true;
    }
  }
  const head = `LINE ${number}: ${left ? '...' : ''}`;
  return [`${head}${line.join('')}${right ? '...' : ''}`, `${' '.repeat(head.length + column)}^`];
}
