// Runs a long operation in dockerd's own thread: the client that asked may be killed without tearing it in half.

import { type Task, WaitQueue } from '../base/task.ts';
import type { Syscalls } from '../kernel/syscalls.ts';

/** @throws what `operation` throws */
export function* inDaemon<T>(sys: Syscalls, operation: () => Task<T>): Task<T> {
  const done = new WaitQueue();
  let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
  sys.thread(function* (): Task<void> {
    try {
      outcome = { value: yield* operation() };
    } catch (error) {
      outcome = { error };
    }
    done.wakeAll();
  });
  yield* done.until(() => outcome !== undefined);
  if ('error' in outcome!) throw outcome.error;
  return outcome!.value;
}
