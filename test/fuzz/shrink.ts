// A shorter sequence that still differs.

import type { FuzzStep, Sequence } from './step.ts';

/** Drop commands, then parts of them, in ever smaller pieces, while `differs` says yes; at most `tries` questions. */
export async function shrink(sequence: Sequence, differs: (shorter: Sequence) => Promise<boolean>, tries = 60): Promise<Sequence> {
  let best = sequence, left = tries;
  const attempt = async (steps: readonly FuzzStep[]): Promise<boolean> => {
    if (left-- <= 0) return false;
    const shorter = { ...sequence, steps };
    if (!await differs(shorter)) return false;
    best = shorter;
    return true;
  };
  for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    // From the end: later commands depend on earlier ones. The first makes the directory.
    for (let end = best.steps.length; end > 1; end -= size) {
      const start = Math.max(1, end - size);
      await attempt([...best.steps.slice(0, start), ...best.steps.slice(end)]);
    }
  }
  for (let index = best.steps.length - 1; index > 0; index--) {
    for (let op = best.steps[index]!.ops.length - 1; op >= 0 && best.steps[index]!.ops.length > 1; op--) {
      const step = best.steps[index]!;
      await attempt(best.steps.with(index, { ...step, ops: step.ops.toSpliced(op, 1) }));
    }
  }
  return best;
}
