// How jobs and deaths by signal are written.

import type { Signal } from '../kernel/signal.ts';
import type { DialectName } from './dialect.ts';
import { exitStatus, type Job } from './jobs.ts';
import type { Shell } from './shell.ts';

const TEXTS: Partial<Record<Signal, string>> = {
  SIGHUP: 'Hangup', SIGINT: 'Interrupt', SIGQUIT: 'Quit', SIGILL: 'Illegal instruction', SIGTRAP: 'Trace/breakpoint trap', SIGABRT: 'Aborted', SIGBUS: 'Bus error', SIGFPE: 'Floating point exception', SIGKILL: 'Killed',
  SIGUSR1: 'User defined signal 1', SIGSEGV: 'Segmentation fault', SIGUSR2: 'User defined signal 2', SIGPIPE: 'Broken pipe', SIGALRM: 'Alarm clock', SIGTERM: 'Terminated', SIGSTKFLT: 'Stack fault', SIGXCPU: 'CPU time limit exceeded',
  SIGXFSZ: 'File size limit exceeded', SIGVTALRM: 'Virtual timer expired', SIGPROF: 'Profiling timer expired', SIGIO: 'I/O possible', SIGPWR: 'Power failure', SIGSYS: 'Bad system call', SIGTSTP: 'Stopped', SIGSTOP: 'Stopped (signal)',
  SIGTTIN: 'Stopped (tty input)', SIGTTOU: 'Stopped (tty output)',
};

/** As `strsignal(3)`. */
export function signalText(signal: Signal, dialect: DialectName): string {
  void dialect;
  return TEXTS[signal] ?? signal;
}

function stateText(sh: Shell, job: Job): string {
  const { state } = job;
  if (state !== 'Done') return state;
  const status = job.last.status!;
  if (status.signal) return signalText(status.signal, sh.dialect.name);
  const code = exitStatus(status);
  return !code ? 'Done' : sh.dialect.name === 'bash' ? `Exit ${code}` : `Done(${code})`;
}

/** `[1]+  Running                    sleep 5 &` */
export function jobLine(sh: Shell, job: Job, pids = false): string {
  const state = stateText(sh, job);
  if (sh.dialect.name === 'ash') {
    return `[${job.id}]${sh.jobs.mark(job)} ${pids ? `${job.last.pid} ` : ' '}${state.padEnd(27)}${sh.options.monitor ? job.text : ''}`;
  }
  return `[${job.id}]${sh.jobs.mark(job)} ${pids ? `${String(job.last.pid).padStart(5)} ` : ' '}${state.padEnd(27)}${job.text}${job.state === 'Running' ? ' &' : ''}`;
}

/** Tell of jobs that have ended or stopped since the last time, and forget the ended ones. */
export function* notify(sh: Shell) {
  yield* sh.jobs.reap();
  for (const job of [...sh.jobs.table.values()]) {
    if (job.notified) continue;
    job.notified = true;
    yield* sh.complain(`${jobLine(sh, job)}\n`);
  }
  sh.jobs.forgetDone();
}
