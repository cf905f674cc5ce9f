// A lesson that the person has brought: compiled here, kept for the next visit, and watched, since nobody has proved it.

import { compileLesson, LONGEST } from '../../course/compile.ts';
import type { Lesson } from '../../course/lesson.ts';
import type { HostLink } from '../host-link.ts';

const KEY = 'stowage-own-lesson';
export const OWN = 'own/';
/** ms between two looks, and ms without an answer after which its conditions are taken to be endless. */
const LOOK = 4_000, PATIENCE = 20_000;

const compiled = (file: string, source: string): Lesson => {
  const lesson = compileLesson(file, source);
  return { ...lesson, id: OWN + lesson.id };
};

/** @throws LessonError, with the line, when it is no lesson; Error when it is no text of a lesson's size */
export async function takeLesson(file: File): Promise<Lesson> {
  if (file.size > LONGEST * 4) throw new Error(`${file.name}: a lesson has at most ${LONGEST / 1000} kB; this file has ${Math.round(file.size / 1000)} kB.`);
  const source = await file.text();
  const lesson = compiled(file.name, source);
  localStorage.setItem(KEY, JSON.stringify({ file: file.name, source }));
  return lesson;
}

/** The one that was brought last. @throws Error when there is none any more */
export function keptLesson(): Lesson {
  const { file, source } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as { file?: string; source?: string };
  if (file === undefined || source === undefined) throw new Error('the file is not here any more; open it again');
  return compiled(file, source);
}

/** Look whether the worker still answers. @returns how to end it */
export function watch(link: HostLink, onStuck: () => void): () => void {
  let asked = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    if (document.hidden) asked = 0;
    else if (!asked) {
      asked = now;
      void link.ask((id) => ({ kind: 'ping', id })).then(() => (asked = 0));
    } else if (now - asked > PATIENCE) {
      clearInterval(timer);
      onStuck();
    }
  }, LOOK);
  return () => clearInterval(timer);
}
