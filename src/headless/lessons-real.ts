// `npm run lessons -- --against real`: each lesson's set-up and solutions on a real engine, judged by the same goals.

import { labScript } from '../course/lab-script.ts';
import { type Lesson, tasksOf } from '../course/lesson.ts';
import { type LessonProgress, LessonSession } from '../course/session.ts';
import { RealHost } from './lessons-real-host.ts';

export interface RealReport {
  /** That hold. */
  readonly goals: number;
  readonly of: number;
  readonly failures: readonly string[];
}

/**
 * The set-up is the script for home.
 * @param via a command that starts a shell reading a script from standard input, as root on the host of a real engine
 * @param reset bash commands that bring engine and home back to a clean beginning; run before each lesson
 */
export function checkOnReal(lesson: Lesson, via: string, reset: string): RealReport {
  const failures: string[] = [];
  const tasks = tasksOf(lesson);
  const host = new RealHost(via);
  /** Set-up, and the solutions of the first tasks. */
  const prepare = (solved: number): void => {
    host.begin(reset);
    const { exit, stderr, stdout } = host.run(labScript(lesson));
    if (exit !== 0) failures.push(`the script for home ended with ${exit}: ${stderr || stdout}`);
    for (const task of tasks.slice(0, solved)) host.run(task.solution);
  };
  prepare(0);
  let progress: LessonProgress | undefined;
  let goals = 0;
  for (const [index, task] of tasks.entries()) {
    let probed = false;
    const session = new LessonSession(lesson, () => ({ run: (command) => ((probed = true), host.run(command)) }), progress);
    const before = session.judge(host);
    if (before.open !== task.id) failures.push(`task ${task.id} is done before anything was done`);
    if (before.broken) failures.push(`task ${task.id}: a rule is broken: ${before.broken.say}`);
    if (probed) prepare(index);
    probed = false;
    const { exit, stderr } = host.run(task.solution);
    const after = session.judge(host);
    if (after.done.includes(task.id)) goals += task.goals.length;
    else after.verdict?.goals.forEach((goal, at) => (goal.holds ? goals++ : failures.push(`task ${task.id}, goal ${at}: ${goal.notYet ?? task.goals[at]!.that} (the solution ended with ${exit}: ${stderr.trim()})`)));
    if (after.broken) failures.push(`task ${task.id}: its solution breaks a rule: ${after.broken.say}`);
    progress = { ...session.progress, done: tasks.slice(0, index + 1).map(({ id }) => id) };
    // A probe has left its traces: there are no copies of a real host.
    if (probed && index < tasks.length - 1) prepare(index + 1);
  }
  return { goals, of: tasks.reduce((sum, task) => sum + task.goals.length, 0), failures };
}
