// What a lesson promises, proved on a host: unsolved at its start, solved by its routes, wrong routes answered as it says, and every way back open.

import type { HostApi } from '../host/host-api.ts';
import type { HostSnapshot } from '../host/host-snapshot.ts';
import { worldOf } from './goals/world.ts';
import { brokenIn, judgeTask, type TaskVerdict } from './goals/judge.ts';
import { isRight, questionsOf } from './guess.ts';
import { type Lesson, type Predict, type Task, tasksOf } from './lesson.ts';
import { neverAlone } from './mutation.ts';
import { predictAnswers } from './predict.ts';
import { spotsOf } from './spots.ts';
import { LessonSession } from './session.ts';

export interface ContractHosts {
  create(): HostApi;
  copy(host: HostApi): HostApi;
  /** As it was just before entry `to` of its log. */
  before(host: HostApi, to: number): HostApi;
}

export interface ContractReport {
  readonly tasks: number;
  readonly goals: number;
  /** Solutions and other accepted routes. */
  readonly routes: number;
  readonly wrong: number;
  readonly mistakes: number;
  /** Invariants of the lesson and its tasks. */
  readonly rules: number;
  /** Quiz questions and single questions of predictions. */
  readonly questions: number;
  /** Empty when the promise is kept. */
  readonly failures: readonly string[];
  /** What each aha shows, with the state after the solution. */
  readonly shown: readonly { readonly snapshot: HostSnapshot; readonly keys: readonly string[] }[];
  /** Goals that were found to fail alone. */
  readonly alone: number;
  /** Goals that never fail alone, since a later one implies them: each is the first that fails in some state, and says so. */
  readonly onTheWay: readonly string[];
}

/** A host and the learner's progress on it. */
interface Moment {
  readonly host: HostApi;
  readonly session: LessonSession;
}

export function checkContract(lesson: Lesson, hosts: ContractHosts): ContractReport {
  const failures: string[] = [], onTheWay: string[] = [], shown: { snapshot: HostSnapshot; keys: readonly string[] }[] = [];
  const tasks = tasksOf(lesson);
  const host = hosts.create();
  if (lesson.setup) {
    const { exit, stderr } = host.run(lesson.setup);
    if (exit !== 0) failures.push(`the set-up ended with ${exit}: ${stderr.trim()}`);
  }
  let moment: Moment = { host, session: new LessonSession(lesson, () => hosts.copy(host)) };
  if (brokenIn(worldOf(host, new Map()), lesson.never) >= 0) failures.push('a rule of the lesson is broken before anything was done');
  const broken = new Set<string>();
  // Answers of a prediction are found at the moment where it stands.
  for (const block of lesson.blocks) {
    if (block.kind === 'predict') failures.push(...checkPrediction(block, moment.host, hosts));
    if (block.kind !== 'task') continue;
    const checked = new TaskCheck(block, moment, hosts);
    failures.push(...checked.failures);
    onTheWay.push(...checked.onTheWay);
    for (const rule of checked.broken) broken.add(rule);
    moment = checked.solved;
    if (block.aha) shown.push({ snapshot: moment.host.snapshot(), keys: moment.session.judge(moment.host).shows[block.id] ?? [] });
  }
  for (const { that } of [...lesson.never, ...tasks.flatMap((task) => task.never)]) if (!broken.has(that)) failures.push(`no wrong route breaks the rule ${that}`);
  const count = (of: (task: Task) => number): number => tasks.reduce((sum, task) => sum + of(task), 0);
  return {
    tasks: tasks.length, goals: count((task) => task.goals.length), routes: count((task) => 1 + task.also.length), wrong: count((task) => task.wrong.length),
    mistakes: count((task) => task.mistakes.length), rules: lesson.never.length + count((task) => task.never.length),
    questions: lesson.blocks.reduce((sum, block) => sum + (block.kind === 'quiz' ? 1 : block.kind === 'predict' ? questionsOf(block) : 0), 0),
    failures, onTheWay, shown, alone: count((task) => task.goals.length) - onTheWay.length,
  };
}

