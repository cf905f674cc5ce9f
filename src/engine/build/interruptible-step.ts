// A RUN whose container does not outlive the build: when the client goes away, it is killed and removed.

import type { Task } from '../../base/task.ts';
import { forceRemove } from '../container/remove.ts';
import { runStep, type FinishedStep, type StepOptions } from '../container/run-step.ts';
import type { EngineContext } from '../engine-context.ts';

export function* interruptibleStep(context: EngineContext, options: StepOptions): Task<FinishedStep> {
  let created = '';
  let finished = false;
  try {
    const step = yield* runStep(context, {
      ...options,
      onCreate(id) {
        created = id;
        options.onCreate?.(id);
      },
    });
    finished = true;
    return step;
  } finally {
    const container = finished ? undefined : context.containers.byId(created);
    if (container) context.sys.thread(() => forceRemove(context, container, created, { force: true, removeVolumes: true }));
  }
}
