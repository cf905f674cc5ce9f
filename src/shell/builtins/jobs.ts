// `jobs`, `fg`, `bg`, `wait`, `disown`, `kill`, `suspend`.

import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { SIGNALS, signalName, signalNumber, type Signal } from '../../kernel/signal.ts';
import type { Builtin } from '../dialect.ts';
import { jobLine, signalText } from '../job-text.ts';
import { exitStatus, type Job } from '../jobs.ts';
import { waitForeground } from '../run/pipeline.ts';
import type { Shell } from '../shell.ts';
import { Failure, Unwind } from '../unwind.ts';

export const jobs: Builtin = function* (sh, args): Task<number> {
  if (sh.dialect.name === 'bash') sh.jobs.forgetDone();
  yield* sh.jobs.reap();
  const flags = args.filter((arg) => arg.startsWith('-')).join('');
  const specs = args.filter((arg) => !arg.startsWith('-'));
  const chosen = specs.length ? specs.map((spec) => sh.jobs.find(spec)) : [...sh.jobs.table.values()];
  for (const job of sh.dialect.name === 'ash' && !specs.length ? chosen.reverse() : chosen) {
    if (flags.includes('r') && job.state !== 'Running') continue;
    if (flags.includes('s') && job.state !== 'Stopped') continue;
    if (flags.includes('p')) yield* sh.out(`${job.children[0]!.pid}\n`);
    else yield* sh.out(`${jobLine(sh, job, flags.includes('l'))}\n`);
    job.notified = true;
  }
  sh.jobs.forgetDone();
  return 0;
};

function chosen(sh: Shell, args: readonly string[]): Job {
  const [spec = '%+'] = args;
  if (spec === '%+' && !sh.jobs.current) throw sh.dialect.name === 'ash' ? new Failure('No current job', 2) : new Failure('current: no such job');
  return sh.jobs.find(spec.startsWith('%') ? spec : `%${spec}`);
}

function needsControl(sh: Shell): void {
  if (!sh.options.monitor && sh.dialect.name === 'bash') throw new Failure('no job control');
}

export const fg: Builtin = function* (sh, args): Task<number> {
  needsControl(sh);
  const job = chosen(sh, args);
  if (!sh.options.monitor) throw new Failure(`job ${job.id} not created under job control`, 2);
  yield* sh.out(`${job.text}\n`);
  job.background = false;
  sh.jobs.remove(job);
  if (sh.terminal !== undefined) sh.sys.tcsetpgrp(sh.terminal, job.pgid);
  resume(sh, job);
  return yield* waitForeground(sh, job.children, job.pgid, () => job.text);
};

function resume(sh: Shell, job: Job): void {
  for (const child of job.children) child.stopped = false;
  try {
    sh.sys.kill(-job.pgid, 'SIGCONT');
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
  }
}

export const bg: Builtin = function* (sh, args): Task<number> {
  needsControl(sh);
  for (const spec of args.length ? args : ['%+']) {
    const job = chosen(sh, [spec]);
    if (job.state === 'Running') {
      yield* sh.report(new Failure(`job ${job.id} already in background`), 'bg');
      continue;
    }
    resume(sh, job);
    yield* sh.out(sh.dialect.name === 'bash' ? `[${job.id}]${sh.jobs.mark(job)} ${job.text} &\n` : `[${job.id}] ${job.text}\n`);
  }
  return 0;
};

/** Wait for one child or job; a trapped signal ends the waiting with 128 + its number. */
function* waitUntil(sh: Shell, done: () => boolean): Task<number | undefined> {
  for (;;) {
    if (done()) return undefined;
    const interrupted = yield* interruptible(sh);
    if (interrupted !== undefined) return interrupted;
  }
}

function* interruptible(sh: Shell): Task<number | undefined> {
  const signal = sh.traps.first;
  if (signal) {
    yield* sh.traps.run();
    return 128 + signalNumber(signal);
  }
  if (sh.interrupted) throw new Unwind('interrupt', 130);
  try {
    if (yield* sh.jobs.waitAny()) return undefined;
    return -1;
  } catch (error) {
    if (!(error instanceof KernelError && error.errno === 'EINTR')) throw error;
    return undefined;
  }
}

