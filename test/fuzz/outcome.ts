// What a sequence has led to, and how two outcomes differ.

import { mask, type Step } from '../transcripts/transcript.ts';

export interface Outcome {
  readonly steps: readonly Step[];
  /** `treeLines` of everything that is left. */
  readonly trees: readonly string[];
  /** Bugs that escaped, or why it could not be run to its end. */
  readonly faults: readonly string[];
}

export interface Difference {
  /** Index of the first command that differs; undefined when only the final trees do. */
  readonly step: number | undefined;
  readonly text: string;
}

const quote = (mark: string, text: string): string[] => text.replace(/\n$/, '').split('\n').map((line) => `  ${mark} ${line}`);

/** What the real client logs when its copy fails, if it comes to it: not compared. */
const settled = (steps: readonly Step[]): Step[] => mask(steps).map((step) => ({ ...step, stderr: step.stderr.replace(/^time="<time>" level=error msg="Can't add file .*\n/gm, '') }));

export function compare(real: Outcome, ours: Outcome): Difference | undefined {
  if (ours.faults.length || real.faults.length) return { step: undefined, text: [...real.faults.map((f) => `REAL: ${f}`), ...ours.faults.map((f) => `FAULT: ${f}`)].slice(0, 3).join('\n') };
  const simulated = settled(ours.steps);
  const differing = settled(real.steps).flatMap((left, index) => {
    const right = simulated[index]!;
    const lines = (['stdout', 'stderr', 'exit'] as const).filter((key) => left[key] !== right[key]).flatMap((key) => [` ${key}`, ...quote('-', String(left[key])), ...quote('+', String(right[key]))]);
    return lines.length ? [{ index, text: [`$ ${left.cmd}`, ...lines].join('\n') }] : [];
  });
  if (differing.length) return { step: differing[0]!.index, text: differing.map(({ text }) => text).join('\n') };
  const [there, here] = [new Set(real.trees), new Set(ours.trees)];
  const lines = [...real.trees.filter((line) => !here.has(line)).map((line) => `  - ${line}`), ...ours.trees.filter((line) => !there.has(line)).map((line) => `  + ${line}`)];
  return lines.length ? { step: undefined, text: ['trees', ...lines.toSorted((x, y) => (x.slice(4) < y.slice(4) ? -1 : 1))].join('\n') } : undefined;
}
