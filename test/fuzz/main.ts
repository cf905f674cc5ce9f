// `npm run fuzz -- [--seed N] [--count N] [--against real|model]`: sequences on ours and on another, and where they differ. Options below.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from './generate.ts';
import { KeptOutcomes } from './kept-outcomes.ts';
import { runModel } from './model.ts';
import { compare, type Difference, type Outcome } from './outcome.ts';
import { cleanReal, prepareReal, runReal } from './real.ts';
import { formatRegression } from './regression.ts';
import { shrink } from './shrink.ts';
import { runOnSharedHost, runSimulated } from './simulated.ts';
import { commandOf, type Sequence } from './step.ts';
import { Tally } from './tally.ts';

const flag = { type: 'boolean', default: false } as const;
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' }, count: { type: 'string', default: '100' }, against: { type: 'string', default: 'model' },
    /** What runs bash on the host of a real engine: `ssh box bash`. */
    real: { type: 'string', default: process.env['STOWAGE_REAL'] ?? '' },
    /** Sequences at once on the real engine. */
    jobs: { type: 'string', default: '2' },
    /** A folder of the real engine's outcomes: what is there is not asked again. */
    keep: { type: 'string' },
    /** Only ask the real engine, only compare with what is kept, or only show the first sequence. */
    ask: flag, kept: flag, show: flag,
    /** A folder for regressions: the shrunk sequences with the real engine's outcome. */
    save: { type: 'string' },
    'no-shrink': flag, brief: flag,
  },
});
const against = values.against, first = Number(values.seed), count = Number(values.count);
const usesReal = against === 'real' && !values.kept;
if (usesReal && !values.real) throw new Error('--real COMMAND (or STOWAGE_REAL): what runs bash on the host of a real engine');
const kept = values.keep === undefined ? undefined : new KeptOutcomes(values.keep);

const print = (sequence: Sequence, found: Difference): void => {
  for (const [index, step] of sequence.steps.entries()) console.log(`${index === found.step ? '>' : ' '} ${commandOf(step)}`);
  console.log(found.text);
};

const tally = new Tally();
let preparing = Promise.resolve();
let next = first, done = 0, differences = 0;
const began = performance.now();

const summary = (): string => {
  const minutes = (performance.now() - began) / 60_000;
  return `# ${tally.sequences} sequences, ${tally.commands} commands, ${differences} differ, ${(tally.sequences / minutes).toFixed(0)} sequences per minute`;
};

async function work(): Promise<void> {
  while (next < first + count) {
    const seed = next++;
    const differing = against === 'model' ? model(seed) : await real(seed);
    if (differing) differences++;
    if (++done % 100 === 0 || done === count) console.log(against === 'model' ? `# ${done} of ${count} sequences, ${differences} differ` : summary());
  }
}

function model(seed: number): boolean {
  const found = runModel(seed);
  if (found) console.log(`\n== ${found}`);
  return found !== undefined;
}

async function ask(sequence: Sequence): Promise<Outcome> {
  const outcome = await runReal(values.real, sequence);
  kept?.set(sequence, outcome);
  return outcome;
}

async function real(seed: number): Promise<boolean> {
  let sequence = generate(seed);
  let theirs = kept?.get(sequence);
  if (values.kept && !theirs) return false;
  theirs ??= await ask(sequence);
  tally.add(sequence);
  if (values.ask) return false;
  if (!compare(theirs, runOnSharedHost(sequence))) return false;
  let found = compare(theirs, runSimulated(sequence));
  if (!found) return false;
  if (usesReal) {
    // Others may have disturbed the real engine: only what differs again counts.
    await (preparing = preparing.then(() => prepareReal(values.real)));
    found = compare(await ask(sequence), runSimulated(sequence));
    if (!found) return false;
  }
  console.log(`\n== seed ${seed}`);
  if (usesReal && !values['no-shrink'] && !values.brief) {
    const kind = found.text.startsWith('trees');
    sequence = await shrink(sequence, async (shorter) => {
      const now = compare(await runReal(values.real, shorter), runSimulated(shorter));
      // A sequence cut short may differ in another way: good too, but never for want of its commands.
      if (!now || (now.step === undefined && now.text.startsWith('REAL')) || now.text.startsWith('trees') !== kind) return false;
      found = now;
      return true;
    });
    if (values.save) {
      mkdirSync(values.save, { recursive: true });
      writeFileSync(join(values.save, `${seed}.txt`), formatRegression(await runReal(values.real, sequence), `seed ${seed}`));
    }
  }
  if (values.brief) console.log(found.text);
  else print(sequence, found);
  return true;
}

if (values.show) for (const step of generate(first).steps) console.log(commandOf(step));
else {
  if (usesReal) await prepareReal(values.real);
  await Promise.all(Array.from({ length: usesReal ? Number(values.jobs) : 1 }, work));
  if (against === 'real') console.log(`# ${tally}`);
  if (usesReal && !values.keep) await cleanReal(values.real);
  process.exitCode = differences ? 1 : 0;
}