export const wait: Builtin = function* (sh, args): Task<number> {
  yield* sh.jobs.reap();
  const flags = args.filter((arg) => /^-[nfp]$/.test(arg));
  const specs = args.filter((arg) => !/^-[nfp]$/.test(arg));
  if (flags.includes('-n')) {
    const before = [...sh.jobs.table.values()].filter((job) => job.state !== 'Done' || !job.notified);
    const ended = () => before.find((job) => job.state === 'Done');
    if (!before.length) return 127;
    const interrupted = yield* waitUntil(sh, () => ended() !== undefined);
    if (interrupted !== undefined) return interrupted === -1 ? 127 : interrupted;
    const job = ended()!;
    sh.jobs.remove(job);
    return exitStatus(job.last.status!);
  }
  if (!specs.length) {
    const interrupted = yield* waitUntil(sh, () => sh.jobs.running.length === 0);
    if (interrupted !== undefined && interrupted !== -1) return interrupted;
    if (!sh.interactive) {
      for (const job of [...sh.jobs.table.values()]) {
        if (job.state !== 'Done') continue;
        yield* tellAsh(sh, job);
        if (sh.dialect.name === 'bash') sh.jobs.remove(job);
      }
    }
    return 0;
  }
  let status = 0;
  for (const spec of specs) status = yield* waitOne(sh, spec);
  return status;
};

function* tellAsh(sh: Shell, job: Job): Task<void> {
  const signal = job.last.status?.signal;
  if (sh.dialect.name === 'ash' && signal && signal !== 'SIGINT' && signal !== 'SIGPIPE' && !job.notified) {
    job.notified = true;
    yield* sh.complain(`${signalText(signal, 'ash')}\n`);
  }
}

function* waitOne(sh: Shell, spec: string): Task<number> {
  const bash = sh.dialect.name === 'bash';
  let job: Job | undefined;
  if (spec.startsWith('%')) {
    try {
      job = sh.jobs.find(spec);
    } catch (thrown) {
      if (!(thrown instanceof Failure) || !bash) throw thrown;
      yield* sh.report(thrown, 'wait');
      return 127;
    }
  }
  if (!job) {
    if (!/^\d+$/.test(spec)) throw bash ? new Failure(`\`${spec}': not a pid or valid job spec`) : new Failure(`Illegal number: ${spec}`, 2);
    const pid = Number(spec);
    job = sh.jobs.byPid(pid);
    if (!job) {
      const known = sh.jobs.remembered(pid);
      if (known !== undefined) return known;
      if (!sh.jobs.isChild(pid)) {
        if (bash) yield* sh.report(new Failure(`pid ${spec} is not a child of this shell`), 'wait');
        return 127;
      }
      const interrupted = yield* waitUntil(sh, () => sh.jobs.remembered(pid) !== undefined);
      return interrupted !== undefined ? (interrupted === -1 ? 127 : interrupted) : sh.jobs.remembered(pid)!;
    }
  }
  const waited = job;
  const interrupted = yield* waitUntil(sh, () => waited.state === 'Done');
  if (interrupted !== undefined) return interrupted === -1 ? 127 : interrupted;
  yield* tellAsh(sh, waited);
  if (bash) waited.notified = true;
  return exitStatus(waited.last.status!);
}

export const disown: Builtin = (sh, args) => {
  const specs = args.filter((arg) => !arg.startsWith('-'));
  if (args.includes('-a')) for (const job of [...sh.jobs.table.values()]) sh.jobs.remove(job);
  else for (const spec of specs.length ? specs : ['%+']) sh.jobs.remove(/^\d+$/.test(spec) ? (sh.jobs.byPid(Number(spec)) ?? sh.jobs.find(spec)) : chosen(sh, [spec]));
  return 0;
};

export const suspend: Builtin = (sh) => {
  if (!sh.options.monitor) throw new Failure('cannot suspend: no job control');
  sh.sys.kill(sh.sys.pid, 'SIGSTOP');
  return 0;
};

