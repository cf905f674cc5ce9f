// Virtual time: it moves only when the scheduler moves it.

export class Clock {
  #now: number;

  /** @param start ms since the Unix epoch */
  constructor(start: number) {
    this.#now = start;
  }

  /** Milliseconds since the Unix epoch, with fractions. */
  get now(): number {
    return this.#now;
  }

  /** Move on by `ms` (≥ 0). */
  advance(ms: number): void {
    this.#now += ms;
  }

  /** Move on to a time; never back. */
  advanceTo(time: number): void {
    if (time > this.#now) this.#now = time;
  }
}
