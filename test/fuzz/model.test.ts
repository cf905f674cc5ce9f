// A short run of the fuzzer without a real engine: an overlay looks like a plain copy of it.

import { expect, test } from 'vitest';
import { runModel } from './model.ts';

test.each([1, 2, 3, 4, 5, 6])('seed %i', (seed) => {
  expect(runModel(seed)).toBeUndefined();
});
