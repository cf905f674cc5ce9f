// States in which one goal alone fails: the proof that each goal of a task is needed.

import type { HostApi } from '../host/host-api.ts';
import type { GoalVerdict } from './goals/judge.ts';
import type { Task } from './lesson.ts';

/** Simple commands, cut where the next one begins; nothing is cut inside quotes, braces or here-documents. */
function steps(commands: string): string[] {
  const lines = commands.trim().split('\n');
  return /<<|\\$|\b(do|then|case)\b|^\s*\w+\s*\(\)/m.test(commands) || lines.some((line) => (line.match(/['"]/g)?.length ?? 0) % 2) ? [commands] : lines;
}

/** What a learner may do beside the task, to whatever there is. */
function spoil(host: HostApi): string[] {
  const { containers, volumes, hostPaths } = host.snapshot();
  const names = containers.map(({ inspect }) => inspect.Name.slice(1));
  return [
    ...names.flatMap((name) => [`docker stop -t 0 ${name}`, `docker start ${name}`, `docker rm -f ${name}`, `docker rename ${name} ${name}-2`]),
    ...volumes.map(({ volume }) => `docker volume rm -f ${volume.Name}`),
    ...volumes.map(({ volume }) => `sh -c 'rm -rf ${volume.Mountpoint}/*'`),
    ...hostPaths.flatMap(({ listing, path }) => listing.files.filter((file) => file.kind === 'file').slice(0, 8).map((file) => `rm -f '${path}/${file.path}'`)),
  ];
}

/** Copies that may be made for one task. */
const MOST_ATTEMPTS = 60;

/**
 * The goals for which no such state was found. Tried are, after the states that were `seen` already: the solution and
 * each other route with a step left out or cut short, the wrong routes after the solution, and the solution followed
 * by something that spoils it.
 */
export function onlyFailures(task: Task, start: HostApi, { copy }: { copy(host: HostApi): HostApi }, seen: readonly (readonly GoalVerdict[])[], judge: (host: HostApi) => readonly GoalVerdict[]): number[] {
  const open = new Set(task.goals.keys());
  const look = (goals: readonly GoalVerdict[]): void => {
    const failing = goals.flatMap((goal, index) => (goal.holds ? [] : [index]));
    if (failing.length === 1) open.delete(failing[0]!);
  };
  let attempts = 0;
  const attempt = (commands: readonly string[], from = start): void => {
    if (!open.size || attempts++ >= MOST_ATTEMPTS) return;
    const host = copy(from);
    for (const command of commands) host.run(command);
    look(judge(host));
  };
  seen.forEach(look);
  for (const route of [task.solution, ...task.also]) {
    const parts = steps(route);
    for (let cut = 1; cut < parts.length; cut++) attempt(parts.slice(0, cut));
    for (let left = 0; left < parts.length - 1; left++) attempt(parts.filter((_, index) => index !== left));
  }
  if (open.size) {
    const solved = copy(start);
    solved.run(task.solution);
    for (const { run } of task.wrong) attempt([run], solved);
    for (const command of spoil(solved)) attempt([command], solved);
  }
  return [...open];
}
