// nohup, nice, ionice, setsid, time and flock's kin: run a program under changed circumstances.

import { KernelError } from '../../kernel/errno.ts';
import { O_APPEND, O_CREAT, O_RDONLY, O_WRONLY } from '../../kernel/syscalls.ts';
import { cannotRun, execvp, exitStatus, replace, run, spawn } from '../lib/execute.ts';
import { reason } from '../lib/messages.ts';
import { quote, quoteAlways } from '../lib/quote.ts';
import { strerror } from '../../kernel/errno.ts';
import type { Tool } from '../lib/tool.ts';

export const nohup: Tool = {
  gnu: '+', busybox: '+', usageStatus: 125,
  *run(io, { operands }) {
    const { sys } = io;
    if (!operands.length) io.usage(io.gnu ? 'missing operand' : undefined);
    const [input, output, error] = [0, 1, 2].map((fd) => sys.isatty(fd));
    let file: string | undefined;
    for (const name of output ? ['nohup.out', `${sys.env['HOME'] ?? ''}/nohup.out`] : []) {
      try {
        const fd = sys.open(name, O_WRONLY | O_CREAT | O_APPEND, 0o600);
        sys.dup2(fd, 1);
        sys.close(fd);
        file = name;
        break;
      } catch (failure) {
        io.warn(`failed to open ${quoteAlways(name)}: ${reason(failure)}`);
      }
    }
    if (output && !file) return 125;
    if (input) sys.dup2(sys.open('/dev/null', O_RDONLY), 0);
    const what = [...(input ? ['ignoring input'] : []), ...(file ? [`appending output to ${quoteAlways(file)}`] : [])];
    if (error && !file) what.push('redirecting stderr to stdout');
    if (what.length) io.warn(what.join(' and '));
    yield* io.flush();
    if (error) sys.dup2(1, 2);
    sys.sigaction('SIGHUP', 'ignore');
    try {
      return yield* execvp(sys, operands);
    } catch (failure) {
      if (!(failure instanceof KernelError)) throw failure;
      io.warn(io.gnu ? `failed to run command ${quoteAlways(operands[0]!)}: ${strerror(failure.errno)}` : `can't execute '${operands[0]}': ${strerror(failure.errno)}`);
      return failure.errno === 'ENOENT' ? 127 : 126;
    }
  },
};

/** Priorities have no effect here: every process gets its turn. */
export const nice: Tool = {
  gnu: '+n:,adjustment: #', busybox: '+n: #', usageStatus: 125,
  *run(io, options) {
    const { sys, gnu } = io;
    const { operands } = options;
    const asked = options.value('n') ?? options.value('#');
    if (!operands.length) {
      if (asked !== undefined) io.usage(gnu ? 'a command must be given with an adjustment' : undefined);
      return io.out(`${sys.getpriority()}\n`);
    }
    const adjustment = asked ?? '10';
    if (!/^[-+]?\d+$/.test(adjustment)) return io.die(gnu ? `invalid adjustment ${quote(adjustment)}` : `invalid number '${adjustment}'`, gnu ? 125 : 1);
    try {
      sys.setpriority(sys.getpriority() + Number(adjustment));
    } catch (error) {
      if (!gnu) return io.die(`setpriority(${Number(adjustment)}): ${reason(error)}`);
      io.warn(`cannot set niceness: ${reason(error)}`);
    }
    return yield* replace(io, operands, undefined, '');
  },
};

/** Of util-linux, and BusyBox's, which says nothing. */
export const renice: Tool = {
  gnu: '+n: p g u relative:,', busybox: '+n: p g u',
  *run(io, options) {
    const { sys, gnu } = io;
    const words = [...options.operands];
    const value = options.value('n') ?? options.value('relative') ?? words.shift();
    if (value === undefined || !words.length) io.usage(gnu ? 'not enough arguments' : undefined);
    if (!/^[-+]?\d+$/.test(value!)) io[gnu ? 'usage' : 'die'](gnu ? `invalid priority '${value}'` : `invalid number '${value}'`);
    if (options.has('g') || options.has('u')) return io.notSimulated('the priorities of groups and users');
    const relative = options.value('relative') !== undefined || (!gnu && options.value('n') !== undefined);
    for (const word of words) {
      if (word === '-p') continue;
      const pid = Number(word);
      if (!/^\d+$/.test(word)) {
        io.fail(gnu ? `bad process ID value: ${word}` : `invalid number '${word}'`);
        continue;
      }
      try {
        const before = gnu || relative ? sys.getpriority(pid) : 0;
        sys.setpriority(relative ? before + Number(value) : Number(value), pid);
        if (gnu) io.out(`${pid} (process ID) old priority ${before}, new priority ${sys.getpriority(pid)}\n`);
      } catch (error) {
        io.fail(gnu ? `failed to ${reason(error) === 'No such process' ? 'get' : 'set'} priority for ${pid} (process ID): ${reason(error)}` : `${relative ? 'get' : 'set'}priority: ${reason(error)}`);
      }
    }
    return undefined;
  },
};

export const ionice: Tool = {
  gnu: '+c:,class: n:,classdata: p:,pid: t,ignore', busybox: '+c: n: p: t',
  *run(io, { operands }) {
    if (!operands.length) return io.out('none: prio 0\n');
    return yield* replace(io, operands, undefined, 'failed to execute');
  },
};

export const setsid: Tool = {
  gnu: '+c,ctty f,fork w,wait', busybox: '+c',
  *run(io, options) {
    const { sys } = io;
    const argv = options.operands;
    if (!argv.length) io.usage(io.gnu ? 'no command specified' : undefined);
    const leads = sys.getpgid() === sys.pid;
    if (leads || options.has('f')) {
      try {
        const pid = yield* spawn(sys, argv, undefined, (child) => {
          child.setsid();
          if (options.has('c')) child.setControllingTerminal(0);
        });
        return options.has('w') ? exitStatus(yield* sys.wait(pid)) : 0;
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        return cannotStart(error);
      }
    }
    sys.setsid();
    if (options.has('c')) sys.setControllingTerminal(0);
    yield* io.flush();
    try {
      return yield* execvp(sys, argv);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      return cannotStart(error);
    }
    function cannotStart(error: KernelError): number {
      io.warn(io.gnu ? `failed to execute ${argv[0]}: ${strerror(error.errno)}` : `can't execute '${argv[0]}': ${strerror(error.errno)}`);
      return error.errno === 'ENOENT' ? 127 : 126;
    }
  },
};

export const time: Tool = {
  busybox: '+v p a o: f:',
  *run(io, options) {
    if (!options.operands.length) io.usage();
    const start = io.sys.now();
    try {
      const status = yield* run(io.sys, options.operands);
      const seconds = (io.sys.now() - start) / 1000;
      const text = options.has('p') ? seconds.toFixed(2) : `${Math.floor(seconds / 60)}m ${(seconds % 60).toFixed(2)}s`;
      const zero = options.has('p') ? '0.00' : '0m 0.00s';
      if (status.signal) io.err(`Command terminated by signal ${exitStatus(status) - 128}\n`);
      io.err(options.has('p') ? `real ${text}\nuser ${zero}\nsys ${zero}\n` : `real\t${text}\nuser\t${zero}\nsys\t${zero}\n`);
      return exitStatus(status);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      return cannotRun(io, options.operands[0]!, error);
    }
  },
};
