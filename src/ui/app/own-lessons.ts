// Lessons that the person has brought: begun again after a reload, taken from a chosen or a dropped file, closed when they do not end.

import type { Lesson } from '../../course/lesson.ts';
import { keptLesson, takeLesson, watch } from '../lesson/own-lesson.ts';
import { progressStore } from '../lesson/progress-store.ts';
import { enterLesson } from './lesson-switch.ts';
import { FIRST, type StowageApp } from './stowage-app.ts';

let unwatch: (() => void) | undefined;

/** The one that was kept. @throws Error when there is none */
export function begin(app: StowageApp): Lesson {
  const lesson = keptLesson();
  unwatch?.();
  unwatch = watch(app.link, abandon);
  return lesson;
}

/** Another lesson has been opened. */
export const leave = (): void => unwatch?.();

export async function openFile(app: StowageApp, file: File): Promise<void> {
  try {
    const { id } = await takeLesson(file);
    app.unsay('lesson');
    enterLesson(app, id, { keep: app.current });
    app.show('lesson');
  } catch (error) {
    app.say({ id: 'lesson', text: `This lesson cannot be played. ${(error as Error).message}` });
  }
}

/** The worker is stuck in what a brought lesson asks of it: the page begins again without that lesson. */
function abandon(): void {
  globalThis.stowageHost?.terminate();
  progressStore.write({ current: FIRST, practise: false, fresh: true });
  alert('A condition of this lesson does not come to an end, so the lesson was closed.');
  location.reload();
}
