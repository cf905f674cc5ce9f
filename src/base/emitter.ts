// A private emitter with a public event: the owner fires, others listen.

export type Listener<T> = (value: T) => void;
/** Subscribe; the returned function unsubscribes. */
export type Event<T> = (listener: Listener<T>) => () => void;

export class Emitter<T> {
  readonly #listeners = new Set<Listener<T>>();

  readonly event: Event<T> = (listener) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }

  get hasListeners(): boolean {
    return this.#listeners.size > 0;
  }
}
