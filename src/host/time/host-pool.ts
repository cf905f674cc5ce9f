// Hosts that are held ready at moments of a history: a host cannot be copied, so those to which somebody may go back are kept alive, and brought there ahead of time.

import type { Equipment } from '../boot/machine.ts';
import { Host } from '../host.ts';
import type { HostInput, HostOptions } from '../host-api.ts';

/** How far a host is to go on a log. */
export interface Place {
  readonly log: readonly HostInput[];
  readonly entries: number;
  /** Virtual time. */
  readonly at: number;
}

/** So many hosts with a database are held ready at most. */
const HEAVY = 3;
/** Steps between two looks at the clock, and ms of a piece. */
const SLICE = 200, PIECE = 4;
/** What an input is taken to cost until it has been taken in once (ms). */
const USUAL_COST = 0.15;

export class HostPool {
  readonly #options: HostOptions;
  readonly #equipment: Equipment;
  /** Real time in ms: what is waited for. */
  readonly #now: () => number;
  /** How many are kept. */
  capacity: number;
  #hosts: Host[] = [];
  /** Real ms since the last input came in. */
  readonly #spent = new WeakMap<Host, number>();
  /** Real ms from an input to the next one. */
  readonly #costs = new WeakMap<HostInput, number>();

  /** The last inputs of places where a database is up. */
  readonly #heavy = new WeakSet<HostInput>();

  constructor(options: HostOptions, equipment: Equipment, now: () => number, capacity: number) {
    this.#options = options;
    this.#equipment = equipment;
    this.#now = now;
    this.capacity = capacity;
  }

  /** A host at that place: the nearest one that is before it, brought there. It is the caller's then. */
  take(place: Place): Host {
    const host = nearest(this.#hosts, place) ?? new Host(this.#options);
    this.#hosts = this.#hosts.filter((each) => each !== host);
    this.bring(host, place, Infinity);
    return host;
  }

  /**
   * The same in pieces of some milliseconds, for what is not waited for.
   * @param but hosts at these places stay
   */
  *takeInPieces(place: Place, but: readonly Place[]): Generator<void, Host> {
    const free = this.#hosts.filter((each) => !but.some((other) => isAt(each, other)));
    const host = nearest(free, place) ?? new Host(this.#options);
    this.#hosts = this.#hosts.filter((each) => each !== host);
    while (!this.bring(host, place, this.#now() + PIECE)) yield;
    return host;
  }

  /** Keep a host that nobody uses any more. */
  give(host: Host): void {
    this.#hosts.push(host);
  }

  /** Real ms that the entries of a log take, as far as is known. */
  cost(log: readonly HostInput[], from: number, to: number): number {
    let sum = 0;
    for (let i = from; i < to; i++) sum += this.#costs.get(log[i]!) ?? USUAL_COST;
    return sum;
  }

  get size(): number {
    return this.#hosts.length;
  }

  /**
   * Work on having a host at each of these places, the first ones first, until `deadline` of the clock.
   * @returns whether all are there
   */
  prepare(places: readonly Place[], deadline: number): boolean {
    const free = new Set(this.#hosts);
    const open = places.slice(0, this.capacity).filter((place) => {
      const there = [...free].find((host) => isAt(host, place));
      if (there) free.delete(there);
      return !there;
    });
    const heavy = (hosts: Iterable<Host>): Host[] => [...hosts].filter((host) => host.isHeavy);
    const inUse = (): number => heavy(this.#hosts.filter((host) => !free.has(host))).length;
    for (const place of open) {
      if (this.#now() > deadline) return false;
      const last = place.log[place.entries - 1];
      if (last && this.#heavy.has(last) && inUse() >= HEAVY) continue;
      let host = nearest(free, place);
      if (!host) this.#hosts.push(host = new Host(this.#options));
      free.delete(host);
      if (!this.bring(host, place, deadline)) return false;
      if (last && host.isHeavy) {
        this.#heavy.add(last);
        // Now it is known; it is not brought here again.
        if (inUse() > HEAVY) this.#hosts = this.#hosts.filter((each) => each !== host);
      }
      // The first look at a host finds out much that later ones know.
      if (host.isEquipped) host.snapshot();
    }
    // Those that are of no use go, the oldest first.
    const surplus = new Set([...free].slice(0, Math.max(0, this.#hosts.length - this.capacity)));
    this.#hosts = this.#hosts.filter((host) => !surplus.has(host));
    return true;
  }

  /** On the way to a place. @returns whether it is there */
  bring(host: Host, { log, entries, at }: Place, deadline: number): boolean {
    let begun = this.#now();
    for (;;) {
      const next = host.log.length < entries ? log[host.log.length] : undefined;
      const time = next?.at ?? at;
      const isDue = host.advanceTo(time, SLICE) === 'idle' || host.now >= time;
      const now = this.#now();
      const spent = (this.#spent.get(host) ?? 0) + now - begun;
      begun = now;
      this.#spent.set(host, next && isDue ? 0 : spent);
      if (isDue) {
        if (!next) return true;
        const last = host.log.at(-1);
        if (last) this.#costs.set(last, spent);
        host.take(next, this.#equipment);
      }
      if (now > deadline) return false;
    }
  }
}

const isOn = (host: Host, log: readonly HostInput[]): boolean => host.log.length === 0 || host.log.at(-1) === log[host.log.length - 1];
const isAt = (host: Host, { log, entries, at }: Place): boolean => host.log.length === entries && host.now === at && isOn(host, log);
/** The host is on the way to that place. */
const leadsTo = (host: Host, { log, entries, at }: Place): boolean => host.log.length <= entries && host.now <= at && isOn(host, log);

function nearest(hosts: Iterable<Host>, place: Place): Host | undefined {
  let best: Host | undefined;
  for (const host of hosts) {
    if (leadsTo(host, place) && (!best || host.log.length > best.log.length || (host.log.length === best.log.length && host.now > best.now))) best = host;
  }
  return best;
}
