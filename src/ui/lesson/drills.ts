// The drills of an interview: which are done and how, which comes next, and the way to them from the command palette.

import course from 'virtual:course';
import { offer } from '../app/page-command.ts';
import type { StowageApp } from '../app/stowage-app.ts';
import { progressStore } from './progress-store.ts';

export const drills = course.drills;

const isProved = (id: string): boolean => progressStore.drill(id)?.proved === true;

/** The first one after `id` that is not proved, else the first of all that is not; undefined when all are. */
export function nextDrill(id?: string): (typeof drills)[number] | undefined {
  const from = drills.findIndex((drill) => drill.id === id) + 1;
  return [...drills.slice(from), ...drills.slice(0, from)].find((drill) => drill.id !== id && !isProved(drill.id));
}

/** How it went, in a few words; undefined when it was not done. */
export function drillResult(id: string): string | undefined {
  const result = progressStore.drill(id);
  if (!result) return undefined;
  const { points, of, proved, looked, seconds } = result;
  return [proved ? (looked ? 'proved, after a look at the answer' : '✓ proved') : 'answer read', `${points.length} of ${of} points`, ...(seconds === undefined ? [] : [`${seconds} s`])].join(', ');
}

/** All of them, in figures: `4 of 10 proved`. */
export const drillCount = (): string => `${drills.filter(({ id }) => isProved(id)).length} of ${drills.length} proved`;

export function offerDrills(app: StowageApp): void {
  const open = (id: string): boolean => app.renderRoot.dispatchEvent(new CustomEvent('open-lesson', { detail: { id, fresh: true } }));
  offer(
    { name: 'Interview drills: the next question', group: 'Lesson', also: 'practise exam mock questions answer prove', run: () => open((nextDrill() ?? drills[0]!).id) },
    ...drills.map(({ id, title }, index) => ({ name: `Drill ${index + 1}: ${title}`, group: 'Lesson' as const, also: 'interview question', run: () => open(id) })),
  );
}
