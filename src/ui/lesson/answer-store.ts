// What a person has answered to one block, kept between visits.

import { progressStore } from './progress-store.ts';

/** What was kept, if it has this shape. */
export function keptAnswer<T>(lesson: string, block: string, fits: (value: unknown) => value is T): T | undefined {
  const kept = progressStore.answer(lesson, block);
  return fits(kept) ? kept : undefined;
}

export const keepAnswer = (lesson: string, block: string, answer: unknown): void => progressStore.keepAnswer(lesson, block, answer);

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

export const isListOf = (value: unknown, length: number, each: (item: unknown) => boolean): boolean => Array.isArray(value) && value.length === length && value.every(each);
