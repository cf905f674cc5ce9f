// Health checks: a thread of the daemon runs the test in the container at intervals and keeps the verdict.

import { concat, decode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { ApiError } from '../../api/errors.ts';
import { rfc3339Nano } from '../clock-text.ts';
import type { EngineContext } from '../engine-context.ts';
import type { Container } from './container.ts';
import { containerEvent } from './container-event.ts';
import { createExec, startExec } from './exec.ts';

const MS = 1e6;
const KEPT = 5;
const OUTPUT_LIMIT = 4096;

export function startHealthChecks(context: EngineContext, container: Container): void {
  const check = container.config.Healthcheck;
  const [kind, ...words] = check?.Test ?? [];
  if (!kind || kind === 'NONE') return;
  const command = kind === 'CMD-SHELL' ? [...(container.config.Shell ?? ['/bin/sh', '-c']), ...words] : words;
  container.health = { status: 'starting', failingStreak: 0, log: [] };
  const run = container.startedAt;
  context.sys.thread(function* (): Task<void> {
    const { sys } = context;
    const interval = (check!.Interval || 30_000 * MS) / MS;
    const grace = (check!.StartPeriod ?? 0) / MS;
    const current = () => container.running && container.startedAt === run && container.health;
    for (;;) {
      const until = sys.now() + interval;
      while (current() && sys.now() < until) yield* container.changed.wait(until);
      if (!current()) return;
      if (container.paused) continue;
      const start = sys.now();
      const { exitCode, output } = yield* probe(context, container, command, (check!.Timeout || 30_000 * MS) / MS);
      const health = current();
      if (!health) return;
      health.log.push({ Start: rfc3339Nano(start), End: rfc3339Nano(sys.now()), ExitCode: exitCode, Output: output });
      if (health.log.length > KEPT) health.log.shift();
      const before = health.status;
      if (exitCode === 0) {
        health.failingStreak = 0;
        health.status = 'healthy';
      } else if (before !== 'starting' || start - run >= grace) {
        if (++health.failingStreak >= (check!.Retries || 3)) health.status = 'unhealthy';
      }
      if (health.status !== before) containerEvent(context, container, `health_status: ${health.status}`);
    }
  });
}

function* probe(context: EngineContext, container: Container, command: string[], timeout: number): Task<{ exitCode: number; output: string }> {
  const { sys } = context;
  try {
    const exec = createExec(context, container, container.name.slice(1), { Cmd: command, AttachStdout: true, AttachStderr: true });
    const stream = startExec(context, exec.id, {});
    const parts: Uint8Array[] = [];
    const reader = sys.thread(function* (): Task<void> {
      for (let chunk = yield* stream.next(); chunk; chunk = yield* stream.next()) parts.push(chunk.data);
    });
    const deadline = sys.now() + timeout;
    while (exec.running && sys.now() < deadline) yield* exec.changed.wait(deadline);
    if (exec.running) {
      sys.kill(exec.pid, 'SIGKILL');
      return { exitCode: -1, output: `Health check exceeded timeout (${timeout / 1000}s)` };
    }
    yield* reader.join();
    return { exitCode: exec.exitCode ?? -1, output: decode(concat(parts)).slice(0, OUTPUT_LIMIT) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { exitCode: -1, output: error.message };
  }
}
