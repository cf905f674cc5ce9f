// Signals for containers: kill, stop, restart.

import { ApiError } from '../../api/errors.ts';
import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import type { Signal } from '../../kernel/signal.ts';
import type { EngineContext } from '../engine-context.ts';
import type { Container } from './container.ts';
import { containerEvent } from './container-event.ts';
import { unfreeze } from './freeze.ts';
import { parseSignal } from './signals.ts';
import { startContainer } from './start.ts';

/** One signal to PID 1. A stop signal also keeps the restart policy still. */
export function sendSignal(context: EngineContext, container: Container, signal: Signal, number: number): void {
  const stop = container.config.StopSignal && signal !== 'SIGKILL' ? parseSignal(container.config.StopSignal).signal === signal : true;
  if (stop) container.stoppedByHand = true;
  if (container.restarting) {
    container.changed.wakeAll();
    return;
  }
  try {
    context.sys.kill(container.pid, signal);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
  }
  if (stop && container.paused) {
    unfreeze(context, container);
    container.paused = false;
    containerEvent(context, container, 'unpause');
  }
  containerEvent(context, container, 'kill', { signal: String(number) });
}

/** SIGKILL, and wait until it is gone. */
export function* killContainer(context: EngineContext, container: Container): Task<void> {
  if (!container.running) return;
  sendSignal(context, container, 'SIGKILL', 9);
  yield* container.changed.until(() => !container.running);
}

/** As `docker kill`. @param shown the container as the caller named it. @throws conflict (not running), invalidParameter */
export function* containerKill(context: EngineContext, container: Container, shown: string, signal = 'SIGKILL'): Task<void> {
  const refuse = (kind: ApiError['kind'], why: string) => new ApiError(kind, `cannot kill container: ${shown}: ${why}`);
  let parsed: ReturnType<typeof parseSignal>;
  try {
    parsed = parseSignal(signal);
  } catch (error) {
    throw error instanceof ApiError ? refuse(error.kind, error.message) : error;
  }
  if (!parsed.signal) throw refuse('invalidParameter', `the linux daemon does not support signal ${parsed.number}`);
  if (!container.running) throw refuse('conflict', `container ${container.id} is not running`);
  if (parsed.signal === 'SIGKILL') yield* killContainer(context, container);
  else sendSignal(context, container, parsed.signal, parsed.number);
}

/** The stop signal, then SIGKILL after the timeout (seconds; −1 waits for ever). @throws invalidParameter */
export function* stopContainer(context: EngineContext, container: Container, options: { signal?: string; timeout?: number } = {}): Task<void> {
  const { signal, number } = parseSignal(options.signal || container.config.StopSignal || 'SIGTERM');
  const seconds = options.timeout ?? container.config.StopTimeout ?? 10;
  container.stopping = true;
  sendSignal(context, container, signal ?? 'SIGTERM', number);
  // The stop signal of this call counts as one by hand even when the config names another.
  container.stoppedByHand = true;
  const deadline = seconds < 0 ? Infinity : context.sys.now() + seconds * 1000;
  while (container.running && context.sys.now() < deadline) yield* container.changed.wait(deadline === Infinity ? undefined : deadline);
  yield* killContainer(context, container);
}

/** @param shown the container as the caller named it. @throws what starting it throws */
export function* restartContainer(context: EngineContext, container: Container, shown: string, options: { signal?: string; timeout?: number } = {}): Task<void> {
  const wasRunning = container.running;
  // Its root stays mounted in between.
  if (wasRunning) context.driver.get(container.layer);
  try {
    yield* stopAndStart(context, container, shown, options);
  } finally {
    if (wasRunning) context.driver.put(container.layer);
  }
  containerEvent(context, container, 'restart');
}

function* stopAndStart(context: EngineContext, container: Container, shown: string, options: { signal?: string; timeout?: number }): Task<void> {
  if (container.running) {
    const { AutoRemove } = container.hostConfig;
    container.hostConfig.AutoRemove = false;
    try {
      yield* stopContainer(context, container, options);
    } finally {
      container.hostConfig.AutoRemove = AutoRemove;
    }
  }
  try {
    startContainer(context, container, true);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new ApiError(error.kind, `Cannot restart container ${shown}: ${error.message}`);
  }
}
