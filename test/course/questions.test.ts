// The questions that people come with: each is answered by lessons whose tasks prove the answer on the host.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Lesson, tasksOf } from '../../src/course/lesson.ts';
import { readCourse, readLessons } from '../../src/headless/read-lessons.ts';

const FOLDER = join(import.meta.dirname, '../../lessons');
const lessons = new Map(readLessons(FOLDER).map(({ lesson }) => [lesson.id, lesson]));

/** By the number in a lesson's `seed`: the question, and a task of a lesson that proves the answer. */
const QUESTIONS: Readonly<Record<number, { readonly asks: string; readonly provedBy: Readonly<Record<string, string>> }>> = {
  1: { asks: 'What is a volume?', provedBy: { 'outlive-your-container': 'read-it-elsewhere', 'named-and-anonymous': 'three-ways' } },
  2: { asks: 'What is the difference between a volume and a bind mount?', provedBy: { 'five-places': 'who-serves-what', 'one-folder-two-doors': 'edit-it' } },
  3: { asks: 'Where are volumes stored?', provedBy: { 'where-is-it-really': 'mountpoint' } },
  4: { asks: 'What is tmpfs?', provedBy: { 'ram-only': 'restart' } },
  5: { asks: 'How is data persisted?', provedBy: { 'outlive-your-container': 'keep-the-note', 'the-right-path': 'at-the-right-path', 'up-down-down-v': 'out-of-reach' } },
  6: { asks: 'What happens to data when its container is removed?', provedBy: { 'stop-kill-remove': 'remove-it', 'named-and-anonymous': 'end-them' } },
  7: { asks: 'How is a volume inspected?', provedBy: { 'where-is-it-really': 'users-and-sizes' } },
  8: { asks: 'How is a volume backed up?', provedBy: { 'a-backup-that-deserves-the-name': 'save', 'restore-and-prove-it': 'restore' } },
  9: { asks: 'Why should data not be kept inside of the container?', provedBy: { 'where-writes-go': 'change-one-twin', 'stop-kill-remove': 'remove-it' } },
  10: { asks: 'And is it lost when the container crashes?', provedBy: { 'stop-kill-remove': 'kill-it' } },
};

/** A condition that looks at the host, or at an answer that only commands could find out. */
const PROVES = /\b(container|containers|volume|volumes|hasVolume|view|canary|places|mountedBy|mountedSince|removed|answer|probe|events)\b/;

describe('the questions', () => {
  for (const [number, { asks, provedBy }] of Object.entries(QUESTIONS)) {
    it(`${number}. ${asks}`, () => {
      for (const [id, taskId] of Object.entries(provedBy)) {
        const lesson: Lesson = lessons.get(id)!;
        expect(lesson, id).toBeDefined();
        expect(lesson.seed, id).toContain(Number(number));
        const task = tasksOf(lesson).find((each) => each.id === taskId);
        expect(task, `${id}: ${taskId}, of ${tasksOf(lesson).map((each) => each.id).join(', ')}`).toBeDefined();
        expect(task!.goals.some((goal) => PROVES.test(goal.that)), `${id}: ${taskId}`).toBe(true);
      }
    });
  }

  it('are each a drill, and all on the short path, which takes three quarters of an hour', () => {
    const { seedPath, drills } = readCourse(FOLDER, [...lessons.values()]);
    const path = seedPath.map((id) => lessons.get(id)!);
    expect(new Set(path.flatMap((lesson) => lesson.seed))).toEqual(new Set(Object.keys(QUESTIONS).map(Number)));
    expect(drills.map(({ seed }) => seed)).toEqual(Object.keys(QUESTIONS).map((number) => [Number(number)]));
    expect(path.reduce((sum, lesson) => sum + lesson.minutes, 0)).toBeLessThanOrEqual(45);
  });
});
