// What tools say when their standard output takes no more: a full disk or tmpfs.

import type { Io } from './messages.ts';

/** In the middle, at the end, exit status. `%` is the reason; '' says nothing; lines are parted by `|`. */
type Row = readonly [middle: string, end: string, status: number];

const both = (text: string, status: number): Row => [text, text, status];

const GNU: Readonly<Record<string, Row>> = {
  awk: ['write failure (%)|close failed on file "/dev/stdout" (%)', 'close failed on file "/dev/stdout" (%)', 2], env: both('write error: %', 125), expr: both('write error: %', 3),
  grep: both('write error: %', 2), egrep: both('write error: %', 2), fgrep: both('write error: %', 2), head: ["error writing 'standard output': %", 'write error: %', 1], jq: both('error: writing output failed: %', 2),
  hostname: both('', 0), sed: ["couldn't write 1 item to stdout: %", "couldn't flush stdout: %", 4], sort: ["write failed: 'standard output': %|write error", "fflush failed: 'standard output': %|write error", 2],
  tail: ["error writing 'standard output': %", 'write error: %', 1], xxd: both('%', 3), yes: both('standard output: %', 1),
};

const BUSYBOX: Readonly<Record<string, Row>> = {
  awk: both('', 0), cat: both('write error: %', 1), date: both('', 0), egrep: both('', 0), expr: both('standard output: %', 2), fgrep: both('', 0), grep: both('', 0), head: ['standard output: I/O error', 'standard output: %', 1], hexdump: both('', 0), hostname: both('', 0),
  mount: both('', 0), od: both('write error', 1), ps: both('', 0), sed: ['write error', '', 4], seq: both('', 255), sort: both('standard output: %', 2), tac: both('write error: %', 1), tail: both('write error: %', 1), tr: both('write error: %', 1), xxd: both('', 0), yes: both(': %', 1),
};

/** Say it. @returns the exit status; undefined: as it would have been */
export function sayWriteError(io: Io, reason: string, atEnd: boolean): number | undefined {
  const [middle, end, status] = (io.gnu ? GNU : BUSYBOX)[io.name] ?? both(io.gnu ? 'write error: %' : 'standard output: %', 1);
  const text = atEnd ? end : middle;
  for (const line of text ? text.split('|') : []) io.warn(line.replace('%', reason));
  return atEnd && text === '' && status !== 255 ? undefined : status;
}
