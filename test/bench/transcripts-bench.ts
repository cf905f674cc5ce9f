// All recorded transcripts: how long their replay takes, and what a command in them costs.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import { createHost } from '../../src/host/create-host.ts';
import { RECORDED, recordedFiles } from '../transcripts/replay.ts';
import { parseTranscript } from '../transcripts/transcript.ts';
import { median, row, timed } from './measure.ts';

export function benchTranscripts(): void {
  const costs: number[] = [];
  const files = recordedFiles();
  const all = timed(() => {
    for (const file of files) {
      const host = createHost(SIM_OPTIONS);
      for (const { cmd } of parseTranscript(readFileSync(join(RECORDED, file), 'utf8'))) costs.push(timed(() => host.run(cmd)));
    }
  });
  row(`${files.length} transcripts, ${costs.length} commands`, `${(all / 1000).toFixed(1)} s`, `a command: median ${median(costs).toFixed(2)} ms, most ${Math.max(...costs).toFixed(0)} ms`);
}
