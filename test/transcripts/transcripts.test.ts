// Every recorded transcript, command by command: the same as the real engine, but for the differences that are known.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordedFiles, replay } from './replay.ts';

/** File → command (from 1) → why it differs. Exact: what no longer differs must be taken out. */
const path = join(import.meta.dirname, 'known-differences.json');
const known = (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}) as Record<string, Record<string, string>>;

describe('transcripts', () => {
  for (const file of recordedFiles()) {
    it(file, () => {
      const { differences, faults } = replay(file);
      expect(faults).toEqual([]);
      const expected = known[file] ?? {};
      const unexpected = differences.filter(({ step }) => !(step in expected));
      expect(unexpected.map(({ simulated: { stdout, stderr, exit, cmd } }) => ({ cmd, stdout, stderr, exit })))
        .toEqual(unexpected.map(({ real: { stdout, stderr, exit, cmd } }) => ({ cmd, stdout, stderr, exit })));
      const gone = Object.keys(expected).filter((step) => !differences.some((difference) => String(difference.step) === step));
      expect(gone, 'these known differences differ no more: take them out').toEqual([]);
    });
  }
});
