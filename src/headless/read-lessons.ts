// Every lesson of a folder, compiled, in the order of the course.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { compileLesson } from '../course/compile.ts';
import { type Lesson, LessonError } from '../course/lesson.ts';
import { type Course, orderLessons } from '../course/order.ts';

export interface LessonFile {
  readonly path: string;
  readonly lesson: Lesson;
}

const ORDER = 'order.yaml';

/** @throws LessonError */
/** @param folder from which its name is told */
export function readLesson(path: string, folder?: string): LessonFile {
  return { path, lesson: compileLesson(folder === undefined ? basename(path) : relative(folder, path), readFileSync(path, 'utf8')) };
}

/** Those of its folder `drills` come last. @throws LessonError, also when two lessons have one id */
export function readLessons(folder: string): LessonFile[] {
  const files = new Map<string, LessonFile>();
  const drills = join(folder, 'drills');
  for (const name of [...readdirSync(folder), ...(existsSync(drills) ? readdirSync(drills).map((each) => `drills/${each}`) : [])].filter((each) => each.endsWith('.md')).toSorted()) {
    const file = readLesson(join(folder, name), folder);
    const other = files.get(file.lesson.id);
    if (other) throw new LessonError(name, 2, `the id ${file.lesson.id} is taken by ${basename(other.path)}`);
    files.set(file.lesson.id, file);
  }
  const lessons = [...files.values()];
  const { tracks, drills: questions } = readCourse(folder, lessons.map(({ lesson }) => lesson));
  return [...tracks.flatMap((track) => track.lessons), ...questions].map(({ id }) => files.get(id)!);
}

/** @throws LessonError */
export function readCourse<L extends Pick<Lesson, 'id' | 'track' | 'kind'>>(folder: string, lessons: readonly L[]): Course<L> {
  return orderLessons(lessons, ORDER, readFileSync(join(folder, ORDER), 'utf8'));
}
