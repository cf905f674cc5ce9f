// Signals: sending them, and what happens when a process takes them.

import { type Signal, signalName, SIGNALS, type SignalDisposition } from '../signal.ts';
import type { Machine } from './machine.ts';
import type { Process } from './process.ts';
import type { Thread } from './thread.ts';

const IGNORED_BY_DEFAULT = new Set<Signal>(['SIGCHLD', 'SIGCONT', 'SIGURG', 'SIGWINCH']);
const STOPS = new Set<Signal>(['SIGSTOP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU']);
const bit = (signal: Signal): number => 1 << (SIGNALS[signal] - 1);
const bits = (signals: Iterable<Signal>): number => [...signals].reduce((mask, signal) => mask | bit(signal), 0);
const STOP_BITS = bits(STOPS);
const KILL_BIT = bit('SIGKILL');

function isIgnored(signal: Signal, disposition: SignalDisposition): boolean {
  return disposition === 'ignore' || (disposition === 'default' && IGNORED_BY_DEFAULT.has(signal));
}

/**
 * As the kernel's `send_signal`. `sender` is undefined for what the kernel itself sends. It takes effect at the
 * process's next turn; a handler of the running process itself is called at once.
 */
export function sendSignal(machine: Machine, process: Process, signal: Signal, sender?: Process): void {
  if (!process.isAlive) return;
  if (signal === 'SIGCONT' || signal === 'SIGKILL') {
    process.pending &= ~STOP_BITS;
    if (signal === 'SIGCONT') continueProcess(machine, process);
  } else if (STOPS.has(signal)) {
    process.pending &= ~bit('SIGCONT');
  }
  const disposition = process.disposition(signal);
  if (process.isNamespaceInit && disposition === 'default') {
    // PID 1 is safe from its own; from above only these two get through.
    const outside = sender !== undefined && sender.pidNamespace !== process.pidNamespace;
    if (!outside || (signal !== 'SIGKILL' && signal !== 'SIGSTOP')) return;
  }
  if (isIgnored(signal, disposition)) return;
  if (typeof disposition === 'object' && machine.scheduler.current?.process === process && !process.stopped) {
    disposition.handler(signal);
    return;
  }
  process.pending |= bit(signal);
  rouse(machine, process);
}

/** SIGKILL that nothing escapes. */
export function forceKill(machine: Machine, process: Process): void {
  process.pending |= KILL_BIT;
  rouse(machine, process);
}

function rouse({ scheduler }: Machine, { main, pending }: Process): void {
  if (!main) return;
  if (main.state === 'parked' && pending & KILL_BIT) scheduler.enqueue(main);
  else scheduler.wake(main);
}

/** Take what is pending: in the main thread, before it goes on. */
export function takeSignals(machine: Machine, process: Process, thread: Thread): void {
  let handled = false, restarts = true;
  while (process.pending && !process.fate) {
    if (process.pending & KILL_BIT) {
      process.fate = { signal: 'SIGKILL' };
      break;
    }
    if (process.stopped) return;
    const lowest = process.pending & -process.pending;
    process.pending &= ~lowest;
    const signal = signalName(32 - Math.clz32(lowest))!;
    const disposition = process.disposition(signal);
    if (typeof disposition === 'object') {
      handled = true;
      restarts &&= disposition.restart ?? false;
      disposition.handler(signal);
    } else if (isIgnored(signal, disposition)) {
      continue;
    } else if (!STOPS.has(signal)) {
      process.fate = { signal };
    } else if (signal === 'SIGSTOP' || !process.group.isOrphaned()) {
      stopProcess(machine, process, signal);
    }
  }
  const { interruptible } = thread;
  if (handled && (interruptible === 'always' || (interruptible === 'restarts' && !restarts))) thread.interrupted = true;
}

function stopProcess(machine: Machine, process: Process, signal: Signal): void {
  process.stopped = signal;
  process.change = 'stopped';
  tellParent(machine, process);
}

function continueProcess(machine: Machine, process: Process): void {
  if (!process.stopped) return;
  process.stopped = undefined;
  process.change = 'continued';
  for (const thread of process.threads) if (thread.state === 'parked') machine.scheduler.enqueue(thread);
  tellParent(machine, process);
  for (const again of process.deferred.splice(0)) again();
}

/** A child ended, stopped or went on. */
export function tellParent(machine: Machine, { parent }: Process): void {
  if (!parent) return;
  parent.childChanged.wakeAll();
  sendSignal(machine, parent, 'SIGCHLD');
}
