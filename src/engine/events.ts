// The daemon's event log: the last 256 are kept, subscribers hear the new ones.

import type { EventMessage } from '../api/system.ts';
import { WaitQueue } from '../base/task.ts';

const KEPT = 256;

export class Events {
  /** Oldest first; `first` is the sequence number of the oldest. */
  readonly #log: EventMessage[] = [];
  #first = 0;
  /** Woken by each new event. */
  readonly changed = new WaitQueue();

  publish(event: EventMessage): void {
    this.#log.push(event);
    if (this.#log.length > KEPT) {
      this.#log.shift();
      this.#first++;
    }
    this.changed.wakeAll();
  }

  /** The sequence number that the next event will have. */
  get end(): number {
    return this.#first + this.#log.length;
  }

  /** The sequence number of the oldest event that is kept. */
  get start(): number {
    return this.#first;
  }

  at(sequence: number): EventMessage | undefined {
    return this.#log[sequence - this.#first];
  }
}
