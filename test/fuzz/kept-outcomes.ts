// Outcomes of the real engine in a folder: asked once, compared with ours after every change.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Outcome } from './outcome.ts';
import { commandOf, type Sequence } from './step.ts';

export class KeptOutcomes {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  #path({ prefix }: Sequence): string {
    return join(this.#folder, `${prefix}.json.gz`);
  }

  /** Only of the very same commands. */
  get(sequence: Sequence): Outcome | undefined {
    if (!existsSync(this.#path(sequence))) return undefined;
    const outcome = JSON.parse(gunzipSync(readFileSync(this.#path(sequence))).toString('utf8')) as Outcome;
    return outcome.steps.map(({ cmd }) => cmd).join('\n') === sequence.steps.map(commandOf).join('\n') ? outcome : undefined;
  }

  set(sequence: Sequence, outcome: Outcome): void {
    if (!outcome.faults.length) writeFileSync(this.#path(sequence), gzipSync(JSON.stringify(outcome)));
  }
}
