// How far the learner is, kept by the browser: small, and readable by people.

import type { LessonProgress } from '../../course/session.ts';

const KEY = 'stowage-progress';

/** One drill, said and proved. */
export interface DrillResult {
  /** Points of the answer that were said, by index, and how many there are. */
  readonly points: readonly number[];
  readonly of: number;
  readonly proved: boolean;
  /** The answer was looked at before it was proved. */
  readonly looked: boolean;
  /** Of speaking, when it was timed. */
  readonly seconds?: number;
}

export interface Kept {
  readonly current?: string;
  /** The current lesson is done again, without its text. */
  readonly practise?: boolean;
  /** The next visit begins with a fresh host. */
  readonly fresh?: boolean;
  readonly lessons?: Readonly<Record<string, LessonProgress>>;
  /** What each lesson's text was (its hash) when it was completed. */
  readonly completed?: Readonly<Record<string, string>>;
  /** How each drill went, by its id. */
  readonly drills?: Readonly<Record<string, DrillResult>>;
  /** Answers to predictions and quizzes, by lesson and block. */
  readonly answers?: Readonly<Record<string, unknown>>;
}

/** What this page alone knows, once another page is the one that keeps. */
let apart: Kept | undefined;

const isSound = (kept: unknown): kept is Kept => typeof kept === 'object' && kept !== null && Object.entries(kept).every(([name, value]) =>
  name === 'current' ? typeof value === 'string' : name === 'practise' || name === 'fresh' ? typeof value === 'boolean' : typeof value === 'object' && value !== null);

function read(): Kept {
  if (apart) return apart;
  try {
    const text = localStorage.getItem(KEY);
    if (text === null) return {};
    try {
      const kept: unknown = JSON.parse(text);
      if (isSound(kept)) return kept;
    } catch {
      // As damaged as what has another shape.
    }
    localStorage.setItem(`${KEY}-set-aside`, text);
    localStorage.removeItem(KEY);
  } catch {
    // This browser keeps nothing.
  }
  return {};
}

function write(change: Partial<Kept>): void {
  if (apart) return void (apart = { ...apart, ...change });
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...read(), ...change }));
  } catch {
    // No room or no permission: the lesson goes on without being remembered.
  }
}

const without = <T>(record: Readonly<Record<string, T>> = {}, drop: (key: string) => boolean): Record<string, T> => Object.fromEntries(Object.entries(record).filter(([key]) => !drop(key)));

export const progressStore = {
  read,
  write,
  enter: (current: string, practise: boolean): void => write({ current, practise, fresh: false }),
  lesson: (id: string): LessonProgress | undefined => read().lessons?.[id],
  keep: (progress: LessonProgress): void => write({ lessons: { ...read().lessons, [progress.lesson]: progress } }),
  /** The hash of the text that was done; undefined when the lesson was never completed. */
  completed: (lesson: string): string | undefined => read().completed?.[lesson],
  complete: (lesson: string, hash: string): void => write({ completed: { ...read().completed, [lesson]: hash } }),
  drill: (id: string): DrillResult | undefined => read().drills?.[id],
  keepDrill: (id: string, result: DrillResult): void => write({ drills: { ...read().drills, [id]: result } }),
  answer: (lesson: string, block: string): unknown => read().answers?.[`${lesson}/${block}`],
  keepAnswer: (lesson: string, block: string, answer: unknown): void => write({ answers: { ...read().answers, [`${lesson}/${block}`]: answer } }),
  /** The lesson begins anew. That it was completed once stays. */
  forget(lesson: string, answersToo: boolean): void {
    const { lessons, answers } = read();
    write({ lessons: without(lessons, (id) => id === lesson), ...(answersToo && { answers: without(answers, (key) => key.startsWith(`${lesson}/`)) }) });
  },
  /** From now on nothing is kept: another page does that. */
  detach: (): void => void (apart = read()),
  clear: (): void => localStorage.removeItem(KEY),
};
