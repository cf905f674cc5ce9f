// Virtual time: it moves only when the scheduler moves it.

export class Clock {
  #now: number;
  /** False while somebody looks from outside: what is read then does not count as read. */
  recordsAccess = true;

  /** @param start ms since the Unix epoch */
  constructor(start: number) {
    this.#now = start;
  }

  /** Milliseconds since the Unix epoch, with fractions. */
  get now(): number {
    return this.#now;
  }

  /** Look from outside. */
  unseen<T>(look: () => T): T {
    const before = this.recordsAccess;
    this.recordsAccess = false;
    try {
      return look();
    } finally {
      this.recordsAccess = before;
    }
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
