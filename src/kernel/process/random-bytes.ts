// Random bytes from the seeded source.

import type { Bytes } from '../../base/bytes.ts';
import type { Random } from '../../base/random.ts';

export function randomBytes(random: Random, length: number): Bytes {
  const words = new Uint32Array(Math.ceil(length / 4));
  for (let i = 0; i < words.length; i++) words[i] = random.uint32();
  return new Uint8Array(words.buffer, 0, length);
}
