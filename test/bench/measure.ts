// How the benches measure and print: medians after a warm-up, one row a thing.

/** The middle value. */
export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** ms of one run. */
export function timed(work: () => void): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

/**
 * Median ms of `rounds` runs after as many that do not count: the engine compiles what is run often, and goes on to for a second or two.
 * @param before what each run needs, outside the time
 */
export function repeat(rounds: number, work: () => void, before?: () => void): number {
  const once = (): number => {
    before?.();
    return timed(work);
  };
  for (let i = 0; i < rounds; i++) once();
  return median(Array.from({ length: rounds }, once));
}

/** A line of the bench: what, ours, and beside it whatever there is to compare with. */
export const row = (what: string, ...values: readonly string[]): void => console.log([what.padEnd(36), ...values.map((value) => value.padEnd(16))].join(' ').trimEnd());
