// What the real `docker compose` printed for some three hundred files and ten sessions, and what this one prints.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHost } from '../../../src/host/create-host.ts';
import type { HostApi } from '../../../src/host/host-api.ts';
import { SIM_OPTIONS } from '../../../src/headless/sim-options.ts';

interface ConfigCase {
  readonly file: string;
  readonly output: string;
  readonly exit: number;
}

interface Step {
  readonly cmd: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

const read = <T>(name: string): T => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as T;

function boot(directory: string): HostApi {
  const host = createHost(SIM_OPTIONS);
  host.onFault((error) => {
    throw error;
  });
  host.run(`mkdir -p ${directory}; cd ${directory}; exec < /dev/null`);
  return host;
}

/** Times, ids and ages are not compared; lines of progress and of logs that may come in any order are sorted. */
function masked(text: string): string {
  const lines = text.replace(/time="[^"]*"/g, 'time=T').replace(/[0-9a-f]{64}/g, 'ID64').replace(/(?<![\w/])[0-9a-f]{12}(?!\w)/g, 'ID12')
    .replace(/(About an? \w+|Less than a second|\d+ (seconds?|minutes?|hours?)) ago/g, 'AGO').replace(/Up (Less than a second|\d+ seconds?)/g, 'Up N').replace(/ {2,}/g, '  ')
    .replace(/Found orphan containers \(\[([^\]]*)\]\)/, (_, names: string) => `Found orphan containers ([${names.split(' ').sort().join(' ')}])`).split('\n');
  const out: string[] = [];
  let run: string[] = [];
  for (const line of [...lines, undefined]) {
    if (line !== undefined && /^ (Container|Network|Volume|Image) /.test(line)) run.push(line);
    else {
      out.push(...run.sort());
      run = [];
      if (line !== undefined) out.push(line);
    }
  }
  return out.join('\n');
}

describe('docker compose config', () => {
  const cases = read<ConfigCase[]>('config-cases.json');
  const host = boot('/srv/c/e');
  it.each(cases.map((each, i) => [i, each] as const))('file %i', (_, { file, output, exit }) => {
    const quoted = file.replaceAll("'", "'\\''");
    const ran = host.run(`printf %s '${quoted}' > compose.yaml; docker compose config 2>&1`);
    expect({ output: masked(ran.stdout).trimEnd(), exit: ran.exit }).toEqual({ output: masked(output), exit });
  });
});

describe('docker compose', () => {
  for (const [name, steps] of Object.entries(read<Record<string, Step[]>>('sessions.json'))) {
    it(name, () => {
      const host = boot('/srv/c');
      for (const { cmd, stdout, stderr, exit } of steps) {
        const ran = host.run(cmd);
        expect({ cmd, stdout: masked(ran.stdout), stderr: masked(ran.stderr), exit: ran.exit }).toEqual({ cmd, stdout: masked(stdout), stderr: masked(stderr), exit });
      }
    });
  }
});
