// The time of a host: the steps that were done on it, those that were taken back, and the way to each of them.

import type { Bytes } from '../../base/bytes.ts';
import type { Equipment } from '../boot/machine.ts';
import { Host } from '../host.ts';
import type { HostInput, HostSave } from '../host-api.ts';
import type { HostSnapshot } from '../host-snapshot.ts';
import type { SavedBranch } from '../save.ts';
import { changeBetween } from './host-change.ts';
import { History } from './history.ts';
import { HostPool, type Place } from './host-pool.ts';
import type { Moment, Step } from './step.ts';

/** Hosts held ready, copies to be destroyed, ways kept that were left, and bytes drawn of a terminal. */
const POOL = 20, COPIES = 2, BRANCHES = 12, SCREEN = 64 << 10;
/** Real ms that a jump has to catch up at most, if the pool is large enough. */
const SPACING = 12;

export interface TimelineOptions {
  readonly equipment: Equipment;
  /** Real time in ms. */
  readonly now: () => number;
}

/** A place in time: before step `step` of a way, or behind its last one. */
export interface Jump {
  /** 0 is the way that is shown as the main one; others are counted from 1 in `branches`. */
  readonly branch: number;
  readonly step: number;
}

export interface Arrival {
  readonly host: Host;
  readonly moment: Moment;
  /** What each open terminal shows. */
  readonly screens: ReadonlyMap<number, Bytes>;
  /** What was noted last up to that moment. */
  readonly note: unknown;
}

export interface TimelineView {
  /** Those that were done, and behind them those that were taken back and can be done again. */
  readonly steps: readonly Step[];
  /** How many of them are done. */
  readonly at: number;
  /** Ways that were left: steps that follow on `from` steps of the main way. */
  readonly branches: readonly { readonly from: number; readonly steps: readonly Step[] }[];
}

export class Timeline {
  #host: Host;
  #history: History;
  /** Ways that were left, the last one first. */
  #left: History[] = [];
  readonly #options: TimelineOptions;
  readonly #pool: HostPool;
  #seen: HostSnapshot | undefined;
  /** How the host looked before the last step, and how many there were then. */
  #before: HostSnapshot | undefined;
  #count = 0;
  /** Where the host stood when nothing ran in the foreground any more. */
  #rest: Place | undefined;
  /** On its way along the steps whose changes are not known. */
  #filler: { readonly way: History; readonly host: Host; readonly step: number; readonly seen: HostSnapshot } | undefined;

  /** @param history of that host, which goes on to be followed */
  constructor(host: Host, history: History, options: TimelineOptions, branches: readonly SavedBranch[] = []) {
    this.#host = host;
    this.#history = history;
    this.#count = history.steps.length;
    this.#options = options;
    this.#pool = new HostPool(host.options, options.equipment, options.now, POOL);
    for (const { shared, log, at, from, steps } of branches) {
      const branch = new History([...history.log.slice(0, shared), ...log], at);
      branch.steps.push(...history.steps.slice(0, from), ...steps);
      this.#left.push(branch);
    }
  }

  get host(): Host {
    return this.#host;
  }