function signalOf(text: string): Signal | 0 | undefined {
  if (/^\d+$/.test(text)) return text === '0' ? 0 : signalName(Number(text));
  const name = text.toUpperCase().replace(/^(?!SIG)/, 'SIG');
  return name in SIGNALS ? (name as Signal) : undefined;
}

/** As `kill -l` and `trap -l` of bash: five to a line. */
export function signalTable(): string {
  const realtime = Array.from({ length: 31 }, (_, i): [string, number] => [i === 0 ? 'SIGRTMIN' : i <= 15 ? `SIGRTMIN+${i}` : i === 30 ? 'SIGRTMAX' : `SIGRTMAX-${30 - i}`, 34 + i]);
  const all = [...Object.entries(SIGNALS), ...realtime];
  return all.map(([name, number], i) => `${String(number).padStart(2)}) ${name}${(i + 1) % 5 === 0 || i === all.length - 1 ? '\n' : '\t'}`).join('');
}

function* listSignals(sh: Shell, args: readonly string[]): Task<number> {
  const bash = sh.dialect.name === 'bash';
  if (!args.length) {
    yield* sh.out(bash ? signalTable() : Object.entries(SIGNALS).map(([name, number]) => `${String(number).padStart(2)}) ${name === 'SIGIO' ? 'POLL' : name.slice(3)}\n`).join(''));
    return 0;
  }
  let status = 0;
  for (const arg of args) {
    const number = /^\d+$/.test(arg) ? Number(arg) % 128 : undefined;
    const found = signalOf(number === undefined ? arg : String(number));
    if (found === undefined || found === 0) {
      yield* sh.report(bash ? new Failure(`${arg}: invalid signal specification`) : new Failure(`unknown signal '${arg}'`, 1, 'command', 'short'), 'kill');
      status = 1;
    } else yield* sh.out(number === undefined ? `${signalNumber(found)}\n` : `${found.slice(3)}\n`);
  }
  return status;
}

export const kill: Builtin = function* (sh, args): Task<number> {
  const bash = sh.dialect.name === 'bash';
  let signal = 'SIGTERM' as Signal | 0;
  let words = args;
  const [option] = words;
  const choose = (text: string) => {
    const found = signalOf(text);
    if (found === undefined) throw bash ? new Failure(`${text}: invalid signal specification`) : new Failure(`bad signal name '${text}'`, 1, 'command', 'short');
    signal = found;
  };
  if (option === '-l' || option === '-L') return yield* listSignals(sh, words.slice(1));
  if (option === '-s' || option === '-n') {
    if (words[1] === undefined && bash) throw new Failure(`${option}: option requires an argument`);
    choose(words[1] ?? '');
    words = words.slice(2);
  } else if (/^-./.test(option ?? '') && option !== '--') {
    choose(option!.slice(1));
    words = words.slice(1);
  }
  if (words[0] === '--') words = words.slice(1);
  if (!words.length) {
    if (bash) throw new Failure('kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]', 2, 'command', 'raw');
    throw new Failure('you need to specify whom to kill', 1, 'command', 'short');
  }
  let failures = 0;
  for (const word of words) {
    try {
      if (word.startsWith('%')) {
        const job = sh.jobs.find(word);
        sh.sys.kill(sh.options.monitor ? -job.pgid : job.last.pid, signal);
        if (job.state === 'Stopped' && signal !== 'SIGCONT' && signal !== 0) sh.sys.kill(sh.options.monitor ? -job.pgid : job.last.pid, 'SIGCONT');
      } else if (/^-?\d+$/.test(word)) sh.sys.kill(Number(word), signal);
      else throw bash ? new Failure(`\`${word}': not a pid or valid job spec`) : new Failure(`invalid number '${word}'`, 1, 'command', 'short');
    } catch (thrown) {
      failures++;
      if (thrown instanceof KernelError) yield* sh.report(bash ? new Failure(`(${word}) - ${thrown.message}`) : new Failure(`can't kill pid ${word}: ${thrown.message}`, 1, 'command', 'short'), 'kill');
      else if (thrown instanceof Failure && (bash || thrown.style === 'short')) yield* sh.report(thrown, 'kill');
      else throw thrown;
    }
  }
  yield* sh.sys.step();
  return bash ? (failures < words.length ? 0 : 1) : failures;
};
