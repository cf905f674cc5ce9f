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

/** Not compared: what the real client logs when its copy fails, if it comes to it; and how a pull of what is not there ends. */
const settled = (steps: readonly Step[]): Step[] =>
  mask(steps.map((step) => ({ ...step, stderr: step.stderr.replace(/^time="[^"]*" level=error msg="Can't add file .*\n/gm, '').replace(/(?<=^Unable to find image .*\n)[^]*/m, '').replace(/safe-mount\d+/g, 'safe-mount') })));

/** Anonymous volumes by where they are and what is in them: who of several containers has one is found by chance. */
function named(trees: readonly string[]): string[] {
  const volumes = new Map<string, string[]>(), rest: string[] = [];
  for (const line of trees) {
    const [, label, entry] = /^(anonymous [^:]*): (.*)/.exec(line) ?? [];
    if (label !== undefined) (volumes.get(label) ?? volumes.set(label, []).get(label)!).push(entry!);
    else if (!line.startsWith('[anonymous ')) rest.push(line);
  }
  const texts = [...volumes].map(([label, entries]) => `${/\/\S*/.exec(label)?.[0]}\n${entries.join('\n')}`).toSorted();
  return [...rest, ...texts.flatMap((text, index) => text.split('\n').map((line, at, [place]) => `anonymous ${index + 1} ${at ? `${place}: ${line}` : place}`))];
}

/** The lines of each that the other lacks; those that only stand elsewhere when there are none. */
function lacking(left: string, right: string): string[] {
  const less = (from: string, of: string): string[] => {
    const rest = of.split('\n');
    return from.split('\n').filter((line) => {
      const at = rest.indexOf(line);
      if (at >= 0) rest.splice(at, 1);
      return at < 0;
    });
  };
  const [gone, come] = [less(left, right), less(right, left)];
  if (!gone.length && !come.length) return [...quote('-', left), ...quote('+', right)];
  return [...gone.map((line) => `  - ${line}`), ...come.map((line) => `  + ${line}`)];
}

export function compare(real: Outcome, ours: Outcome): Difference | undefined {
  if (ours.faults.length || real.faults.length) return { step: undefined, text: [...real.faults.map((f) => `REAL: ${f}`), ...ours.faults.map((f) => `FAULT: ${f}`)].slice(0, 3).join('\n') };
  const simulated = settled(ours.steps);
  const differing = settled(real.steps).flatMap((left, index) => {
    const right = simulated[index]!;
    const lines = (['stdout', 'stderr', 'exit'] as const).filter((key) => left[key] !== right[key]).flatMap((key) => [` ${key}`, ...lacking(String(left[key]), String(right[key]))]);
    return lines.length ? [{ index, text: [`$ ${left.cmd}`, ...lines].join('\n') }] : [];
  });
  if (differing.length) return { step: differing[0]!.index, text: differing.map(({ text }) => text).join('\n') };
  const [theirs, own] = [named(real.trees), named(ours.trees)];
  const [there, here] = [new Set(theirs), new Set(own)];
  const lines = [...theirs.filter((line) => !here.has(line)).map((line) => `  - ${line}`), ...own.filter((line) => !there.has(line)).map((line) => `  + ${line}`)];
  return lines.length ? { step: undefined, text: ['trees', ...lines.toSorted((x, y) => (x.slice(4) < y.slice(4) ? -1 : 1))].join('\n') } : undefined;
}
