// What once differed from the real engine is as the real engine left it; and an overlay looks like a plain copy.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compare } from './outcome.ts';
import { parseRegression } from './regression.ts';
import { runSimulated } from './simulated.ts';

const folder = new URL('regressions/', import.meta.url);

describe('sequences that once failed', () => {
  for (const file of readdirSync(folder)) {
    test(file.replace('.txt', ''), () => {
      const { sequence, outcome } = parseRegression(readFileSync(new URL(file, folder), 'utf8'));
      expect(compare(outcome, runSimulated(sequence))?.text).toBeUndefined();
    });
  }
});
