// Deadlines in order: the earliest first, those of the same time in the order they were set.

export interface Timer {
  readonly time: number;
  readonly sequence: number;
  readonly expire: () => void;
  cancelled: boolean;
}

const before = (a: Timer, b: Timer): boolean => a.time < b.time || (a.time === b.time && a.sequence < b.sequence);

/** A binary heap; cancelled timers stay in it until they come up, or until they are most of it. */
export class Timers {
  #heap: Timer[] = [];
  #sequence = 0;
  #cancelled = 0;

  set(time: number, expire: () => void): Timer {
    const timer: Timer = { time, sequence: this.#sequence++, expire, cancelled: false };
    this.#add(timer);
    return timer;
  }

  cancel(timer: Timer): void {
    if (timer.cancelled) return;
    timer.cancelled = true;
    if (++this.#cancelled < 64 || this.#cancelled * 2 < this.#heap.length) return;
    const living = this.#heap.filter((each) => !each.cancelled);
    this.#heap = [];
    this.#cancelled = 0;
    for (const each of living) this.#add(each);
  }

  /** The earliest deadline. */
  get next(): number | undefined {
    let top: Timer | undefined;
    while ((top = this.#heap[0])?.cancelled) {
      this.#take();
      this.#cancelled--;
    }
    return top?.time;
  }

  /** Let all that are due expire. */
  run(now: number): void {
    for (let next = this.next; next !== undefined && next <= now; next = this.next) {
      const timer = this.#take();
      // So that a later `cancel` does not count it.
      timer.cancelled = true;
      timer.expire();
    }
  }

  #add(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.length;
    for (; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!before(timer, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = timer;
  }

  #take(): Timer {
    const heap = this.#heap;
    const top = heap[0]!;
    const last = heap.pop()!;
    const { length } = heap;
    if (!length) return top;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= length) break;
      if (child + 1 < length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}