  /** The way on which this one goes no further than it, so that its steps can be done again. */
  get #ahead(): History | undefined {
    const { steps } = this.#history;
    return this.#left.find((other) => other.steps.length >= steps.length && sharedSteps(this.#history, other) === steps.length);
  }

  get steps(): readonly Step[] {
    return this.#history.steps;
  }

  get canUndo(): boolean {
    return this.#history.steps.length > 0;
  }

  view(): TimelineView {
    const main = this.#ahead ?? this.#history;
    const done = this.#history.steps.length;
    return {
      steps: [...this.#history.steps, ...main.steps.slice(done)],
      at: done,
      branches: this.#branches(main).map((branch) => {
        const from = sharedSteps(main, branch);
        return { from, steps: branch.steps.slice(from) };
      }),
    };
  }

  #branches(main: History): History[] {
    return this.#left.filter((each) => each !== main && sharedSteps(main, each) < each.steps.length);
  }

  /** Back to just before the last step, or on to behind the next one. Undefined when there is none. */
  step(by: -1 | 1): Arrival | undefined {
    return this.jump({ branch: 0, step: this.#history.steps.length + by });
  }

  /** The host takes the place of the one before, which is held ready. */
  jump(to: Jump): Arrival | undefined {
    const main = this.#ahead ?? this.#history;
    const way = to.branch ? this.#branches(main)[to.branch - 1] : main;
    if (!way || to.step < 0 || to.step > way.steps.length || (way === this.#history && to.step === way.steps.length)) return undefined;
    return this.#go(way, to.step);
  }

  /** To just before the first step that began when the log had at least so many entries. */
  jumpBefore(entries: number): Arrival | undefined {
    const index = this.#history.steps.findIndex(({ start }) => start.entries >= entries);
    return index < 0 ? undefined : this.#go(this.#history, index);
  }

  #go(way: History, step: number): Arrival {
    const left = this.#history, target = way.isHeard ? way : this.#hear(way), isTip = step === target.steps.length;
    left.leave();
    // Of a host that has merely stood at a moment of another way, nothing is to be kept.
    if (!this.#ahead) this.#left.unshift(left);
    this.#pool.give(this.#host);
    const moment = target.moment(step);
    const host = this.#pool.take({ log: target.log, entries: moment.entries, at: moment.at });
    const history = target.until(moment);
    history.follow(host);
    // At its end a way goes on, rather than beside itself.
    this.#left = [...(isTip ? [] : [target]), ...this.#left.filter((other) => other !== target)].slice(0, BRANCHES);
    this.#host = host;
    this.#history = history;
    this.#seen = this.#before = this.#rest = undefined;
    this.#count = history.steps.length;
    const screens = new Map(host.terminals.map(({ id }) => [id, history.screen(id, SCREEN)]));
    return { host, moment, screens, note: history.notes.at(-1)?.value };
  }

  /** A copy of the host as it is now. */
  copy(): Host {
    const { log, now } = this.#host;
    return this.#pool.take({ log, entries: log.length, at: now });
  }

  /** For who makes many copies of the host as it is now and destroys them: from now on some more are held ready where it rests. */
  copies(): () => Generator<void, Host> {
    this.#pool.capacity = POOL + COPIES;
    const { log, now } = this.#host, place = { log, entries: log.length, at: now };
    // Those to which somebody may go back at once stay.
    return () => this.#pool.takeInPieces(place, this.#wanted().filter(({ entries }) => entries !== place.entries).slice(0, 2));
  }

  /** Something of somebody's that is to come back with this moment. */
  note(value: unknown): void {
    const { notes } = this.#history, entries = this.#host.log.length;
    if (notes.at(-1)?.entries === entries) notes.pop();
    notes.push({ entries, value });
  }

  /** How the host looks now: what the last step has changed is known by it. */
  see(snapshot: HostSnapshot): void {
    const { steps } = this.#history;
    if (steps.length !== this.#count) {
      this.#before = this.#seen;
      this.#count = steps.length;
    }
    if (this.#before && steps.length) {
      const change = changeBetween(this.#before, snapshot);
      if (JSON.stringify(change) !== JSON.stringify(steps.at(-1)!.change)) this.#history.replace(steps.length - 1, { change });
    }
    this.#seen = snapshot;
  }

  /** Nothing runs in the foreground: what comes next will start from here. */
  settled(): void {
    this.#rest = { log: this.#host.log, entries: this.#host.log.length, at: this.#host.now };
  }

  /** Have hosts ready for where somebody may go. @returns whether they all are; it stops at `deadline` of the clock */
  prepare(deadline: number): boolean {
    const places = this.#wanted();
    return this.#pool.prepare(places.slice(0, 3), deadline) && this.#fill(deadline) && this.#pool.prepare(places, deadline);
  }

  /** Where hosts are to be: one step away, and then so that from one of them each moment is near. */
  #wanted(): Place[] {
    const main = this.#ahead ?? this.#history, here = this.#history.steps.length;
    const places: Place[] = [];
    const want = (step: number): void => {
      // Behind the last step of the way that is followed stands the host itself.
      if (step < 0 || step > main.steps.length || (step === main.steps.length && main === this.#history)) return;
      const { entries, at } = main.moment(step);
      if (!places.some((other) => other.entries === entries && other.at === at)) places.push({ log: main.log, entries, at });
    };
    const rest = this.#rest?.entries === this.#host.log.length ? [this.#rest] : [];
    want(here - 1);
    // Where somebody goes through time, a command is not what comes next.
    if (!this.#ahead) places.push(...rest);
    want(here + 1);
    // Who undoes once does so again, and each host that is gone to is to be made anew from the beginning.
    for (const by of [-2, -3, -4, -5]) want(here + by);
    if (this.#ahead) places.push(...rest);
    for (let i = POOL; i < this.#pool.capacity; i++) places.push(...rest);
    const spacing = Math.max(SPACING, this.#pool.cost(main.log, 0, main.log.length) / (POOL - 8));
    want(0);
    let from = main.moment(0).entries, sum = 0;
    for (let step = 1; step <= main.steps.length; step++) {
      const { entries } = main.moment(step);
      const cost = this.#pool.cost(main.log, from, entries);
      sum += cost;
      if (sum > spacing) {
        if (cost > spacing) want(step - 1);
        want(step);
        sum = 0;
      }
      from = entries;
    }
    want(here + 2);
    return places;
  }

  /** What each step has changed, where nobody has looked yet. */
  #fill(deadline: number): boolean {
    const main = this.#ahead ?? this.#history;
    const done = main.steps.length;
    for (let step = 0; step < done; step++) {
      if (main.steps[step]!.change) continue;
      const filler = this.#filler?.way === main && this.#filler.step === step ? this.#filler : undefined;
      const host = filler?.host ?? this.#pool.take({ log: main.log, ...main.moment(step) });
      const seen = filler?.seen ?? host.snapshot();
      this.#filler = { way: main, host, step, seen };
      const isHere = step + 1 === done && main === this.#history;
      if (!isHere && !this.#pool.bring(host, { log: main.log, ...main.moment(step + 1) }, deadline)) return false;
      const after = (isHere ? this.#host : host).snapshot();
      main.replace(step, { change: changeBetween(seen, after) });
      this.#filler = { way: main, host, step: step + 1, seen: after };
    }
    if (this.#filler) this.#pool.give(this.#filler.host);
    this.#filler = undefined;
    return true;
  }

  /** A way of an earlier visit: what its terminals have printed is heard by living it once more. */
  #hear(way: History): History {
    const host = new Host(this.#host.options), heard = new History(host.log, host.now);
    heard.follow(host);
    host.replay([...way.log, { at: way.at, kind: 'wait' }], this.#options.equipment);
    heard.leave();
    heard.steps.forEach((_, index) => heard.replace(index, { change: way.steps[index]?.change }));
    this.#pool.give(host);
    this.#left = this.#left.map((other) => (other === way ? heard : other));
    return heard;
  }

  save(): HostSave & { readonly branches: readonly SavedBranch[] } {
    const branches = this.#left.map((way): SavedBranch => {
      const shared = sharedEntries(this.#history.log, way.log), from = sharedSteps(this.#history, way);
      return { shared, log: way.log.slice(shared), at: way.at, from, steps: way.steps.slice(from) };
    });
    return { ...this.#host.save(), branches };
  }
}

const sharedEntries = (a: readonly HostInput[], b: readonly HostInput[]): number => {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
};

/** How many steps two ways have in common. */
function sharedSteps(a: History, b: History): number {
  let count = 0;
  while (count < a.steps.length && count < b.steps.length && a.entryOf(count) === b.entryOf(count)) count++;
  return count;
}
