// What a lesson promises, proved on a host: unsolved at its start, solved by its routes, and wrong routes answered as it says.

import type { HostApi } from '../host/host-api.ts';
import { judgeTask } from './goals/judge.ts';
import { type Lesson, type Task, tasksOf } from './lesson.ts';
import { predictAnswers } from './predict.ts';
import { LessonSession } from './session.ts';

export interface ContractHosts {
  create(): HostApi;
  copy(host: HostApi): HostApi;
}

export interface ContractReport {
  readonly tasks: number;
  readonly goals: number;
  /** Solutions and other accepted routes. */
  readonly routes: number;
  readonly wrong: number;
  readonly mistakes: number;
  /** Quiz questions and rows of predictions. */
  readonly questions: number;
  /** Empty when the promise is kept. */
  readonly failures: readonly string[];
}

export function checkContract(lesson: Lesson, hosts: ContractHosts): ContractReport {
  const failures: string[] = [];
  const tasks = tasksOf(lesson);
  const start = hosts.create();
  if (lesson.setup) {
    const { exit, stderr } = start.run(lesson.setup);
    if (exit !== 0) failures.push(`the set-up ended with ${exit}: ${stderr.trim()}`);
  }
  // Every predictions' answers can be found, at the moment where it stands.
  let host = start;
  let session = new LessonSession(lesson, () => hosts.copy(host));
  for (const block of lesson.blocks) {
    if (block.kind === 'predict') {
      try {
        predictAnswers(block, () => hosts.copy(host));
      } catch (error) {
        failures.push(`prediction ${block.id}: ${(error as Error).message}`);
      }
    }
    if (block.kind !== 'task') continue;
    failures.push(...checkTask(block, host, session, hosts));
    ({ host, session } = walk(lesson, hosts, session, host, block.solution));
    if (!session.progress.done.includes(block.id)) failures.push(`task ${block.id}: its solution does not solve it: ${open(block, host, session)}`);
  }
  const quizzes = lesson.blocks.filter((block) => block.kind === 'quiz').length;
  const rows = lesson.blocks.reduce((sum, block) => sum + (block.kind === 'predict' ? block.rows.length : 0), 0);
  const count = (of: (task: Task) => number): number => tasks.reduce((sum, task) => sum + of(task), 0);
  return {
    tasks: tasks.length, goals: count((task) => task.goals.length), routes: count((task) => 1 + task.also.length), wrong: count((task) => task.wrong.length),
    mistakes: count((task) => task.mistakes.length), questions: quizzes + rows, failures,
  };
}

/** A copy of host and session, after commands. */
function walk(lesson: Lesson, hosts: ContractHosts, session: LessonSession, host: HostApi, commands: string): { host: HostApi; session: LessonSession } {
  const copy = hosts.copy(host);
  const next = new LessonSession(lesson, () => hosts.copy(copy), session.progress);
  copy.run(commands);
  next.judge(copy);
  return { host: copy, session: next };
}

function checkTask(task: Task, host: HostApi, session: LessonSession, hosts: ContractHosts): string[] {
  const failures: string[] = [];
  const canaries = new Map(session.progress.canaries);
  const verdict = judgeTask(task, host, canaries, () => hosts.copy(host));
  if (verdict.done) failures.push(`task ${task.id}: it is solved before anything was done`);
  if (verdict.mistake !== undefined) failures.push(`task ${task.id}: mistake ${verdict.mistake} answers before anything was done`);
  for (const route of task.also) {
    const after = walk(session.lesson, hosts, session, host, route);
    if (!after.session.progress.done.includes(task.id)) failures.push(`task ${task.id}: the other route does not solve it: ${route.trim()}: ${open(task, after.host, after.session)}`);
  }
  const answered = new Set<number>();
  for (const { run, says } of task.wrong) {
    const copy = hosts.copy(host);
    copy.run(run);
    const wrong = judgeTask(task, copy, canaries, () => hosts.copy(copy));
    if (wrong.done) failures.push(`task ${task.id}: a wrong route solves it: ${run.trim()}`);
    else if (wrong.mistake !== says) failures.push(`task ${task.id}: ${run.trim()} should be answered by ${says === undefined ? 'no mistake' : `mistake ${says}`}, and is by ${wrong.mistake ?? 'none'}`);
    else if (says === undefined && !wrong.goals.some((goal) => goal.notYet)) failures.push(`task ${task.id}: nothing is said to ${run.trim()}`);
    if (says !== undefined) answered.add(says);
  }
  task.mistakes.forEach((_, index) => {
    if (!answered.has(index)) failures.push(`task ${task.id}: no wrong route shows mistake ${index}`);
  });
  return failures;
}

function open(task: Task, host: HostApi, session: LessonSession): string {
  const verdict = judgeTask(task, host, new Map(session.progress.canaries), () => host);
  const lacking = verdict.goals.findIndex((goal) => !goal.holds);
  return lacking < 0 ? 'its goals hold, but not in this order' : `goal ${lacking}: ${verdict.goals[lacking]!.notYet ?? task.goals[lacking]!.that}`;
}
