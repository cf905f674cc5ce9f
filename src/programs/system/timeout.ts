// timeout: run a program, but not for longer than a while.

import { KernelError } from '../../kernel/errno.ts';
import { parseDuration } from '../lib/count.ts';
import { cannotRun, exitStatus, replace, spawn } from '../lib/execute.ts';
import { quote } from '../lib/quote.ts';
import { parseSignal } from '../lib/signal-name.ts';
import type { Tool } from '../lib/tool.ts';

export const timeout: Tool = {
  gnu: '+f,foreground k:,kill-after: p,preserve-status s:,signal: v,verbose', busybox: '+s: k:', usageStatus: 125,
  *run(io, options) {
    const { sys, gnu } = io;
    const [time, ...argv] = options.operands;
    const duration = (text: string): number => parseDuration(text) ?? (gnu ? io.usage(`invalid time interval ${quote(text)}`) : io.die(`invalid number '${text}'`));
    const signal = parseSignal(options.value('s') ?? 'TERM');
    if (!signal) return gnu ? io.usage(`${quote(options.value('s')!)}: invalid signal`) : io.die(`unknown signal '${options.value('s')}'`);
    const after = options.has('k') ? duration(options.value('k')!) : 0;
    if (!argv.length) return io.usage();
    const seconds = duration(time!);
    if (!gnu) {
      // The parent becomes the program; a child watches it.
      const parent = sys.pid;
      if (seconds) {
        sys.newProcess({ descriptors: 'none' }).run(function* (own) {
          yield* own.sleep(seconds * 1000);
          if (own.ppid !== parent) return 0;
          own.kill(parent, signal);
          if (after) {
            yield* own.sleep(after * 1000);
            if (own.ppid === parent) own.kill(parent, 'SIGKILL');
          }
          return 0;
        });
      }
      return yield* replace(io, argv);
    }
    const foreground = options.has('f');
    if (!foreground) {
      try {
        sys.setpgid(0, 0);
      } catch { /* it leads a session: then it has a group already */ }
    }
    let pid: number;
    try {
      pid = yield* spawn(sys, argv);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      return cannotRun(io, argv[0]!, error);
    }
    let timedOut = false;
    const send = (name: typeof signal): void => {
      if (options.has('v')) io.warn(`sending signal ${name.slice(3)} to command ${quote(argv[0]!)}`);
      try {
        sys.kill(pid, name);
        if (!foreground) {
          if (name !== 'SIGKILL') sys.sigaction(name, 'ignore');
          sys.kill(0, name);
        }
      } catch { /* it has ended meanwhile */ }
    };
    const timer = sys.thread(function* () {
      if (!seconds) return;
      yield* sys.sleep(seconds * 1000);
      timedOut = true;
      send(signal);
      if (!after) return;
      yield* sys.sleep(after * 1000);
      send('SIGKILL');
    });
    const status = yield* sys.wait(pid);
    timer.cancel();
    if (timedOut && !options.has('p')) return status.signal === 'SIGKILL' ? 137 : 124;
    return exitStatus(status);
  },
};
