// Waiting for children: which of them has something to tell.

import { KernelError } from '../errno.ts';
import type { WaitStatus } from '../syscalls.ts';
import { reap } from './exit.ts';
import { numberIn } from './pid-namespace.ts';
import type { Process } from './process.ts';

/** What one child has to tell, taken from it; undefined when none has anything. @throws ECHILD when none is meant */
export function takeStatus(process: Process, pid: number, untraced: boolean): WaitStatus | undefined {
  const { pidNamespace } = process;
  let any = false;
  for (const child of process.children) {
    const number = child.pidIn(pidNamespace);
    const meant = pid > 0 ? number === pid
      : pid === -1 || (pid === 0 ? child.group === process.group : numberIn(child.group.numbers, pidNamespace) === -pid);
    if (!meant || child.phase === 'embryo') continue;
    any = true;
    if (child.phase === 'zombie') {
      reap(child);
      return { pid: number, ...child.fate };
    }
    const { change } = child;
    if (!change || !untraced) continue;
    child.change = undefined;
    if (change === 'continued') return { pid: number, continued: true };
    if (child.stopped) return { pid: number, stopped: child.stopped };
  }
  if (!any) throw new KernelError('ECHILD');
  return undefined;
}
