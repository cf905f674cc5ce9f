// The engine for those outside: to ask it leaves no trace in access times.

import type { EngineClient } from '../api/engine-client.ts';
import type { Clock } from '../base/clock.ts';
import type { Task } from '../base/task.ts';

/** Its calls are tasks that are run at once. */
export function unseenEngine<E extends EngineClient>(clock: Clock, engine: E): E {
  return new Proxy(engine, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const result: unknown = value.apply(target, args);
        return isTask(result) ? unseenTask(clock, result) : result;
      };
    },
  });
}

const isTask = (value: unknown): value is Task<unknown> => typeof value === 'object' && value !== null && Symbol.iterator in value && 'throw' in value;

function* unseenTask<T>(clock: Clock, task: Task<T>): Task<T> {
  try {
    for (;;) {
      const step = clock.unseen(() => task.next());
      if (step.done) return step.value;
      yield step.value;
    }
  } finally {
    clock.unseen(() => task.return(undefined as never));
  }
}
