// Drives the host against real time: it may lag behind when busy, never runs ahead, and stands still while the page is hidden.

import type { HostApi } from '../../host/host-api.ts';

/** Steps between two looks at the real clock: few while output flows, since each may print a lot. */
const SHORTEST_SLICE = 25, LONGEST_SLICE = 2_000;
/** Milliseconds of work before messages may come in. */
const TURN = 8;
/** A gap longer than this (a suspended tab) is not caught up. */
const LONGEST_GAP = 2_000;

export interface PacerHooks {
  /** Whether output may be made: false while the page has not drawn what it was sent. */
  canProduce(): boolean;
  /** Bytes printed so far in this turn. */
  produced(): number;
  /** After each turn. `idle`: nothing happens before input or the next deadline. */
  onTurn(idle: boolean): void;
}

export class Pacer {
  #host: HostApi;
  readonly #hooks: PacerHooks;
  /** Virtual time = real time + this. */
  #offset: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #queued = false;
  #paused = false;
  readonly #channel = new MessageChannel();

  constructor(host: HostApi, hooks: PacerHooks) {
    this.#host = host;
    this.#hooks = hooks;
    this.#offset = host.now - performance.now();
    this.#channel.port1.addEventListener('message', () => {
      this.#queued = false;
      this.#turn();
    });
    this.#channel.port1.start();
  }

  /** Another host, at its own time. */
  drive(host: HostApi): void {
    this.#host = host;
    this.#offset = host.now - performance.now();
    this.wake();
  }

  /** Something came in, or may go on. */
  wake(): void {
    if (this.#queued || this.#paused) return;
    this.#queued = true;
    clearTimeout(this.#timer);
    this.#channel.port2.postMessage(0);
  }

  set paused(paused: boolean) {
    this.#paused = paused;
    if (paused) clearTimeout(this.#timer);
    else this.wake();
  }

  #turn(): void {
    if (this.#paused) return;
    const begun = performance.now();
    let target = begun + this.#offset;
    if (target - this.#host.now > LONGEST_GAP) {
      target = this.#host.now;
      this.#offset = target - begun;
    }
    let state: 'idle' | 'busy' = 'busy';
    for (let slice = SHORTEST_SLICE; this.#hooks.canProduce();) {
      const before = this.#hooks.produced();
      state = this.#host.advanceTo(target, slice);
      if (state === 'idle' || performance.now() - begun > TURN) break;
      slice = this.#hooks.produced() > before ? SHORTEST_SLICE : Math.min(slice * 2, LONGEST_SLICE);
    }
    // Busy work makes virtual time of its own; it must not run ahead of the clock on the wall for long.
    const ahead = this.#host.now - (performance.now() + this.#offset);
    if (ahead > 0) this.#offset += ahead;
    this.#hooks.onTurn(state === 'idle');
    if (!this.#hooks.canProduce()) return;
    if (state === 'busy') return this.wake();
    const deadline = this.#host.nextDeadline;
    if (deadline !== undefined) {
      const wait = Math.max(0, deadline - (performance.now() + this.#offset));
      this.#timer = setTimeout(() => this.wake(), Math.min(wait, 60_000));
    }
  }
}
