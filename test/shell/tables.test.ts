// What the real shells print for each script of the tables in `cases/`, printed by ours: [script, stdout, stderr, exit].

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TestMachine } from './machine.ts';

type Case = readonly [script: string, stdout: string, stderr: string, exit: number];
const TABLES = { 'bash-posix': 'bash', bash: 'bash', 'bash-scripts': 'bash', 'bash-more': 'bash', 'ash-posix': 'ash', ash: 'ash' } as const;

for (const [table, dialect] of Object.entries(TABLES)) {
  const cases = JSON.parse(readFileSync(join(import.meta.dirname, 'cases', `${table}.json`), 'utf8')) as Case[];
  describe(table, () => {
    it.each(cases)('%s', (script, stdout, stderr, exit) => {
      const machine = new TestMachine(dialect);
      const outcome = dialect === 'bash' ? machine.run('/usr/bin/bash', ['bash', '-c', script]) : machine.run('/bin/sh', ['sh', '-c', script]);
      expect(machine.faults).toEqual([]);
      expect(outcome).toEqual({ stdout, stderr, exit });
    });
  });
}
