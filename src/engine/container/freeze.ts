// Pause and unpause: every process of the container is stopped, PID 1 first, so that no parent sees a child stop.

import { ApiError } from '../../api/errors.ts';
import type { ProcessInfo } from '../../kernel/syscalls.ts';
import type { EngineContext } from '../engine-context.ts';
import type { Container } from './container.ts';
import { containerEvent } from './container-event.ts';

/** The container's processes as the host sees them, parents before children: PID 1, what exec started, and all below. */
export function processesOf(context: EngineContext, container: Container): ProcessInfo[] {
  const roots = new Set([container.pid, ...[...container.execs].flatMap((id) => context.execs.get(id)?.pid ?? [])]);
  const inside = new Map<number, ProcessInfo>();
  for (const process of context.sys.processes()) if (roots.has(process.pid) || inside.has(process.ppid)) inside.set(process.pid, process);
  return [...inside.values()];
}

function signalAll(context: EngineContext, processes: readonly ProcessInfo[], signal: 'SIGSTOP' | 'SIGCONT'): void {
  for (const { pid } of processes) {
    try {
      context.sys.kill(pid, signal);
    } catch {
      // It has just ended.
    }
  }
}

export const unfreeze = (context: EngineContext, container: Container): void => signalAll(context, processesOf(context, container).reverse(), 'SIGCONT');

/** @throws conflict */
export function pauseContainer(context: EngineContext, container: Container): void {
  if (!container.running) throw new ApiError('conflict', `container ${container.id} is not running`);
  if (container.paused) throw new ApiError('conflict', `Container ${container.id} is already paused`);
  if (container.restarting) throw new ApiError('conflict', `Container ${container.id} is restarting, wait until the container is running`);
  signalAll(context, processesOf(context, container), 'SIGSTOP');
  container.paused = true;
  // Nobody looks after its health meanwhile.
  if (container.health) container.health.status = 'unhealthy';
  containerEvent(context, container, 'pause');
}

/** @throws conflict */
export function unpauseContainer(context: EngineContext, container: Container): void {
  if (!container.paused) throw new ApiError('system', `Container ${container.id} is not paused`);
  unfreeze(context, container);
  container.paused = false;
  containerEvent(context, container, 'unpause');
}
