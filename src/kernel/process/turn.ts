// One turn of a thread: its process's signals, then work until it waits, and what follows from how that went.

import { encode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError } from '../errno.ts';
import { endProcess } from './exit.ts';
import type { Machine } from './machine.ts';
import type { Process } from './process.ts';
import { takeSignals } from './signals.ts';
import type { Thread } from './thread.ts';

/** Exit status of a program that failed in a way that is a bug of ours (EX_SOFTWARE). */
const INTERNAL_ERROR = 70;

export function takeTurn(machine: Machine, thread: Thread): void {
  const { process } = thread;
  try {
    if (thread === process.main && process.pending) takeSignals(machine, process, thread);
    if (process.fate) return endProcess(machine, process);
    if (process.stopped) {
      thread.state = 'parked';
      return;
    }
    const result = thread.resume();
    if (process.fate) return endProcess(machine, process);
    if (thread.takeReplaced()) return machine.scheduler.enqueue(thread);
    if (result.done) finished(machine, thread, result.value);
    else if (thread.cancelled) thread.drop();
    else machine.scheduler.suspend(thread, result.value);
  } catch (error) {
    failed(machine, thread, error);
  }
}

function finished(machine: Machine, thread: Thread, value: unknown): void {
  const { process } = thread;
  thread.finish();
  if (thread !== process.main) return;
  process.fate = { code: Number(value) & 255 };
  endProcess(machine, process);
}

function failed(machine: Machine, thread: Thread, error: unknown): void {
  const { process } = thread;
  if (process.fate) {
    if (!(error instanceof KernelError)) machine.fault(error);
    return endProcess(machine, process);
  }
  if (thread !== process.main) {
    const { joiners } = thread;
    thread.finish({ error });
    // Nobody waits to hear of it.
    if (!joiners) machine.fault(error);
    return;
  }
  machine.fault(error);
  machine.scheduler.enqueue(thread);
  thread.replace(report(process, error));
}

/** The process's last words. */
function* report(process: Process, error: unknown): Task<number> {
  try {
    yield* process.sys.write(2, encode(`${process.comm}: internal error: ${error instanceof Error ? error.message : String(error)}\n`));
  } catch (failure) {
    if (!(failure instanceof KernelError)) throw failure;
  }
  return INTERNAL_ERROR;
}
