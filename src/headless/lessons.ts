// `npm run lessons`: compile every lesson (or those that are named) and prove its contract on the simulated host.

import { join } from 'node:path';
import { checkContract } from '../course/contract.ts';
import { LessonError } from '../course/lesson.ts';
import { contractHosts } from './contract-hosts.ts';
import { type LessonFile, readLessons } from './read-lessons.ts';

const folder = join(import.meta.dirname, '../../lessons');

function prove(files: readonly LessonFile[], mutate: boolean): number {
  const total = { tasks: 0, goals: 0, routes: 0, wrong: 0, mistakes: 0, rules: 0, questions: 0 };
  const words = { tasks: 'tasks', goals: 'goals', routes: 'routes', wrong: 'wrong routes', mistakes: 'mistakes', rules: 'rules', questions: 'questions' };
  const keys = Object.keys(total) as (keyof typeof total)[];
  const inWords = (counts: typeof total): string => keys.map((key) => `${counts[key]} ${words[key]}`).join(', ');
  let failures = 0;
  for (const { lesson } of files) {
    const report = checkContract(lesson, { ...contractHosts, mutate });
    failures += report.failures.length;
    for (const key of keys) total[key] += report[key];
    console.log(`${report.failures.length ? '✗' : '✓'} ${lesson.id}: ${inWords(report)}`);
    for (const failure of report.failures) console.log(`    ${failure}`);
    for (const goal of report.neverAlone) console.log(`    never alone: ${goal}`);
  }
  console.log(`${failures ? '✗' : '✓'} ${files.length} lessons: ${inWords(total)}`);
  return failures;
}

try {
  const ids = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  const files = readLessons(folder).filter(({ lesson }) => !ids.length || ids.includes(lesson.id));
  process.exit(files.length && !prove(files, process.argv.includes('--mutate')) ? 0 : 1);
} catch (error) {
  if (!(error instanceof LessonError)) throw error;
  console.error(error.message);
  process.exit(1);
}
