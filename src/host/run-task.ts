// Run from outside what the engine offers as a task: for calls that never really wait.

import type { EngineClient } from '../api/engine-client.ts';
import type { EventMessage } from '../api/system.ts';
import type { Task } from '../base/task.ts';

/** @throws Error when the task wants to wait for something that only the scheduler can bring */
export function runTask<T>(task: Task<T>): T {
  for (let turns = 0; turns < 10_000; turns++) {
    const step = task.next();
    if (step.done) return step.value;
    if (step.value.queues.length) break;
  }
  task.return(undefined as never);
  throw new Error('this call waits: it cannot be made from outside of the simulation');
}

/** All events up to `now` (ms), oldest first. */
export function eventsOf(engine: EngineClient, now: number): EventMessage[] {
  const stream = runTask(engine.events({ since: '0', until: String(now / 1000) }));
  const events: EventMessage[] = [];
  for (let event = runTask(stream.next()); event; event = runTask(stream.next())) events.push(event);
  stream.close();
  return events;
}
