// Whether a goal holds, and if not, what to tell the learner.

import type { RunResult } from '../../host/host-api.ts';
import type { Goal, Html, Invariant, Task } from '../lesson.ts';
import { inlineHtml } from '../prose.ts';
import { evaluate } from './expression.ts';
import { Absent, type Clone, type GoalHost, type RememberedCanary, type World, worldOf } from './world.ts';

export interface GoalVerdict {
  readonly holds: boolean;
  /** While it does not hold. */
  readonly notYet?: Html;
}

export interface TaskVerdict {
  readonly goals: readonly GoalVerdict[];
  readonly done: boolean;
  /** The first mistake that is recognised, by its index. */
  readonly mistake?: number;
  /** The rungs of the ladder that fit this state, by their index. */
  readonly hints: readonly number[];
}

/** `clone` makes a copy of the host for probes; it is only asked for when a goal has one and all before it hold. */
export function judgeTask(task: Task, host: GoalHost, canaries: ReadonlyMap<string, RememberedCanary>, clone: Clone): TaskVerdict {
  return judgeIn(worldOf(host, canaries), task, clone);
}

export function judgeIn(world: World, task: Task, clone: Clone): TaskVerdict {
  const goals: GoalVerdict[] = [];
  /** What is asked by several goals is tried once. */
  const tried = new Map<string, RunResult>();
  const attempt = (command: string): RunResult => {
    const known = tried.get(command) ?? clone().run(command);
    tried.set(command, known);
    return known;
  };
  for (const goal of task.goals) {
    const open = goals.every((verdict) => verdict.holds);
    if (goal.probe !== undefined && !open) goals.push({ holds: false });
    else goals.push(judgeGoal(goal, goal.probe === undefined ? world : { ...world, probe: attempt(goal.probe) }));
  }
  const done = goals.every((verdict) => verdict.holds);
  const mistake = done ? -1 : task.mistakes.findIndex(({ when }) => holds(when, world));
  const hints = [...task.hints.keys()].filter((index) => holds(task.hints[index]!.when ?? 'true', world));
  return { goals, done, hints, ...(mistake >= 0 && { mistake }) };
}

/** The first of these that has come about. */
export const brokenIn = (world: World, never: readonly Invariant[]): number => never.findIndex(({ that }) => holds(that, world));

export function judgeGoal(goal: Goal, world: World): GoalVerdict {
  try {
    if (evaluate(goal.that, world) === true) return { holds: true };
  } catch (error) {
    if (error instanceof Absent) return { holds: false, notYet: inlineHtml(`Not yet: ${error.message}.`) };
    // A field that is not there: the condition does not hold.
  }
  return { holds: false, ...(goal.notYet !== undefined && { notYet: inlineHtml(`Not yet: ${fill(goal.notYet, world)}`) }) };
}

function holds(condition: string, world: World): boolean {
  try {
    return evaluate(condition, world) === true;
  } catch {
    return false;
  }
}

/** `{expression}` in a message is replaced by its value. */
function fill(message: string, world: World): string {
  return message.replace(/\{([^{}]+)\}/g, (_, expression: string) => {
    try {
      return plain(evaluate(expression, world));
    } catch (error) {
      return error instanceof Absent ? error.message : 'nothing';
    }
  });
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.length ? value.map(plain).join(', ') : 'none';
  if (typeof value === 'object' && value !== null) return JSON.stringify(value, (_, held: unknown) => (typeof held === 'bigint' ? Number(held) : held));
  return String(value);
}
