// Without a real engine: a container's root, an overlay, must look like a plain copy of it that the same commands were run on.

import { Random } from '../../src/base/random.ts';

export function runModel(seed: number): boolean {
  void new Random(seed);
  return false;
}
