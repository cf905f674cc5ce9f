// Output on its way to the page: gathered per terminal, sent once a turn, and held back while the page has not drawn what it has.

/** Bytes that may be under way. */
const LIMIT = 96 * 1024;

export class OutputGate {
  readonly #send: (terminal: number, bytes: Uint8Array) => void;
  #waiting = new Map<number, Uint8Array[]>();
  #underWay = 0;
  #gathered = 0;

  constructor(send: (terminal: number, bytes: Uint8Array) => void) {
    this.#send = send;
  }

  /** Bytes that wait for the end of the turn. */
  get gathered(): number {
    return this.#gathered;
  }

  /** Whether the host may print more. */
  get isOpen(): boolean {
    return this.#underWay + this.#gathered < LIMIT;
  }

  add(terminal: number, bytes: Uint8Array): void {
    const parts = this.#waiting.get(terminal);
    if (parts) parts.push(bytes);
    else this.#waiting.set(terminal, [bytes]);
    this.#gathered += bytes.length;
  }

  flush(): void {
    for (const [terminal, parts] of this.#waiting) {
      const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of parts) {
        whole.set(part, at);
        at += part.length;
      }
      this.#underWay += whole.length;
      this.#send(terminal, whole);
    }
    this.#waiting.clear();
    this.#gathered = 0;
  }

  /** The page has drawn so many bytes. */
  drawn(bytes: number): void {
    this.#underWay = Math.max(0, this.#underWay - bytes);
  }

  clear(): void {
    this.#waiting = new Map();
    this.#underWay = 0;
    this.#gathered = 0;
  }
}
