// Play a transcript on a simulated host and tell which commands differ from what the real engine printed.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHost } from '../../src/host/create-host.ts';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import { mask, parseTranscript, type Step } from './transcript.ts';

export const RECORDED = join(import.meta.dirname, 'recorded');

export interface Difference {
  /** Which command of the file, from 1. */
  readonly step: number;
  readonly real: Step;
  readonly simulated: Step;
}

export interface Replay {
  readonly commands: number;
  readonly differences: readonly Difference[];
  /** Bugs of ours that escaped on the way. */
  readonly faults: readonly string[];
}

/** Relative paths of all transcripts, sorted. */
export function recordedFiles(): string[] {
  return readdirSync(RECORDED, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.transcript')).toSorted();
}

export function replay(file: string): Replay {
  const steps = parseTranscript(readFileSync(join(RECORDED, file), 'utf8'));
  const host = createHost(SIM_OPTIONS);
  const faults: string[] = [];
  host.onFault((error) => faults.push(error.stack ?? error.message));
  const simulated = mask(steps.map((step) => ({ cmd: step.cmd, ...host.run(step.cmd) })));
  const differences = mask(steps).flatMap((real, index): Difference[] => {
    const ours = simulated[index]!;
    return real.stdout === ours.stdout && real.stderr === ours.stderr && real.exit === ours.exit ? [] : [{ step: index + 1, real, simulated: ours }];
  });
  return { commands: steps.length, differences, faults };
}