function checkPrediction(block: Predict, host: HostApi, hosts: ContractHosts): string[] {
  try {
    const answers = predictAnswers(block, () => hosts.copy(host));
    if (block.form === 'owner' && answers.includes('nowhere')) return [`prediction ${block.id}: there is nothing at ${block.rows[answers.indexOf('nowhere')]!.at}`];
    if (block.form !== 'output' || !block.choices.length) return [];
    const right = block.choices.filter((choice) => isRight(choice, answers[0]!));
    return right.length === 1 ? [] : [`prediction ${block.id}: ${right.length} of its choices are what was printed: ${answers[0]}`];
  } catch (error) {
    return [`prediction ${block.id}: ${(error as Error).message}`];
  }
}

class TaskCheck {
  readonly failures: string[] = [];
  readonly onTheWay: readonly string[];
  /** The conditions of the invariants that wrong routes broke. */
  readonly broken = new Set<string>();
  /** After the solution. */
  readonly solved: Moment;
  readonly #task: Task;
  readonly #hosts: ContractHosts;
  readonly #start: Moment;
  /** Every state that was seen, judged. */
  readonly #seen: TaskVerdict[] = [];

  constructor(task: Task, start: Moment, hosts: ContractHosts) {
    this.#task = task;
    this.#hosts = hosts;
    this.#start = start;
    const verdict = this.#judge(start.host);
    if (verdict.done) this.#fail('it is solved before anything was done');
    verdict.goals.forEach((goal, index) => {
      if (goal.holds && task.goals.length === 1) this.#fail(`goal ${index} holds before anything was done`);
    });
    if (verdict.mistake !== undefined) this.#fail(`mistake ${verdict.mistake} answers before anything was done`);
    if (brokenIn(this.#world(start.host), this.#never) >= 0) this.#fail('a rule is broken before anything was done');
    if (task.also.length < 2) this.#fail('it needs at least two other routes');
    this.solved = this.#walk(task.solution);
    this.#route(this.solved, 'its solution');
    for (const route of task.also) this.#route(this.#walk(route), `the other route ${route.trim()}`);
    for (const route of task.wrong) this.#wrong(route);
    const answered = new Set(task.wrong.map((route) => route.says));
    task.mistakes.forEach((_, index) => {
      if (!answered.has(index)) this.#fail(`no wrong route shows mistake ${index}`);
      if (this.#judge(this.solved.host).mistake === index) this.#fail(`mistake ${index} answers to the solution`);
    });
    this.onTheWay = this.#implied();
    this.#goBack();
    this.#hints();
  }

  get #never() {
    return [...this.#start.session.lesson.never, ...this.#task.never];
  }

  #fail(reason: string): void {
    this.failures.push(`task ${this.#task.id}: ${reason}`);
  }

  #world(host: HostApi) {
    return worldOf(host, new Map(this.#start.session.progress.canaries));
  }

  #judge(host: HostApi): TaskVerdict {
    const verdict = judgeTask(this.#task, host, new Map(this.#start.session.progress.canaries), () => this.#hosts.copy(host));
    this.#seen.push(verdict);
    return verdict;
  }

  /** A copy of host and progress, after commands. */
  #walk(commands: string): Moment {
    const { host, session } = this.#start;
    const copy = this.#hosts.copy(host);
    const next = new LessonSession(session.lesson, () => this.#hosts.copy(copy), session.progress);
    copy.run(commands);
    next.judge(copy);
    if (JSON.stringify(copy.log.slice(0, host.log.length)) !== JSON.stringify(host.log)) this.#fail(`there is no way back from ${commands.trim()}`);
    return { host: copy, session: next };
  }

  /** The solution step by step, and back again: each moment is the same as on the way there. */
  #goBack(): void {
    const host = this.#hosts.copy(this.#start.host);
    const moments: { readonly entries: number; readonly hash: string }[] = [];
    for (const step of steps(this.#task.solution)) {
      moments.push({ entries: host.log.length, hash: host.hash() });
      host.run(step);
    }
    for (const { entries, hash } of moments.toReversed()) if (this.#hosts.before(host, entries).hash() !== hash) this.#fail(`undo to entry ${entries} ends in another state`);
  }

  /** Goals that no change of the solved world breaks alone; each must at least have been the first to fail somewhere. */
  #implied(): string[] {
    const { host } = this.solved;
    const probes = new Map(this.#task.goals.flatMap(({ probe }) => (probe === undefined ? [] : [[probe, this.#hosts.copy(host).run(probe)] as const])));
    const seen = this.#seen.map(({ goals }) => goals.flatMap((goal, index) => (goal.holds ? [] : [index])));
    return neverAlone(this.#task, { world: this.#world(host), probes }).filter((index) => !seen.some((failing) => failing.length === 1 && failing[0] === index)).map((index) => {
      const name = `task ${this.#task.id}, goal ${index}: ${this.#task.goals[index]!.that}`;
      if (!seen.some((failing) => failing[0] === index)) this.#fail(`goal ${index} decides in no state that was tried: ${this.#task.goals[index]!.that}`);
      return name;
    });
  }

  #route({ host, session }: Moment, name: string): void {
    if (session.progress.done.includes(this.#task.id)) return this.#spots(host, name);
    const broken = brokenIn(this.#world(host), this.#never);
    if (broken >= 0) return this.#fail(`${name} breaks the rule ${this.#never[broken]!.that}`);
    const { goals } = this.#judge(host);
    const lacking = goals.findIndex((goal) => !goal.holds);
    this.#fail(`${name} does not solve it: ${lacking < 0 ? 'its goals hold, but not in this order' : `goal ${lacking}: ${goals[lacking]!.notYet ?? this.#task.goals[lacking]!.that}`}`);
  }

  /** What the aha names is there, on whichever way. */
  #spots(host: HostApi, name: string): void {
    const world = this.#world(host);
    for (const shown of this.#task.aha?.show ?? []) if (!spotsOf(shown, world).length) this.#fail(`the aha shows ${shown}, which is not there after ${name}`);
  }

  #wrong({ run, says, breaks }: Task['wrong'][number]): void {
    const { host } = this.#walk(run);
    const broken = brokenIn(this.#world(host), this.#never);
    if (broken >= 0) this.broken.add(this.#never[broken]!.that);
    if (broken !== (breaks ?? -1)) return this.#fail(`${run.trim()} should break ${breaks === undefined ? 'no rule' : `rule ${breaks}`}, and breaks ${broken < 0 ? 'none' : broken}`);
    const verdict = this.#judge(host);
    if (breaks !== undefined && says === undefined) return;
    if (verdict.done) this.#fail(`a wrong route solves it: ${run.trim()}`);
    else if (verdict.mistake !== says) this.#fail(`${run.trim()} should be answered by ${says === undefined ? 'no mistake' : `mistake ${says}`}, and is by ${verdict.mistake ?? 'none'}`);
    else if (says === undefined && !verdict.goals.some((goal) => goal.notYet)) this.#fail(`nothing is said to ${run.trim()}`);
  }

  /** A hint with a condition is of use when some state shows it and some state does not. */
  #hints(): void {
    this.#task.hints.forEach(({ when }, index) => {
      if (when === undefined) return;
      const shown = this.#seen.filter((verdict) => verdict.hints.includes(index)).length;
      if (shown === 0 || shown === this.#seen.length) this.#fail(`hint ${index} is told in ${shown ? 'every' : 'no'} state that was tried: ${when}`);
    });
  }
}

/** Simple commands, cut where the next one begins; nothing is cut inside quotes, braces or here-documents. */
function steps(commands: string): string[] {
  const lines = commands.trim().split('\n');
  return /<<|\\$|\b(do|then|case)\b|^\s*\w+\s*\(\)/m.test(commands) || lines.some((line) => (line.match(/['"]/g)?.length ?? 0) % 2) ? [commands] : lines;
}
