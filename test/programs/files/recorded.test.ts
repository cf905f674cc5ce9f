// The file tools against what the real ones printed: GNU on the host, BusyBox in a container.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHost } from '../../../src/host/create-host.ts';
import { SIM_OPTIONS } from '../../../src/headless/sim-options.ts';
import { mask, parseTranscript } from '../../transcripts/transcript.ts';

const RECORDED = join(import.meta.dirname, 'recorded');

describe('file tools', () => {
  for (const file of readdirSync(RECORDED).toSorted()) {
    it(file, () => {
      const steps = parseTranscript(readFileSync(join(RECORDED, file), 'utf8'));
      const host = createHost(SIM_OPTIONS);
      const faults: unknown[] = [];
      host.onFault((error) => faults.push(error));
      const simulated = mask(steps.map(({ cmd }) => ({ cmd, ...host.run(cmd) })));
      expect(faults).toEqual([]);
      expect(simulated).toEqual(mask(steps).map(({ cmd, stdout, stderr, exit }) => ({ cmd, stdout, stderr, exit })));
    });
  }
});
