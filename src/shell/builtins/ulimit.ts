// `ulimit`: shows and sets the limits of the shell, which its children inherit.

import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import type { Resource } from '../../kernel/syscalls.ts';
import type { Builtin } from '../dialect.ts';
import { Failure } from '../unwind.ts';

type Row = readonly [letter: string, bash: string, unit: string, ash: string, resource: Resource | undefined, bytes?: number];
const ROWS: readonly Row[] = [
  ['R', 'real-time non-blocking time', 'microseconds', '', 'rttime'],
  ['c', 'core file size', 'blocks', 'core file size (blocks)', 'core', 1024],
  ['d', 'data seg size', 'kbytes', 'data seg size (kb)', 'data', 1024],
  ['e', 'scheduling priority', '', 'scheduling priority', 'nice'],
  ['f', 'file size', 'blocks', 'file size (blocks)', 'fsize', 1024],
  ['i', 'pending signals', '', 'pending signals', 'sigpending'],
  ['l', 'max locked memory', 'kbytes', 'max locked memory (kb)', 'memlock', 1024],
  ['m', 'max memory size', 'kbytes', 'max memory size (kb)', 'rss', 1024],
  ['n', 'open files', '', 'open files', 'nofile'],
  ['p', 'pipe size', '512 bytes', '', undefined],
  ['q', 'POSIX message queues', 'bytes', 'POSIX message queues (bytes)', 'msgqueue'],
  ['r', 'real-time priority', '', 'real-time priority', 'rtprio'],
  ['s', 'stack size', 'kbytes', 'stack size (kb)', 'stack', 1024],
  ['t', 'cpu time', 'seconds', 'cpu time (seconds)', 'cpu'],
  ['u', 'max user processes', '', 'max user processes', 'nproc'],
  ['v', 'virtual memory', 'kbytes', 'virtual memory (kb)', 'as', 1024],
  ['x', 'file locks', '', 'file locks', 'locks'],
];

export const ulimit: Builtin = function* (sh, args): Task<number> {
  const { sys } = sh;
  const bash = sh.dialect.name === 'bash';
  const flags = args.filter((arg) => arg.startsWith('-')).join('').replaceAll('-', '');
  const letters = flags.replace(/[HS]/g, '') || 'f';
  const value = args.find((arg) => !arg.startsWith('-'));
  const known = ROWS.filter((row) => bash || row[3]);
  const rows = letters.includes('a') ? known : [...letters].flatMap((letter) => known.filter((row) => row[0] === letter));
  const odd = [...letters].find((c) => c !== 'a' && !known.some(([letter]) => letter === c));
  if (odd) throw bash ? new Failure(`-${odd}: invalid option\nulimit: usage: ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]`, 2) : new Failure(`ulimit: invalid option -- '${odd}'`, 1, 'command', 'raw');
  if (value !== undefined && !letters.includes('a')) {
    for (const row of rows) set(row, value);
    return 0;
  }
  const hard = flags.includes('H') && !(bash && flags.includes('S'));
  for (const row of rows) {
    const [letter, name, unit, ashName, resource] = row;
    const limit = resource ? shown(sys.getrlimit(resource)[hard ? 'hard' : 'soft'], row) : '8';
    if (rows.length === 1 && !letters.includes('a')) yield* sh.out(`${limit}\n`);
    else if (bash) yield* sh.out(`${name.padEnd(20)} ${`${unit ? `(${unit}, ` : '('}-${letter}) `.padStart(20)}${limit}\n`);
    else yield* sh.out(`${ashName.padEnd(32)}(-${letter}) ${limit}\n`);
  }
  return 0;

  /** BusyBox counts files in blocks of 512 bytes. */
  function scale([letter, , , , , bytes = 1]: Row): number {
    return !bash && /[cf]/.test(letter) ? 512 : bytes;
  }

  function shown(limit: number, row: Row): string {
    return limit === Infinity ? 'unlimited' : String(Math.floor(limit / scale(row)));
  }

  /** @throws Failure */
  function set(row: Row, text: string): void {
    const [, name, , , resource] = row;
    if (!resource) throw new Failure(`${name}: cannot modify limit: Invalid argument`, 1);
    const now = sys.getrlimit(resource);
    const named: Readonly<Record<string, number>> = { unlimited: Infinity, ...(bash && { hard: now.hard, soft: now.soft }) };
    const wanted = named[text] ?? (/^\d+$/.test(text) ? Number(text) * scale(row) : undefined);
    if (wanted === undefined) throw bash ? new Failure(`${text}: invalid number`, 1) : new Failure(`sh: invalid number '${text}'`, 1, 'command', 'raw');
    const some = /[HS]/.test(flags);
    try {
      sys.setrlimit(resource, { soft: !some || flags.includes('S') ? wanted : now.soft, hard: !some || flags.includes('H') ? wanted : now.hard });
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      throw bash ? new Failure(`${name}: cannot modify limit: ${strerror(error.errno)}`, 1) : new Failure(`sh: error setting limit: ${strerror(error.errno)}`, 1, 'command', 'raw');
    }
  }
};
