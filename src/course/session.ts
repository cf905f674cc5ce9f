// A learner in a lesson: which tasks are done, what the open one still lacks, and what must be remembered on the way.

import { brokenIn, judgeIn, type TaskVerdict } from './goals/judge.ts';
import { type Clone, type GoalHost, type RememberedCanary, type World, worldOf } from './goals/world.ts';
import { type Html, type Lesson, tasksOf } from './lesson.ts';
import { spotsOf } from './spots.ts';

/** What must never happen has happened. */
export interface Broken {
  readonly say: Html;
  /** Entries of the host's log before the command that did it; undefined when that is not known. */
  readonly to?: number;
}

/** What is kept of it between visits. */
export interface LessonProgress {
  readonly lesson: string;
  readonly done: readonly string[];
  readonly canaries: readonly (readonly [string, RememberedCanary])[];
  readonly broken?: Broken;
}

export interface LessonState {
  readonly done: readonly string[];
  /** The first task that is not done; undefined at the end. */
  readonly open: string | undefined;
  readonly verdict: TaskVerdict | undefined;
  /** While it is, no task is ticked. */
  readonly broken?: Broken;
  /** Keys of the picture for what an aha shows, by the tasks that are done: none for what is gone by now. */
  readonly shows: Readonly<Record<string, readonly string[]>>;
}

export class LessonSession {
  readonly lesson: Lesson;
  readonly #clone: Clone;
  #done: Set<string>;
  #canaries: Map<string, RememberedCanary>;
  #broken: Broken | undefined;
  /** Entries of the log at the last prompt where no invariant was broken. */
  #intact: number | undefined;
  /** Progress by the length that the log had when it was made, oldest first. */
  readonly #history: { readonly at: number; readonly progress: LessonProgress }[] = [];

  /** @param clone a copy of the learner's host, for probes */
  constructor(lesson: Lesson, clone: Clone, progress?: LessonProgress) {
    this.lesson = lesson;
    this.#clone = clone;
    const ids = new Set(tasksOf(lesson).map((task) => task.id));
    const known = progress?.lesson === lesson.id ? progress : undefined;
    this.#done = new Set(known?.done.filter((id) => ids.has(id)));
    this.#canaries = new Map(known?.canaries);
    this.#broken = known?.broken;
    this.#history.push({ at: 0, progress: this.progress });
  }

  get progress(): LessonProgress {
    return { lesson: this.lesson.id, done: [...this.#done], canaries: [...this.#canaries], ...(this.#broken && { broken: this.#broken }) };
  }

  /**
   * Look at the host again: ticks the open task when its goals hold, and the next ones that hold already.
   * @param settled no command is running, so that the host could come back to this moment
   */
  judge(host: GoalHost, settled = true): LessonState {
    let world = worldOf(host, this.#canaries);
    for (const task of tasksOf(this.lesson)) {
      if (this.#done.has(task.id)) continue;
      const never = [...this.lesson.never, ...task.never];
      const broken = this.#broken ? -1 : brokenIn(world, never);
      if (broken >= 0) this.#broken = { say: never[broken]!.say, ...(this.#intact !== undefined && { to: this.#intact }) };
      const verdict = judgeIn(world, task, this.#clone);
      if (this.#broken || !verdict.done) return this.#state(host, world, settled, task.id, verdict);
      this.#done.add(task.id);
      this.#remember(task.id, host);
      // The same moment, asked anew: what is remembered has changed.
      world = { ...world };
      this.#history.push({ at: host.log.length, progress: this.progress });
    }
    return this.#state(host, world, settled, undefined, undefined);
  }

  /** The host has gone back to where its log had `to` entries, and what was done since then has not been done. */
  rewound(to: number): void {
    while (this.#history.length > 1 && this.#history.at(-1)!.at > to) this.#history.pop();
    const { progress } = this.#history.at(-1)!;
    this.#done = new Set(progress.done);
    this.#canaries = new Map(progress.canaries);
    this.#broken = undefined;
    this.#intact = undefined;
  }

  #state(host: GoalHost, world: World, settled: boolean, open: string | undefined, verdict: TaskVerdict | undefined): LessonState {
    if (settled && !this.#broken) this.#intact = host.log.length;
    const shows = Object.fromEntries(tasksOf(this.lesson).flatMap(({ id, aha }) => (aha && this.#done.has(id) ? [[id, aha.show.flatMap((shown) => spotsOf(shown, world))]] : [])));
    return { done: [...this.#done], open, verdict, shows, ...(this.#broken && { broken: this.#broken }) };
  }

  #remember(task: string, host: GoalHost): void {
    for (const { id, at, when } of this.lesson.canaries) {
      if (when !== task) continue;
      const content = host.view(at)?.content;
      if (content) this.#canaries.set(id, { at, content });
    }
  }
}
