// Every lesson of a folder, compiled, in the order of their file names.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileLesson } from '../course/compile.ts';
import { type Lesson, LessonError } from '../course/lesson.ts';

/** @throws LessonError, also when two lessons have one id */
export function readLessons(folder: string): { readonly path: string; readonly lesson: Lesson }[] {
  const seen = new Map<string, string>();
  return readdirSync(folder).filter((name) => name.endsWith('.md')).toSorted().map((name) => {
    const path = join(folder, name);
    const lesson = compileLesson(name, readFileSync(path, 'utf8'));
    const other = seen.get(lesson.id);
    if (other) throw new LessonError(name, 2, `the id ${lesson.id} is taken by ${other}`);
    seen.set(lesson.id, name);
    return { path, lesson };
  });
}
