// Numbers that are used again once given back, lowest first, as the kernel's ida.

export class IdAllocator {
  #next: number;
  readonly #free: number[] = [];

  constructor(first: number) {
    this.#next = first;
  }

  take(): number {
    if (!this.#free.length) return this.#next++;
    const lowest = Math.min(...this.#free);
    this.#free.splice(this.#free.indexOf(lowest), 1);
    return lowest;
  }

  give(id: number): void {
    this.#free.push(id);
  }
}
