// Every lesson of a folder, compiled, in the order of the course.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compileLesson } from '../course/compile.ts';
import { type Lesson, LessonError } from '../course/lesson.ts';
import { type Course, orderLessons } from '../course/order.ts';

export interface LessonFile {
  readonly path: string;
  readonly lesson: Lesson;
}

const ORDER = 'order.yaml';

/** @throws LessonError */
export function readLesson(path: string): LessonFile {
  return { path, lesson: compileLesson(basename(path), readFileSync(path, 'utf8')) };
}

/** @throws LessonError, also when two lessons have one id */
export function readLessons(folder: string): LessonFile[] {
  const files = new Map<string, LessonFile>();
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.md')).toSorted()) {
    const file = readLesson(join(folder, name));
    const other = files.get(file.lesson.id);
    if (other) throw new LessonError(name, 2, `the id ${file.lesson.id} is taken by ${basename(other.path)}`);
    files.set(file.lesson.id, file);
  }
  const lessons = [...files.values()];
  return readCourse(folder, lessons.map(({ lesson }) => lesson)).tracks.flatMap((track) => track.lessons.map(({ id }) => files.get(id)!));
}

/** @throws LessonError */
export function readCourse<L extends Pick<Lesson, 'id' | 'track'>>(folder: string, lessons: readonly L[]): Course<L> {
  return orderLessons(lessons, ORDER, readFileSync(join(folder, ORDER), 'utf8'));
}
