// Work that may wait: a generator that yields what it waits for, so that time, order and cancellation belong to the scheduler.

/**
 * A coroutine. Code that cannot block is an ordinary function; code that may block is a `Task` and is called with
 * `yield*`. A task that is dropped (its process was killed) simply never resumes; `finally` blocks run through
 * `return()`. Nothing in the simulation uses promises, so the same inputs give the same order of everything.
 */
export type Task<T> = Generator<Wait, T, void>;

/** What a task yields: it is resumed once any of the queues is woken or the deadline has come, and then looks again. */
export interface Wait {
  readonly queues: readonly WaitQueue[];
  /** Virtual time in ms at which to resume at the latest. */
  readonly deadline?: number;
}

/** Yielded by a task that could go on but lets others run first (the scheduler may also stop for input here). */
export const RESCHEDULE: Wait = { queues: [] , deadline: -Infinity };

/** A place where tasks wait for a condition; whoever changes the condition wakes it. Spurious wake-ups are allowed. */
export class WaitQueue {
  readonly #sleepers = new Set<() => void>();
  /** Re-used by `wait()`: most waits name one queue and no deadline. */
  readonly #wait: Wait = { queues: [this] };

  /** The scheduler's side: call `wake` once this queue is woken. Returns how to stop listening. */
  enqueue(wake: () => void): () => void {
    this.#sleepers.add(wake);
    return () => void this.#sleepers.delete(wake);
  }

  /** Resume every task that waits here. */
  wakeAll(): void {
    if (!this.#sleepers.size) return;
    const sleepers = [...this.#sleepers];
    this.#sleepers.clear();
    for (const wake of sleepers) wake();
  }

  /** Wait once for a wake-up (look at the condition again afterwards). */
  *wait(deadline?: number): Task<void> {
    yield deadline === undefined ? this.#wait : { queues: [this], deadline };
  }

  /** Wait until `condition` is true. */
  *until(condition: () => boolean): Task<void> {
    while (!condition()) yield this.#wait;
  }
}
