// Work done at the same time, and work done in the order of dependencies.

import { type Task, WaitQueue } from '../../base/task.ts';
import type { Cli } from '../cli.ts';

/** Do all at once; the first error is thrown when all have ended. */
export function* parallel(cli: Cli, works: readonly (() => Task<void>)[]): Task<void> {
  if (works.length === 1) return yield* works[0]!();
  let fault: { error: unknown } | undefined;
  const threads = works.map((work) => cli.sys.thread(function* () {
    try {
      yield* work();
    } catch (error) {
      fault ??= { error };
    }
  }));
  try {
    for (const thread of threads) yield* thread.join();
  } finally {
    for (const thread of threads) if (!thread.done) thread.cancel();
  }
  if (fault) throw fault.error;
}

/** Do each once those that `after` names are done; after an error nothing more that waits begins. */
export function* inOrder(cli: Cli, names: readonly string[], after: (name: string) => readonly string[], act: (name: string) => Task<void>): Task<void> {
  const done = new Set<string>();
  const changed = new WaitQueue();
  let failed = false;
  yield* parallel(cli, names.map((name) => function* () {
    const first = after(name).filter((each) => names.includes(each));
    if (first.length) yield* changed.until(() => failed || first.every((each) => done.has(each)));
    if (failed && first.length) return;
    try {
      yield* act(name);
      done.add(name);
    } catch (error) {
      failed = true;
      throw error;
    } finally {
      changed.wakeAll();
    }
  }));
}
