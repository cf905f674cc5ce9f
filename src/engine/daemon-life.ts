// The daemon goes down and comes up again: what runs is stopped, then restart policies are followed (moby's Shutdown and restore).

import { ApiError } from '../api/errors.ts';
import type { Task } from '../base/task.ts';
import type { Container } from './container/container.ts';
import { saveConfig } from './container/create.ts';
import { stopContainer } from './container/kill.ts';
import { removeContainer } from './container/remove.ts';
import { startContainer } from './container/start.ts';
import type { EngineContext } from './engine-context.ts';

/** Power for the daemon: what systemd does to it, which no API call can. */
export interface DaemonLife {
  /** Of dockerd, on the host. */
  readonly pid: number;
  /** As on SIGTERM, without live-restore: every container gets its stop signal and its time. */
  goDown(): Task<void>;
  /** What a restart policy wants runs again; what was to be removed on exit is gone. */
  comeUp(): void;
}

export function daemonLife(context: EngineContext): DaemonLife {
  const { sys, containers } = context;
  return {
    pid: sys.pid,
    *goDown() {
      const threads = containers.all().filter((container) => container.running).map((container) => sys.thread(() => shutDown(context, container)));
      for (const thread of threads) yield* thread.join();
    },
    comeUp() {
      for (const container of containers.all()) {
        if (container.running || container.removed) continue;
        if (wantsToRun(container)) {
          try {
            startContainer(context, container, true);
          } catch (error) {
            if (!(error instanceof ApiError)) throw error;
          }
        } else if (container.hostConfig.AutoRemove) removeContainer(context, container, { removeVolumes: true });
      }
    },
  };
}

/** It does not count as stopped by hand. */
function* shutDown(context: EngineContext, container: Container): Task<void> {
  const { stoppedByHand } = container;
  yield* stopContainer(context, container);
  if (container.removed) return;
  container.stoppedByHand = stoppedByHand;
  saveConfig(context, container);
}

function wantsToRun({ hostConfig: { RestartPolicy: { Name, MaximumRetryCount } }, startedBefore, stoppedByHand, exitCode, restartCount }: Container): boolean {
  if (!startedBefore) return false;
  if (Name === 'always') return true;
  if (Name === 'unless-stopped') return !stoppedByHand;
  return Name === 'on-failure' && exitCode !== 0 && (!MaximumRetryCount || restartCount < MaximumRetryCount);
}
