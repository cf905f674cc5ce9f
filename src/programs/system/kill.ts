// kill, killall, pkill, pgrep and pidof: signals to processes, and the processes of a name.

import { KernelError, strerror } from '../../kernel/errno.ts';
import { signalNumber, SIGNALS, type Signal } from '../../kernel/signal.ts';
import type { ProcessInfo } from '../../kernel/syscalls.ts';
import type { Io } from '../lib/messages.ts';
import { parseOptions, type Options } from '../lib/options.ts';
import { Regex, RegexError } from '../lib/regex.ts';
import { parseSignal } from '../lib/signal-name.ts';
import type { Tool } from '../lib/tool.ts';
import { Users } from '../lib/users.ts';

const NAMES = Object.keys(SIGNALS).map((name) => name.slice(3));
const USAGE = `
Usage:
 kill [options] <pid> [...]

Options:
 <pid> [...]            send signal to every <pid> listed
 -<signal>, -s, --signal <signal>
                        specify the <signal> to be sent
 -q, --queue <value>    integer value to be sent with the signal
 -l, --list=[<signal>]  list all signal names, or convert one to a name
 -L, --table            list all signal names in a nice table

 -h, --help     display this help and exit
 -V, --version  output version information and exit

For more details see kill(1).
`;

/** A signal from the words in front of the operands, which it takes away. */
function takeSignal(io: Io, words: string[]): Signal | 0 {
  let text = 'TERM';
  const first = words[0] ?? '';
  if (first === '-s' || first === '--signal' || first === '-n') text = words.splice(0, 2)[1] ?? '';
  else if (/^-[A-Za-z0-9]+$/.test(first)) text = words.shift()!.slice(1);
  if (words[0] === '--') words.shift();
  if (text === '0') return 0;
  const signal = parseSignal(text);
  if (signal) return signal;
  if (!io.gnu) return io.die(`bad signal name '${text}'`);
  io.warn(`invalid argument ${text[0]}`);
  io.err(USAGE);
  return io.exit(1);
}

export const kill: Tool = {
  gnu: null, busybox: null, synopsis: USAGE,
  *run(io, { operands }) {
    const words = [...operands];
    if (words[0] === '-l' || words[0] === '-L' || words[0] === '--list') {
      const [, which] = words;
      if (which !== undefined) {
        const number = Number(which);
        const signal = parseSignal(String(number > 128 ? number - 128 : which));
        if (!signal) return io.die(io.gnu ? `unknown signal name ${which}` : `bad signal name '${which}'`);
        io.out(`${/^\d+$/.test(which) ? signal.slice(3).replace(/^IO$/, 'POLL') : signalNumber(signal)}\n`);
      } else if (io.gnu) io.out(`${NAMES.slice(0, 16).join(' ')}\n${NAMES.slice(16).join(' ').replace(/\bIO\b/, 'POLL')}\n`);
      else io.out(NAMES.map((name, i) => `${String(i + 1).padStart(2)}) ${name}\n`).join(''));
      return;
    }
    const signal = takeSignal(io, words);
    if (!words.length) {
      if (io.gnu) io.usage();
      io.die('you need to specify whom to kill');
    }
    for (const word of words) {
      if (!/^-?\d+$/.test(word)) {
        io.fail(io.gnu ? `failed to parse argument: '${word}'` : `invalid number '${word}'`);
        continue;
      }
      try {
        io.sys.kill(Number(word), signal);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        io.fail(io.gnu ? `(${word}): ${strerror(error.errno)}` : `can't kill pid ${word}: ${strerror(error.errno)}`);
      }
      yield* io.relieve();
    }
  },
};

const named = (process: ProcessInfo, name: string): boolean =>
  process.comm === name.slice(0, 15) || (process.argv[0] ?? '').split('/').pop() === name || process.argv[0] === name;

export const killall: Tool = {
  gnu: null, busybox: null,
  *run(io, { operands }) {
    const words = [...operands];
    const quiet = words[0] === '-q' && Boolean(words.shift());
    const signal = takeSignal(io, words);
    if (!words.length) io.usage();
    for (const name of words) {
      const found = io.sys.processes().filter((process) => named(process, name) && process.pid !== io.sys.pid);
      if (!found.length) {
        if (quiet) io.status = 1;
        else io.fail(`${name}: no process ${io.gnu ? 'found' : 'killed'}`);
      }
      for (const { pid } of found) {
        try {
          io.sys.kill(pid, signal);
        } catch (error) {
          if (!(error instanceof KernelError)) throw error;
          io.fail(io.gnu ? `${name}(${pid}): ${strerror(error.errno)}` : `can't kill pid ${pid}: ${strerror(error.errno)}`);
        }
      }
    }
  },
};

