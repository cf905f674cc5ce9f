// The answers of a prediction, found by doing it: on copies of the host, which are looked at afterwards.

import type { HostApi } from '../host/host-api.ts';
import { carryOut } from '../host/survival.ts';
import { fateOf, follow } from '../host/survival-fate.ts';
import { evaluate } from './goals/expression.ts';
import { worldOf } from './goals/world.ts';
import { makeSubject, SUBJECT } from './grid.ts';
import type { GridEvent, GridPrediction, Predict } from './lesson.ts';

/**
 * One answer for each question of the block, in the order of its rows (a grid's rows are its stores, `events.length` cells each):
 * rows 'yes', 'no'; grid 'kept', 'lost', 'orphaned' (kept, but no container refers to it); owner a kind of place, or 'nowhere';
 * output what was printed.
 */
export type Answers = readonly string[];

/** `clone` gives a new copy each time. @throws Error when commands or checks cannot be carried out */
export function predictAnswers(block: Predict, clone: () => HostApi): Answers {
  const begin = (): HostApi => {
    const host = clone();
    if (block.setup) mustRun(host, block.setup);
    return host;
  };
  switch (block.form) {
    case 'rows':
      return block.rows.map((row) => {
        const host = begin();
        mustRun(host, row.run);
        return evaluate(row.survives, worldOf(host, new Map())) === true ? 'yes' : 'no';
      });
    case 'output': {
      const { stdout, stderr } = begin().run(block.run);
      return [(stdout + stderr).trimEnd()];
    }
    case 'owner': {
      const host = begin();
      return block.rows.map(({ at }) => host.view(at)?.from.kind ?? 'nowhere');
    }
    case 'grid': {
      const columns = block.events.map((event) => gridColumn(block, event, begin()));
      return block.stores.flatMap((_, store) => columns.map((column) => column[store]!));
    }
  }
}

/** What has become of each store's datum after one event. */
function gridColumn({ container, stores }: GridPrediction, event: GridEvent, host: HostApi): string[] {
  const c = container ?? SUBJECT;
  if (!container) mustRun(host, makeSubject(event.flags));
  const data = stores.map(({ at }) => {
    const content = host.view(at)?.content?.trim();
    const datum = host.look((machine) => follow(machine, at));
    if (!content || !datum) throw new Error(`there is nothing at ${at} to begin with`);
    return { at, content, datum };
  });
  const refusal = carryOut(host, { run: event.run.replaceAll('$c', c) });
  if (refusal !== undefined) throw new Error(`\`${event.run}\` was refused: ${refusal}`);
  return data.map(({ at, content, datum }) => {
    if (event.check) {
      const path = at.slice(at.indexOf(':') + 1);
      return host.run(event.check.replaceAll('$c', c).replaceAll('$path', path)).stdout.includes(content) ? 'kept' : 'lost';
    }
    const { outcome } = host.look((machine) => fateOf(machine, datum));
    return outcome === 'lost' || outcome === 'changed' ? 'lost' : outcome === 'orphaned' ? outcome : 'kept';
  });
}

function mustRun(host: HostApi, commands: string): void {
  const { exit, stderr } = host.run(commands);
  if (exit !== 0) throw new Error(`\`${commands}\` ended with ${exit}: ${stderr.trim()}`);
}
