// Time in the worker: follows the host, tells the page its steps, jumps, and prepares for jumps while nothing else is to do. Loaded behind the prompt.

import type { Bytes } from '../../base/bytes.ts';
import { equipment } from '../../host/equipment.ts';
import { Host } from '../../host/host.ts';
import type { HostSave } from '../../host/host-api.ts';
import type { HostSnapshot } from '../../host/host-snapshot.ts';
import type { SavedBranch } from '../../host/save.ts';
import { History } from '../../host/time/history.ts';
import { type Recording, record } from '../../host/time/recording.ts';
import type { Step } from '../../host/time/step.ts';
import { type Arrival, type Jump, Timeline } from '../../host/time/timeline.ts';
import type { FromWorker, StepView } from './protocol.ts';

/** ms of idleness before preparing begins, of work at a time, and of rest in between. */
const REST = 60, WORK = 5, PAUSE = 3;
const SCREEN = 64 << 10;

const now = (): number => performance.now();

export class TimeKeeper {
  readonly timeline: Timeline;
  readonly #send: (message: FromWorker) => void;
  /** Whether the host has nothing to do and the page is looked at. */
  readonly #isIdle: () => boolean;
  readonly #views = new WeakMap<Step, StepView>();
  #told: readonly StepView[] = [];
  #toldRest = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, history: History, branches: readonly SavedBranch[], send: (message: FromWorker) => void, isIdle: () => boolean) {
    this.timeline = new Timeline(host, history, { equipment, now }, branches);
    this.#send = send;
    this.#isIdle = isIdle;
  }

  /** A host that was not followed so far, and what its terminals have printed. */
  static follow(host: Host, printed: readonly (readonly [number, Bytes])[]): History {
    return History.of(host, printed);
  }

  /** The host of a save, followed from its first input. @throws RangeError when its log cannot be taken in */
  static restore(save: HostSave): { host: Host; history: History; screens: Map<number, Bytes>; branches: readonly SavedBranch[] } {
    const host = new Host(save.options), history = History.of(host);
    host.replay(save.log, equipment);
    const { branches = [] } = save as { branches?: readonly SavedBranch[] };
    const isSound = Array.isArray(branches) && branches.every((branch) => Array.isArray(branch?.log) && Array.isArray(branch.steps) && branch.shared <= history.log.length && branch.from <= history.steps.length && branch.steps.every((step: Step) => Number.isInteger(step?.start?.entries)));
    return { host, history, screens: new Map(host.terminals.map(({ id }) => [id, history.screen(id, SCREEN)])), branches: isSound ? branches : [] };
  }

  /** The page is told of it once it has seen the host. @returns undefined when there is no such place */
  jump(to: Jump | 'undo' | 'redo' | { readonly entries: number }): Arrival | undefined {
    this.stop();
    const { timeline } = this;
    return to === 'undo' ? timeline.step(-1) : to === 'redo' ? timeline.step(1) : 'entries' in to ? timeline.jumpBefore(to.entries) : timeline.jump(to);
  }

  recording(): Recording {
    const { timeline } = this;
    return record(timeline.host.save(), equipment, timeline.steps);
  }

  see(snapshot: HostSnapshot): void {
    this.timeline.see(snapshot);
    this.tell();
  }

  /** Something came in: preparing waits until it has been dealt with. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Nothing is to do for the host. @param settled no program runs in the foreground */
  rest(settled: boolean): void {
    if (settled) this.timeline.settled();
    this.stop();
    this.#timer = setTimeout(() => this.#prepare(), REST);
  }

  /** The steps, to the page: those that it has not been told of. */
  tell(all = false): void {
    const { steps, at, branches } = this.timeline.view();
    const views = steps.map((step) => this.#view(step));
    const changed = views.findIndex((view, index) => view !== this.#told[index]);
    const from = all ? 0 : changed < 0 ? views.length : changed;
    const rest = JSON.stringify([at, steps.length, branches.map((branch) => [branch.from, branch.steps.length])]);
    if (!all && from === views.length && rest === this.#toldRest) return;
    this.#told = views;
    this.#toldRest = rest;
    this.#send({
      kind: 'time', from, steps: views.slice(from), at,
      branches: branches.map((branch) => ({ from: branch.from, steps: branch.steps.map((step) => this.#view(step)) })),
    });
  }

  #view(step: Step): StepView {
    let view = this.#views.get(step);
    if (!view) {
      const { start, text, output: _, ...rest } = step;
      this.#views.set(step, view = { ...rest, text: text.slice(0, 4000), at: start.at });
    }
    return view;
  }

  #prepare(): void {
    this.#timer = undefined;
    if (!this.#isIdle()) return;
    const isReady = this.timeline.prepare(now() + WORK);
    this.tell();
    if (!isReady) this.#timer = setTimeout(() => this.#prepare(), PAUSE);
  }
}
