// `npm run lessons`: compile every lesson and prove its contract on the simulated host.

import { join } from 'node:path';
import { checkContract } from '../course/contract.ts';
import { LessonError } from '../course/lesson.ts';
import { contractHosts } from './contract-hosts.ts';
import { readLessons } from './read-lessons.ts';

try {
  let failures = 0;
  for (const { lesson } of readLessons(join(import.meta.dirname, '../../lessons'))) {
    const report = checkContract(lesson, contractHosts);
    failures += report.failures.length;
    console.log(`${report.failures.length ? '✗' : '✓'} ${lesson.id}: ${report.tasks} tasks, ${report.goals} goals, ${report.routes} routes, ${report.wrong} wrong routes, ${report.mistakes} mistakes, ${report.rules} rules, ${report.questions} questions`);
    for (const failure of report.failures) console.log(`    ${failure}`);
    for (const goal of report.neverAlone) console.log(`    never alone: ${goal}`);
  }
  process.exit(failures ? 1 : 0);
} catch (error) {
  if (!(error instanceof LessonError)) throw error;
  console.error(error.message);
  process.exit(1);
}
