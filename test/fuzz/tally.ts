// How often each command was run.

import { commandOf, type FuzzStep, type Sequence } from './step.ts';

const words = ({ before, ops, after }: FuzzStep): string[] => {
  const command = commandOf({ before, ops, after });
  const docker = /\bdocker ((?:(?:volume|container|image|system) )?\w+)/.exec(before)?.[1];
  return [...(docker ? [`docker ${docker}`] : []), ...(ops.length ? ops : docker ? [] : [command]).map((op) => /^[\w:]+/.exec(op)?.[0] ?? op)];
};

export class Tally {
  sequences = 0;
  /** Whole command lines. */
  commands = 0;
  readonly #counts = new Map<string, number>();

  add({ steps }: Sequence): void {
    this.sequences++;
    this.commands += steps.length;
    for (const word of steps.flatMap(words)) this.#counts.set(word, (this.#counts.get(word) ?? 0) + 1);
  }

  /** `docker exec 812, echo 799, …` */
  toString(): string {
    return [...this.#counts].toSorted(([, a], [, b]) => b - a).map(([word, count]) => `${word} ${count}`).join(', ');
  }
}
