// Watches a container to its end: gives back what it held, tells of it, and follows its restart policy.

import { ApiError } from '../../api/errors.ts';
import type { Task } from '../../base/task.ts';
import { signalNumber } from '../../kernel/signal.ts';
import type { Thread } from '../../kernel/syscalls.ts';
import type { EngineContext } from '../engine-context.ts';
import { leaveNetworks, networkEvent } from '../network/endpoint.ts';
import { releaseMounts } from '../runtime/set-up-mounts.ts';
import type { Container } from './container.ts';
import { containerEvent } from './container-event.ts';
import { saveConfig } from './create.ts';
import { removeContainer } from './remove.ts';
import { launch } from './start.ts';

/** Until the process has ended and its output was read; then everything is given back. */
export function* watch(context: EngineContext, container: Container, pumps: readonly Thread[]): Task<void> {
  const { sys } = context;
  const status = yield* sys.wait(container.pid);
  for (const thread of pumps) yield* thread.join();
  container.pid = 0;
  container.exitCode = status.signal ? 128 + signalNumber(status.signal) : status.code ?? 0;
  container.finishedAt = sys.now();
  if (container.health) container.health.status = 'unhealthy';
  container.execs.clear();
  for (const network of leaveNetworks(context, container)) networkEvent(context, container, network, 'disconnect');
  releaseMounts(context, container);
  context.driver.put(container.layer);
  container.rootDirectory = '';
  container.log?.close();
  container.log = undefined;
  container.streams.end();
  const ran = container.finishedAt - container.startedAt;
  const again = shouldRestart(container);
  container.paused = false;
  container.running = container.restarting = again;
  if (again) container.restartCount++;
  saveConfig(context, container);
  container.exits++;
  if (container.stopping) containerEvent(context, container, 'stop');
  container.stopping = false;
  containerEvent(context, container, 'die', { execDuration: String(Math.floor(ran / 1000)), exitCode: String(container.exitCode) });
  container.changed.wakeAll();
  if (again) yield* restartLater(context, container, ran);
  else if (container.hostConfig.AutoRemove && !container.removing) removeContainer(context, container, { removeVolumes: true });
}

function shouldRestart(container: Container): boolean {
  const { Name, MaximumRetryCount } = container.hostConfig.RestartPolicy;
  if (container.stoppedByHand || container.removing) return false;
  if (Name === 'always' || Name === 'unless-stopped') return true;
  return Name === 'on-failure' && container.exitCode !== 0 && (!MaximumRetryCount || container.restartCount < MaximumRetryCount);
}

/** 100 ms, doubled each time up to a minute; from the start again after ten good seconds. */
function* restartLater(context: EngineContext, container: Container, ran: number): Task<void> {
  container.backOff = ran >= 10_000 || !container.backOff ? 100 : Math.min(container.backOff * 2, 60_000);
  const until = context.sys.now() + container.backOff;
  const stopped = () => container.stoppedByHand || container.removing || !container.restarting;
  while (!stopped() && context.sys.now() < until) yield* container.changed.wait(until);
  if (!container.restarting) return;
  if (stopped()) {
    container.running = container.restarting = false;
    saveConfig(context, container);
    if (container.stopping) containerEvent(context, container, 'stop');
    container.stopping = false;
    container.changed.wakeAll();
    return;
  }
  try {
    launch(context, container);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}
