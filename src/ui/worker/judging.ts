// The running lesson in the worker: its judge is loaded behind the prompt, asked after each command, and begun anew on another host.

import type { Answers } from '../../course/predict.ts';
import type { LessonProgress } from '../../course/session.ts';
import type { HostApi } from '../../host/host-api.ts';
import type { LessonJudge } from './lesson-judge.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import type { TimeKeeper } from './time-keeper.ts';

export interface JudgingOptions {
  host(): HostApi | undefined;
  keeper(): TimeKeeper | undefined;
  /** Whether every terminal waits at a prompt, so that the host could come back to this moment. */
  isSettled(): boolean;
  send(message: FromWorker): void;
}

export class Judging {
  readonly #options: JudgingOptions;
  #wanted: Extract<ToWorker, { kind: 'lesson' }> | undefined;
  #judge: LessonJudge | undefined;
  /** Judge the lesson anew, from what was known at a moment. */
  #rejudge: ((progress: LessonProgress | undefined) => void) | undefined;
  #told = '';

  constructor(options: JudgingOptions) {
    this.#options = options;
  }

  /** This lesson from now on, once there is a whole host. */
  want(lesson: Extract<ToWorker, { kind: 'lesson' }>): Promise<void> {
    this.#judge = undefined;
    this.#wanted = lesson;
    return this.begin();
  }

  async begin(): Promise<void> {
    const { host, keeper, isSettled } = this.#options;
    if (!this.#wanted || !host()?.isEquipped) return;
    const { lesson, progress } = this.#wanted;
    this.#wanted = undefined;
    const { LessonJudge: Judge } = await import('./lesson-judge.ts');
    // Another lesson, on a host of its own, may have been opened meanwhile.
    if (this.#wanted || !host()?.isEquipped) return;
    this.#rejudge = (known) => {
      this.#judge = new Judge(lesson, () => host()!, known, () => keeper()?.timeline.copy());
      this.#told = '';
    };
    this.#rejudge(progress);
    this.judge(isSettled());
  }

  /** @param settled whether the host could come back to this moment */
  judge(settled = false): void {
    if (!this.#judge) return;
    const verdict = this.#judge.judge(settled);
    const text = JSON.stringify(verdict);
    if (text !== this.#told) this.#options.send({ kind: 'lesson', ...verdict });
    this.#options.keeper()?.timeline.note(verdict.progress);
    this.#told = text;
  }

  /** The host is another one: what this one's inputs made of it up to an entry of the log, with what was known then. */
  rewound(entries: number, known: LessonProgress | undefined): void {
    if (known) this.#rejudge?.(known);
    else this.#judge?.rewound(entries);
    this.#told = '';
  }

  /** Nothing is judged until the next lesson. */
  leave(): void {
    this.#judge = this.#rejudge = undefined;
  }

  /** @throws Error while the lesson is still being loaded */
  answers(block: string): Answers {
    if (!this.#judge) throw new Error('the lesson is still loading: try again in a moment');
    return this.#judge.answers(block);
  }
}
