// Progress as a file: to carry it to another browser, or to hand it in.

import { type Kept, progressStore } from './progress-store.ts';

const FORMAT = 'stowage-progress';

/** What was done and answered; hosts stay where they are. */
export function progressFile(): string {
  const { completed = {}, answers = {}, drills = {} } = progressStore.read();
  return `${JSON.stringify({ format: FORMAT, version: 1, completed, answers, drills }, null, 2)}\n`;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Take in what such a file holds, beside what is there. @returns how many lessons it holds as done. @throws Error saying what is wrong with it */
export function takeProgress(text: string): number {
  if (text.length > 2_000_000) throw new Error('it is too large to be a progress file');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('it is not JSON');
  }
  if (!isRecord(value) || value.format !== FORMAT) throw new Error('it is not a progress file of Stowage');
  if (value.version !== 1) throw new Error(`it has version ${String(value.version)}; this Stowage reads version 1`);
  const { completed, answers, drills = {} } = value;
  if (!isRecord(completed) || !Object.values(completed).every((hash) => typeof hash === 'string') || !isRecord(answers) || !isRecord(drills) || !Object.values(drills).every((result) => isRecord(result) && Array.isArray(result.points))) throw new Error('it is damaged');
  const kept = progressStore.read();
  progressStore.write({ completed: { ...kept.completed, ...(completed as Kept['completed']) }, answers: { ...kept.answers, ...answers }, drills: { ...kept.drills, ...(drills as Kept['drills']) } });
  return Object.keys(completed).length;
}
