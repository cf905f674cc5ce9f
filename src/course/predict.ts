// The answers of a prediction, found by doing it: each row is run on a copy of the host, and looked at.

import type { HostApi } from '../host/host-api.ts';
import { evaluate } from './goals/expression.ts';
import { worldOf } from './goals/world.ts';
import type { Predict } from './lesson.ts';

/** One answer a row. `clone` gives a new copy each time. @throws Error when a row's commands or check cannot be carried out */
export function predictAnswers(block: Predict, clone: () => HostApi): readonly boolean[] {
  return block.rows.map((row) => {
    const host = clone();
    if (block.setup) mustRun(host, block.setup);
    mustRun(host, row.run);
    return evaluate(row.survives, worldOf(host, new Map())) === true;
  });
}

function mustRun(host: HostApi, commands: string): void {
  const { exit, stderr } = host.run(commands);
  if (exit !== 0) throw new Error(`\`${commands}\` ended with ${exit}: ${stderr.trim()}`);
}
