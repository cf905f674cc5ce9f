// The scheduler: runs threads one step at a time, first come first served, and moves the clock. Nothing else does.

import type { Clock } from '../../base/clock.ts';
import type { Wait } from '../../base/task.ts';
import type { Thread } from './thread.ts';
import { Timers } from './timers.ts';

/** Virtual ms that a step takes: about what a command of a busy shell costs for real, so that such a loop keeps pace with the clock. */
export const STEP_COST = 0.01;

export class Scheduler {
  readonly #clock: Clock;
  /** One turn of a thread: deliver its signals, run it, and give it back here or end it. */
  readonly #turn: (thread: Thread) => void;
  readonly timers = new Timers();
  /** The one that runs. */
  current: Thread | undefined;
  #queue: Thread[] = [];
  #first = 0;

  constructor(clock: Clock, turn: (thread: Thread) => void) {
    this.#clock = clock;
    this.#turn = turn;
  }

  /** To the end of the queue. */
  enqueue(thread: Thread): void {
    thread.state = 'ready';
    this.#queue.push(thread);
  }

  /** Let a waiting thread look again. */
  wake(thread: Thread): void {
    if (thread.state !== 'waiting') return;
    thread.stopListening();
    this.enqueue(thread);
  }

  /** It waits, or lets others run first. */
  suspend(thread: Thread, wait: Wait): void {
    if (wait.deadline === -Infinity) return this.enqueue(thread);
    thread.state = 'waiting';
    thread.listen(wait);
  }

  /** Time that the running step takes beyond its own. */
  charge(thread: Thread): void {
    this.#clock.advance(STEP_COST);
    thread.process.cpuTime += STEP_COST;
  }

  get isReady(): boolean {
    return this.#first < this.#queue.length;
  }

  /**
   * Run what is ready while the clock is before `time`; when nothing is, jump to the next deadline, `time` at most.
   * The order of steps depends on nothing but the clock, so it does not matter how a span is cut into calls.
   */
  advanceTo(time: number, steps: number): 'idle' | 'busy' {
    const clock = this.#clock;
    for (;;) {
      this.timers.run(clock.now);
      if (!this.isReady) {
        const { next } = this.timers;
        if (next === undefined || next > time) {
          if (time < Infinity) clock.advanceTo(time);
          return 'idle';
        }
        clock.advanceTo(next);
      } else if (clock.now >= time || steps <= 0) {
        return 'busy';
      } else if (this.#step()) {
        steps--;
      }
    }
  }

  /** Run what is ready, without waiting for any deadline. */
  run(steps: number): 'idle' | 'busy' {
    for (;;) {
      this.timers.run(this.#clock.now);
      if (!this.isReady) return 'idle';
      if (steps <= 0) return 'busy';
      if (this.#step()) steps--;
    }
  }

  #step(): boolean {
    const thread = this.#queue[this.#first++]!;
    if (this.#first > 1024) {
      this.#queue = this.#queue.slice(this.#first);
      this.#first = 0;
    } else if (this.#first === this.#queue.length) {
      this.#queue.length = this.#first = 0;
    }
    if (thread.state !== 'ready') return false;
    this.current = thread;
    try {
      this.#turn(thread);
    } finally {
      this.current = undefined;
    }
    this.charge(thread);
    return true;
  }
}
