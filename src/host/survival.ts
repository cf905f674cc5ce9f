// The survival matrix of any path: each event is really carried out, on a copy of the host, and the data are looked for afterwards.

import type { Task } from '../base/task.ts';
import type { Machine } from './boot/machine.ts';
import { explainPath } from './explain-path.ts';
import type { HostApi } from './host-api.ts';
import { eventsFor, type SurvivalEvent } from './survival-events.ts';
import { type Fate, fateOf, follow } from './survival-fate.ts';
import { isMadeGood, remember, type Remembered } from './survival-mend.ts';
import { inspectOf } from './view.ts';

export interface SurvivalRow extends Fate {
  readonly id: string;
  readonly label: string;
  /** What was run, for people to read. */
  readonly command: string;
  /** It was refused, in the words of the one who refused; the data are as `outcome` says. */
  readonly refusal?: string;
}

/** Gives a copy of the host as it was when the survey began, in pieces; the survey may do with it what it likes. */
export type Copy = () => Generator<void, HostApi>;

/** What can happen to that path, in the order of a table. Empty when there is nothing at it. */
export function eventsAt(machine: Machine, reference: string): readonly SurvivalEvent[] {
  const { found, container, volume } = explainPath(machine, reference);
  if (!found) return [];
  return eventsFor({ inspect: container && inspectOf(machine, container.name), volume: volume?.name, fromImage: found.from.kind === 'image-layer' });
}

export class Survey {
  readonly #reference: string;
  readonly #copy: Copy;
  /** A copy on which nothing has changed yet, or on which what changed has been made good. */
  #fresh: { readonly host: HostApi; readonly before: Remembered } | undefined;

  constructor(reference: string, copy: Copy) {
    this.#reference = reference;
    this.#copy = copy;
  }

  /** Yields between pieces of work. */
  *row(event: SurvivalEvent): Generator<void, SurvivalRow> {
    const fresh = this.#fresh ?? (yield* this.#copyNow());
    const { host, before } = fresh;
    this.#fresh = undefined;
    const datum = host.look((machine) => follow(machine, this.#reference));
    const line = { id: event.id, label: event.label, command: shownCommand(event) };
    if (!datum) return { ...line, outcome: 'lost', how: 'nowhere' };
    yield;
    const refusal = carryOut(host, event);
    yield;
    const fate = host.look((machine) => fateOf(machine, datum));
    yield;
    // Of what else ran on the machine, nothing is left.
    if (event.run !== 'reboot' && isMadeGood(host, before, (work) => host.look((machine) => perform(host, machine, () => work(machine))))) this.#fresh = fresh;
    return { ...line, ...fate, ...(refusal !== undefined && { refusal }) };
  }

  *#copyNow(): Generator<void, { host: HostApi; before: Remembered }> {
    const host = yield* this.#copy();
    return { host, before: remember(host) };
  }
}

/** @returns why it was refused */
export function carryOut(host: HostApi, event: Pick<SurvivalEvent, 'run' | 'first' | 'last'>): string | undefined {
  const name = /\bdocker (?:stop|rm -f) (\S+?);?(?: |$)/.exec(event.run)?.[1] ?? '';
  const inspect = host.look((machine) => inspectOf(machine, name));
  // On the copy alone: as if it had been so from the beginning.
  if (event.first === 'remove-on-exit' && inspect) inspect.HostConfig.AutoRemove = true;
  const { exit, stderr } = host.run(event.run);
  if (event.run === 'reboot') return undefined;
  if (exit !== 0) return stderr.trim().split('\n').at(-1) || `it ended with ${exit}`;
  if (event.last === 'run-again' && inspect) {
    return host.look((machine) => perform(host, machine, function* () {
      const { Id } = yield* machine.engine!.containerCreate({ name, Config: inspect.Config, HostConfig: inspect.HostConfig });
      yield* machine.engine!.containerStart(Id);
    }));
  }
  return undefined;
}

/** Something that may wait, as a thread of the first process. @returns what it threw, in words */
function perform(host: HostApi, { init, kernel }: Machine, work: () => Task<void>): string | undefined {
  const state: { done?: boolean; refusal?: string } = {};
  init.thread(function* (): Task<void> {
    try {
      yield* work();
    } catch (error) {
      state.refusal = error instanceof Error ? error.message : String(error);
    }
    state.done = true;
  });
  for (let turns = 0; !state.done && turns < 10_000; turns++) {
    if (kernel.run(5_000) === 'idle' && !state.done && kernel.nextDeadline !== undefined) host.advanceTo(kernel.nextDeadline, 5_000);
  }
  return state.done ? state.refusal : 'it does not come to an end';
}

function shownCommand({ run, first, last }: SurvivalEvent): string {
  const crash = /^kill -9 .* (\S+?)\); sleep 1; (.*)/.exec(run);
  if (crash) return `kill -9 (its process); ${crash[2]}`;
  if (first) return 'docker run --rm …, ended';
  return last ? `${run} && docker run … (the same)` : run;
}