export const pidof: Tool = {
  gnu: 's c q x o: S: d: n z w', busybox: 's o:',
  *run(io, options) {
    const omitted = options.values('o').flatMap((text) => text.split(',')).map((text) => (text === '%PPID' ? io.sys.ppid : Number(text)));
    const found = io.sys.processes().filter(({ pid, argv }) => argv.length > 0 && !omitted.includes(pid) && pid !== io.sys.pid).filter((process) => options.operands.some((name) => named(process, name)));
    const pids = found.map(({ pid }) => pid).reverse().slice(0, options.has('s') ? 1 : undefined);
    if (!pids.length) return 1;
    if (!options.has('q')) io.out(`${pids.join(options.value('S') ?? ' ')}\n`);
    return 0;
  },
};

const MATCHING = 'f,full i,ignore-case l,list-name a,list-full x,exact v,inverse n,newest o,oldest c,count d:,delimiter: P:,parent: u:,euid: U:,uid: t:,terminal: g:,pgroup: s:,session: e,echo signal:';

function* matching(io: Io, options: Options): Generator<ProcessInfo> {
  const [pattern] = options.operands;
  const users = new Users(io.sys);
  let regex: Regex | undefined;
  try {
    if (pattern !== undefined) regex = Regex.posix(options.has('x') ? `^(${pattern})$` : pattern, { extended: true, ignoreCase: options.has('i') });
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    io.die(`regex error: ${error.message}`, 2);
  }
  const list = (key: string): string[] | undefined => options.value(key)?.split(',');
  let found = io.sys.processes().filter((process) => {
    if (process.pid === io.sys.pid) return false;
    const text = options.has('f') && process.argv.length ? process.argv.join(' ') : process.comm;
    const ids = [['P', process.ppid], ['g', process.pgid], ['s', process.sid]] as const;
    if (ids.some(([key, id]) => options.has(key) && !list(key)!.includes(String(id)))) return false;
    if (options.has('u', 'U') && !(list('u') ?? list('U'))!.some((name) => users.uid(name) === process.uid)) return false;
    if (options.has('t') && !list('t')!.includes(process.tty)) return false;
    return (regex?.test(text) ?? true) !== options.has('v');
  });
  if (options.has('n')) found = found.sort((a, b) => b.startTime - a.startTime || b.pid - a.pid).slice(0, 1);
  if (options.has('o')) found = found.sort((a, b) => a.startTime - b.startTime || a.pid - b.pid).slice(0, 1);
  yield* found;
}

function needPattern(io: Io, options: Options): void {
  if (options.operands.length > 1) io.usage('only one pattern can be provided', 2);
  if (!options.operands.length && !options.has('P', 'g', 's', 'u', 'U', 't')) io.usage('no matching criteria specified', 2);
}

export const pgrep: Tool = {
  gnu: MATCHING, busybox: 'f i l a x v n o P: s:', usageStatus: 2,
  *run(io, options) {
    needPattern(io, options);
    const found = [...matching(io, options)];
    if (options.has('c')) io.out(`${found.length}\n`);
    else if (found.length) io.out(`${found.map((process) => options.has('a') ? `${process.pid} ${process.argv.join(' ') || process.comm}` : options.has('l') ? `${process.pid} ${process.comm}` : process.pid).join(options.value('d') ?? '\n')}\n`);
    return found.length ? 0 : 1;
  },
};

export const pkill: Tool = {
  gnu: null, busybox: null, usageStatus: 2,
  *run(io, { operands }) {
    const words = [...operands];
    let signal: Signal | 0 = 'SIGTERM';
    const at = words.findIndex((word) => /^-[A-Z0-9]+$/.test(word) && (word === '-0' || parseSignal(word.slice(1)) !== undefined));
    if (at >= 0) signal = words[at] === '-0' ? 0 : parseSignal(words.splice(at, 1)[0]!.slice(1))!;
    const options = parseOptions(io, words, MATCHING);
    if (options.has('signal')) signal = parseSignal(options.value('signal')!) ?? 'SIGTERM';
    needPattern(io, options);
    const found = [...matching(io, options)];
    for (const { pid, comm } of found) {
      try {
        io.sys.kill(pid, signal);
        if (options.has('e')) io.out(`${comm} killed (pid ${pid})\n`);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        io.fail(`killing pid ${pid} failed: ${strerror(error.errno)}`);
      }
    }
    return found.length ? io.status : 1;
  },
};
