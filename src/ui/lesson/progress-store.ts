// How far the learner is, kept by the browser: small, and readable by people.

import type { LessonProgress } from '../../course/session.ts';

const KEY = 'stowage-progress';

interface Kept {
  readonly current?: string;
  readonly lessons?: Readonly<Record<string, LessonProgress>>;
  readonly completed?: readonly string[];
  /** Answers to predictions and quizzes, by lesson and block. */
  readonly answers?: Readonly<Record<string, unknown>>;
}

function read(): Kept {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

function write(change: Partial<Kept>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...read(), ...change }));
  } catch {
    // No room or no permission: the lesson goes on without being remembered.
  }
}

export const progressStore = {
  current: (): string | undefined => read().current,
  enter: (lesson: string): void => write({ current: lesson }),
  lesson: (id: string): LessonProgress | undefined => read().lessons?.[id],
  keep: (progress: LessonProgress): void => write({ lessons: { ...read().lessons, [progress.lesson]: progress } }),
  isCompleted: (lesson: string): boolean => (read().completed ?? []).includes(lesson),
  complete: (lesson: string): void => write({ completed: [...new Set([...(read().completed ?? []), lesson])] }),
  answer: (lesson: string, block: string): unknown => read().answers?.[`${lesson}/${block}`],
  keepAnswer: (lesson: string, block: string, answer: unknown): void => write({ answers: { ...read().answers, [`${lesson}/${block}`]: answer } }),
  forget(lesson: string): void {
    const { lessons = {}, answers = {} } = read();
    write({
      lessons: Object.fromEntries(Object.entries(lessons).filter(([id]) => id !== lesson)),
      answers: Object.fromEntries(Object.entries(answers).filter(([key]) => !key.startsWith(`${lesson}/`))),
    });
  },
};
