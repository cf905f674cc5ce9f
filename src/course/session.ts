// A learner in a lesson: which tasks are done, what the open one still lacks, and what must be remembered on the way.

import type { HostApi } from '../host/host-api.ts';
import { judgeTask, type TaskVerdict } from './goals/judge.ts';
import type { RememberedCanary } from './goals/world.ts';
import { type Lesson, tasksOf } from './lesson.ts';

/** What is kept of it between visits. */
export interface LessonProgress {
  readonly lesson: string;
  readonly done: readonly string[];
  readonly canaries: readonly (readonly [string, RememberedCanary])[];
}

export interface LessonState {
  readonly done: readonly string[];
  /** The first task that is not done; undefined at the end. */
  readonly open: string | undefined;
  readonly verdict: TaskVerdict | undefined;
}

export class LessonSession {
  readonly lesson: Lesson;
  readonly #clone: () => HostApi;
  readonly #done: Set<string>;
  readonly #canaries: Map<string, RememberedCanary>;

  /** @param clone a copy of the learner's host, for probes */
  constructor(lesson: Lesson, clone: () => HostApi, progress?: LessonProgress) {
    this.lesson = lesson;
    this.#clone = clone;
    const ids = new Set(tasksOf(lesson).map((task) => task.id));
    this.#done = new Set(progress?.lesson === lesson.id ? progress.done.filter((id) => ids.has(id)) : []);
    this.#canaries = new Map(progress?.lesson === lesson.id ? progress.canaries : []);
  }

  get progress(): LessonProgress {
    return { lesson: this.lesson.id, done: [...this.#done], canaries: [...this.#canaries] };
  }

  /** Look at the host again: ticks the open task when its goals hold, and the next ones that hold already. */
  judge(host: HostApi): LessonState {
    for (const task of tasksOf(this.lesson)) {
      if (this.#done.has(task.id)) continue;
      const verdict = judgeTask(task, host, this.#canaries, this.#clone);
      if (!verdict.done) return { done: [...this.#done], open: task.id, verdict };
      this.#done.add(task.id);
      this.#remember(task.id, host);
    }
    return { done: [...this.#done], open: undefined, verdict: undefined };
  }

  #remember(task: string, host: HostApi): void {
    for (const { id, at, when } of this.lesson.canaries) {
      if (when !== task) continue;
      const content = host.view(at)?.content;
      if (content) this.#canaries.set(id, { at, content });
    }
  }
}
