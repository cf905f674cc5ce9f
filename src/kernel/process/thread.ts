// A thread: one coroutine of a process and what it waits for.

import { type Task, type Wait, WaitQueue } from '../../base/task.ts';
import { KernelError } from '../errno.ts';
import type { Thread as ThreadHandle } from '../syscalls.ts';
import type { Machine } from './machine.ts';
import type { Process } from './process.ts';
import type { Timer } from './timers.ts';

/** What a handled signal does to the call that waits: nothing (it is not a system call), EINTR unless the handler restarts it, or EINTR. */
export type Interruptible = 'no' | 'restarts' | 'always';

export class Thread implements ThreadHandle {
  readonly process: Process;
  readonly #machine: Machine;
  #generator: Task<unknown>;
  /** Parked: it could go on, but its process is stopped. */
  state: 'ready' | 'running' | 'waiting' | 'parked' | 'done' = 'ready';
  interruptible: Interruptible = 'no';
  /** A signal was handled: the waiting call throws EINTR at its next turn. */
  interrupted = false;
  /** It cancelled itself: dropped when it next waits. */
  cancelled = false;
  #failure: { readonly error: unknown } | undefined;
  readonly #ended = new WaitQueue();
  /** Threads that wait for its end. */
  joiners = 0;
  #leave: (() => void)[] = [];
  #timer: Timer | undefined;
  /** Whether `replace` gave it other work since it last ran. */
  #replaced = false;
  readonly #wake: () => void;

  constructor(machine: Machine, process: Process, generator: Task<unknown>) {
    this.#machine = machine;
    this.process = process;
    this.#generator = generator;
    this.#wake = () => machine.scheduler.wake(this);
  }

  get done(): boolean {
    return this.state === 'done';
  }

  *join(): Task<void> {
    this.joiners++;
    try {
      while (!this.done) yield* this.#ended.wait();
    } finally {
      this.joiners--;
    }
    if (this.#failure) throw this.#failure.error;
  }

  cancel(): void {
    if (this.state === 'running') this.cancelled = true;
    else this.drop();
  }

  /** Run until it waits again. @returns what it waits for, or its result */
  resume(): IteratorResult<Wait, unknown> {
    this.state = 'running';
    if (!this.interrupted) return this.#generator.next();
    this.interrupted = false;
    return this.#generator.throw(new KernelError('EINTR'));
  }

  /** @returns whether the generator that ran was replaced while it ran */
  takeReplaced(): boolean {
    const replaced = this.#replaced;
    this.#replaced = false;
    return replaced;
  }

  /** Go on with other work. What was being done is forgotten without its `finally` blocks: the memory they belong to is gone. */
  replace(generator: Task<unknown>): void {
    this.#replaced = this.state === 'running';
    this.#generator = generator;
    this.interruptible = 'no';
    this.interrupted = false;
  }

  /** Be woken by any of the queues, or at the deadline. */
  listen({ queues, deadline }: Wait): void {
    for (const queue of queues) this.#leave.push(queue.enqueue(this.#wake));
    if (deadline !== undefined && deadline < Infinity) this.#timer = this.#machine.scheduler.timers.set(deadline, this.#wake);
  }

  stopListening(): void {
    for (const leave of this.#leave) leave();
    this.#leave.length = 0;
    if (this.#timer) this.#machine.scheduler.timers.cancel(this.#timer);
    this.#timer = undefined;
  }

  finish(failure?: { readonly error: unknown }): void {
    this.state = 'done';
    this.#failure = failure;
    this.process.threads.delete(this);
    this.#ended.wakeAll();
  }

  /** End it where it waits; its `finally` blocks run, as far as they do not wait. */
  drop(): void {
    if (this.done) return;
    this.stopListening();
    this.finish();
    const { scheduler } = this.#machine;
    const { current } = scheduler;
    scheduler.current = this;
    try {
      // A `finally` block that waits is left at once, for the next one outside it.
      for (let i = 0; i < 100 && !this.#generator.return(undefined).done; i++);
    } catch (error) {
      if (!(error instanceof KernelError)) this.#machine.fault(error);
    } finally {
      scheduler.current = current;
    }
  }
}
