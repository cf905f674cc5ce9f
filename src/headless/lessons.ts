// `npm run lessons`: prove every lesson, or those that are named; begin a new one; write the schema for editors.
//
//   npm run lessons [-- ID…] [--verbose]
//   npm run lessons -- ID… --against real --via 'COMMAND' --reset 'COMMANDS'     on a real engine (see lessons-real.ts)
//   npm run lessons -- new NAME
//   npm run lessons -- schema

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkContract } from '../course/contract.ts';
import { LessonError } from '../course/lesson.ts';
import { contractHosts } from './contract-hosts.ts';
import { beginLesson } from './lessons-new.ts';
import { checkOnReal } from './lessons-real.ts';
import { writeSchema } from './lessons-schema.ts';
import { type LessonFile, readLessons } from './read-lessons.ts';

const folder = join(import.meta.dirname, '../../lessons');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    verbose: { type: 'boolean', default: false },
    against: { type: 'string' },
    via: { type: 'string', default: process.env['STOWAGE_REAL'] ?? '' },
    reset: { type: 'string', default: process.env['STOWAGE_RESET'] ?? '' },
  },
});

const LABELS = { tasks: 'tasks', goals: 'goals', alone: 'proved alone', routes: 'routes', wrong: 'wrong routes', mistakes: 'mistakes', rules: 'rules', questions: 'questions' } as const;
type Counts = Record<keyof typeof LABELS, number>;
const KEYS = Object.keys(LABELS) as (keyof Counts)[];
const inWords = (counts: Counts): string => KEYS.map((key) => `${counts[key]} ${LABELS[key]}`).join(', ');
const say = (name: string, figures: string, failures: readonly string[]): void => console.log([`${failures.length ? '✗' : '✓'} ${name}: ${figures}`, ...failures].join('\n    '));

function named(files: readonly LessonFile[]): string {
  const drills = files.filter(({ lesson }) => lesson.kind === 'drill').length;
  return [...(files.length > drills ? [`${files.length - drills} lessons`] : []), ...(drills ? [`${drills} drills`] : [])].join(' and ');
}

/** @returns whether all of them keep their promises */
function prove(files: readonly LessonFile[]): boolean {
  const total: Counts = { tasks: 0, goals: 0, alone: 0, routes: 0, wrong: 0, mistakes: 0, rules: 0, questions: 0 };
  let whole = true;
  for (const { lesson } of files) {
    const report = checkContract(lesson, contractHosts);
    whole &&= !report.failures.length;
    for (const key of KEYS) total[key] += report[key];
    say(lesson.id, inWords(report), report.failures);
    if (values.verbose) for (const goal of report.onTheWay) console.log(`    implied by a later goal: ${goal}`);
  }
  console.log(`${whole ? '✓' : '✗'} ${named(files)}: ${inWords(total)}`);
  return whole;
}

function proveOnReal(files: readonly LessonFile[]): boolean {
  if (!values.via || !values.reset) throw new Error('--against real needs --via, a command that starts a root shell on a host that may be emptied, and --reset, what empties it (or STOWAGE_REAL and STOWAGE_RESET)');
  let held = 0, all = 0, whole = true;
  for (const { lesson } of files) {
    const { goals, of, failures } = checkOnReal(lesson, values.via, values.reset);
    held += goals;
    all += of;
    whole &&= !failures.length;
    say(lesson.id, `${goals} of ${of} goals hold on the real engine`, failures);
  }
  console.log(`${whole ? '✓' : '✗'} ${named(files)}: ${held} of ${all} goals hold on the real engine`);
  return whole;
}

try {
  const [verb, name] = positionals;
  if (verb === 'new') console.log(beginLesson(folder, name));
  else if (verb === 'schema') console.log(writeSchema(folder));
  else {
    const files = readLessons(folder).filter(({ lesson }) => !positionals.length || positionals.includes(lesson.id));
    if (!files.length) throw new Error(`there is no lesson ${positionals.join(', ')}`);
    process.exitCode = (values.against === 'real' ? proveOnReal : prove)(files) ? 0 : 1;
  }
} catch (error) {
  if (error instanceof LessonError || (error as Error).constructor === Error) console.error((error as Error).message);
  else throw error;
  process.exitCode = 1;
}
