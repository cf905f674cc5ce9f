// The lesson in the worker: judges its open task after each command, and finds the answers of predictions on copies of the host.

import type { HostApi } from '../../host/host-api.ts';
import { restoreHost } from '../../host/create-host.ts';
import type { Lesson } from '../../course/lesson.ts';
import { type Answers, predictAnswers } from '../../course/predict.ts';
import { type LessonProgress, LessonSession, type LessonState } from '../../course/session.ts';

export class LessonJudge {
  readonly #session: LessonSession;
  readonly #host: () => HostApi;

  readonly #ready: () => HostApi | undefined;

  /** @param ready a copy of the host that is at hand */
  constructor(lesson: Lesson, host: () => HostApi, progress: LessonProgress | undefined, ready: () => HostApi | undefined) {
    this.#host = host;
    this.#ready = ready;
    this.#session = new LessonSession(lesson, () => this.#copy(), progress);
  }

  /** @param settled whether the host could come back to this moment */
  judge(settled: boolean): { state: LessonState; progress: LessonProgress } {
    const state = this.#session.judge(this.#host(), settled);
    return { state, progress: this.#session.progress };
  }

  rewound(to: number): void {
    this.#session.rewound(to);
  }

  /** @throws Error when there is no such prediction or its commands fail on a copy of this host */
  answers(id: string): Answers {
    const block = this.#session.lesson.blocks.find((candidate) => candidate.kind === 'predict' && candidate.id === id);
    if (block?.kind !== 'predict') throw new Error(`no prediction ${id} in this lesson`);
    return predictAnswers(block, () => this.#copy());
  }

  #copy(): HostApi {
    return this.#ready() ?? restoreHost(this.#host().save());
  }
}
