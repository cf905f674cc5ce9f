// `ulimit`: shows the limits; the simulation has no others to set.

import type { Task } from '../../base/task.ts';
import type { Builtin } from '../dialect.ts';
import { Failure } from '../unwind.ts';

type Row = readonly [letter: string, bash: string, unit: string, ash: string, value: string];
const ROWS: readonly Row[] = [
  ['R', 'real-time non-blocking time', 'microseconds', '', 'unlimited'],
  ['c', 'core file size', 'blocks', 'core file size (blocks)', '0'],
  ['d', 'data seg size', 'kbytes', 'data seg size (kb)', 'unlimited'],
  ['e', 'scheduling priority', '', 'scheduling priority', '0'],
  ['f', 'file size', 'blocks', 'file size (blocks)', 'unlimited'],
  ['i', 'pending signals', '', 'pending signals', '96364'],
  ['l', 'max locked memory', 'kbytes', 'max locked memory (kb)', '8192'],
  ['m', 'max memory size', 'kbytes', 'max memory size (kb)', 'unlimited'],
  ['n', 'open files', '', 'open files', '20000'],
  ['p', 'pipe size', '512 bytes', '', '8'],
  ['q', 'POSIX message queues', 'bytes', 'POSIX message queues (bytes)', '819200'],
  ['r', 'real-time priority', '', 'real-time priority', '0'],
  ['s', 'stack size', 'kbytes', 'stack size (kb)', '8192'],
  ['t', 'cpu time', 'seconds', 'cpu time (seconds)', 'unlimited'],
  ['u', 'max user processes', '', 'max user processes', '96364'],
  ['v', 'virtual memory', 'kbytes', 'virtual memory (kb)', 'unlimited'],
  ['x', 'file locks', '', 'file locks', 'unlimited'],
];

export const ulimit: Builtin = function* (sh, args): Task<number> {
  const bash = sh.dialect.name === 'bash';
  const letters = args.filter((arg) => arg.startsWith('-')).join('').replace(/[-HS]/g, '') || 'f';
  const value = args.find((arg) => !arg.startsWith('-'));
  const rows = ROWS.filter((row) => (bash || row[3]) && (letters.includes('a') || letters.includes(row[0])));
  const odd = [...letters].find((c) => c !== 'a' && !ROWS.some(([letter]) => letter === c));
  if (odd) throw bash ? new Failure(`-${odd}: invalid option\nulimit: usage: ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]`, 2) : new Failure(`ulimit: invalid option -- '${odd}'`, 1, 'command', 'raw');
  if (value !== undefined) {
    if (rows.every((row) => row[4] === value || value === 'unlimited')) return 0;
    throw new Failure(`changing limits is not simulated; they stay as \`ulimit -a\` shows them`, 1);
  }
  for (const [letter, name, unit, ashName, limit] of rows) {
    if (rows.length === 1 && !letters.includes('a')) yield* sh.out(`${limit}\n`);
    else if (bash) yield* sh.out(`${name.padEnd(20)} ${`${unit ? `(${unit}, ` : '('}-${letter})`.padStart(20)} ${limit}\n`);
    else yield* sh.out(`${ashName.padEnd(32)}(-${letter}) ${limit}\n`);
  }
  return 0;
};
