// flock and watch: a program under a lock, and a program again and again.

import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { O_CREAT, O_RDONLY, O_RDWR } from '../../kernel/syscalls.ts';
import { exitStatus, run, spawn } from '../lib/execute.ts';
import { cannotRun } from '../lib/execute.ts';
import { readAll } from '../lib/lines.ts';
import { reason } from '../lib/messages.ts';
import { strftime } from '../lib/time-format.ts';
import { toText } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

export const flock: Tool = {
  gnu: '+s,shared x,e,exclusive u,unlock n,nb,nonblock w:,wait,timeout: o,close E:,conflict-exit-code: F,no-fork c:,command: verbose', busybox: '+s x u n o', usageStatus: 64,
  *run(io, options) {
    const { sys } = io;
    const [name, ...words] = options.operands;
    if (name === undefined) return io.usage(io.gnu ? 'not enough arguments' : undefined);
    const command = words[0] === '-c' ? ['/bin/sh', '-c', words[1] ?? ''] : words[0] === '--command' ? ['/bin/sh', '-c', words[1] ?? ''] : options.has('c') ? ['/bin/sh', '-c', options.value('c')!] : words;
    let fd: number;
    if (/^\d+$/.test(name) && !command.length) fd = Number(name);
    else {
      try {
        let mode = O_RDONLY | O_CREAT;
        if (sys.can(name, '') && sys.can(name, 'w') && (sys.stat(name).mode & 0o170000) === 0o100000) mode = O_RDWR;
        fd = sys.can(name, '') && (sys.stat(name).mode & 0o170000) === 0o040000 ? sys.open(name, O_RDONLY) : sys.open(name, mode, 0o666);
      } catch (error) {
        return io.die(`cannot open lock file ${name}: ${reason(error)}`, 66);
      }
    }
    const operation = options.has('u') ? 'unlock' : options.has('s') ? 'shared' : 'exclusive';
    const conflict = Number(options.value('E') ?? 1);
    const wait = options.has('w') ? sys.now() + Number(options.value('w')) * 1000 : options.has('n') ? -Infinity : undefined;
    for (;;) {
      try {
        yield* sys.flock(fd, operation, wait === undefined ? {} : { nonblocking: true });
        break;
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        if (error.errno !== 'EAGAIN') return io.die(`${name}: ${reason(error)}`, 65);
        if (sys.now() >= wait!) return conflict;
        yield* sys.sleep(50);
      }
    }
    if (!command.length) return 0;
    try {
      return exitStatus(yield* run(sys, command, undefined, options.has('o') ? (child) => child.close(fd) : undefined));
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      return cannotRun(io, command[0]!, error, 'failed to execute');
    }
  },
};

export const watch: Tool = {
  gnu: '+n:,interval: d::,differences:: t,no-title b,beep e,errexit g,chgexit c,color x,exec q:,equexit: p,precise r,no-rerun w,no-wrap', busybox: '+n: t x',
  *run(io, options) {
    const { sys } = io;
    const words = options.operands;
    if (!words.length) return io.usage();
    const interval = Math.max(0.1, Number(options.value('n') ?? 2));
    const argv = options.has('x') ? words : ['/bin/sh', '-c', words.join(' ')];
    const size = sys.isatty(1) ? sys.windowSize(1) : { columns: 80, rows: 24 };
    let before: string | undefined;
    const live = io.terminal && sys.isatty(0);
    const saved = live ? sys.tcgetattr(0) : undefined;
    try {
      for (;;) {
        const [read, write] = sys.pipe();
        const pid = yield* spawn(sys, argv, undefined, (child) => {
          child.dup2(write, 1);
          child.dup2(write, 2);
          child.close(read);
          child.close(write);
        });
        sys.close(write);
        const text = toText(yield* readAll(sys, read));
        sys.close(read);
        const status = exitStatus(yield* sys.wait(pid));
        const title = `Every ${interval.toFixed(1)}s: ${words.join(' ')}`;
        const right = `${sys.hostname()}: ${strftime('%a %b %e %H:%M:%S %Y', sys.now())}`;
        const head = options.has('t') ? '' : `${title.slice(0, size.columns - right.length - 1).padEnd(size.columns - right.length)}${right}\n\n`;
        const rows = text.split('\n').slice(0, size.rows - (head ? 2 : 0) - 1).map((line) => line.slice(0, size.columns));
        io.out(`\u001b[H\u001b[2J${head}${rows.join('\n')}`);
        yield* io.flush();
        if (options.has('e') && status) return status;
        if (options.has('g') && before !== undefined && before !== text) return 0;
        before = text;
        if (yield* pause(interval)) return 0;
      }
    } finally {
      if (saved) sys.tcsetattr(0, saved);
    }
    function* pause(seconds: number): Task<boolean> {
      yield* sys.sleep(seconds * 1000);
      return false;
    }
  },
};
