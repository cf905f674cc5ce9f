// `npm run fuzz -- [--seed N] [--count N] [--against real|model] [--real COMMAND] [--jobs N] [--no-shrink] [--brief] [--save FOLDER]`: sequences on ours and on another, and where they differ.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from './generate.ts';
import { runModel } from './model.ts';
import { compare, type Difference } from './outcome.ts';
import { cleanReal, prepareReal, runReal } from './real.ts';
import { formatRegression } from './regression.ts';
import { shrink } from './shrink.ts';
import { runSimulated } from './simulated.ts';
import { commandOf, type Sequence } from './step.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' }, count: { type: 'string', default: '100' }, against: { type: 'string', default: 'model' },
    real: { type: 'string', default: process.env['STOWAGE_REAL'] ?? '' }, jobs: { type: 'string', default: '2' },
    'no-shrink': { type: 'boolean', default: false }, save: { type: 'string' }, show: { type: 'boolean', default: false }, brief: { type: 'boolean', default: false },
  },
});
const against = values.against, first = Number(values.seed), count = Number(values.count);
if (against !== 'model' && !values.real) throw new Error('--real COMMAND (or STOWAGE_REAL): what runs bash on the host of a real engine');

async function difference(sequence: Sequence): Promise<Difference | undefined> {
  return compare(await runReal(values.real, sequence), runSimulated(sequence));
}

const print = (sequence: Sequence, found: Difference): void => {
  for (const [index, step] of sequence.steps.entries()) console.log(`${index === found.step ? '>' : ' '} ${commandOf(step)}`);
  console.log(found.text);
};

let preparing = Promise.resolve();
let next = first, done = 0, differences = 0;
const began = performance.now();

async function work(): Promise<void> {
  while (next < first + count) {
    const seed = next++;
    const differing = against === 'model' ? model(seed) : await real(seed);
    done++;
    if (differing) differences++;
    if (done % 100 === 0 || done === count) console.log(`# ${done} of ${count} sequences, ${differences} differ, ${((performance.now() - began) / 1000).toFixed(0)} s`);
  }
}

function model(seed: number): boolean {
  const found = runModel(seed);
  if (found) console.log(`\n== ${found}`);
  return found !== undefined;
}

async function real(seed: number): Promise<boolean> {
  let sequence = generate(seed);
  if (!await difference(sequence)) return false;
  // Others may have disturbed the real engine: only what differs again counts.
  await (preparing = preparing.then(() => prepareReal(values.real)));
  let found = await difference(sequence);
  if (!found) return false;
  console.log(`\n== seed ${seed}`);
  if (!values['no-shrink'] && !values.brief) {
    const kind = found.text.startsWith('trees');
    sequence = await shrink(sequence, async (shorter) => {
      const now = await difference(shorter);
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
  if (against === 'real') await prepareReal(values.real);
  await Promise.all(Array.from({ length: against === 'real' ? Number(values.jobs) : 1 }, work));
  if (against === 'real') await cleanReal(values.real);
  process.exitCode = differences ? 1 : 0;
}
