// SHA-3: the Keccak sponge.

import type { Bytes } from '../../../base/bytes.ts';
import type { Hash } from './block-hash.ts';

const WORD = 0xffff_ffff_ffff_ffffn;
const turn = (value: bigint, by: number): bigint => ((value << BigInt(by)) | (value >> BigInt(64 - by))) & WORD;

export class Sha3 implements Hash {
  readonly #bits: number;
  readonly #rate: number;
  readonly #state = Array.from({ length: 25 }, () => 0n);
  #at = 0;

  constructor(bits: number) {
    this.#bits = bits;
    this.#rate = 200 - bits / 4;
  }

  update(bytes: Bytes): void {
    for (const byte of bytes) {
      this.#put(byte, this.#at++);
      if (this.#at === this.#rate) this.#permute();
    }
  }

  hex(): string {
    this.#put(6, this.#at);
    this.#put(0x80, this.#rate - 1);
    this.#permute();
    let text = '';
    for (let i = 0; i < this.#bits / 8; i++) text += Number((this.#state[i >> 3]! >> BigInt(8 * (i & 7))) & 0xffn).toString(16).padStart(2, '0');
    return text;
  }

  #put(byte: number, at: number): void {
    this.#state[at >> 3]! ^= BigInt(byte) << BigInt(8 * (at & 7));
  }

  #permute(): void {
    const s = this.#state;
    this.#at = 0;
    for (let round = 0, lfsr = 1; round < 24; round++) {
      const columns = [0, 1, 2, 3, 4].map((x) => s[x]! ^ s[x + 5]! ^ s[x + 10]! ^ s[x + 15]! ^ s[x + 20]!);
      for (let i = 0; i < 25; i++) s[i]! ^= columns[(i + 4) % 5]! ^ turn(columns[(i + 1) % 5]!, 1);
      for (let [x, y, t, moved] = [1, 0, 0, s[1]!] as [number, number, number, bigint]; t < 24; t++) {
        [x, y] = [y, (2 * x + 3 * y) % 5];
        const at = x + 5 * y, held = s[at]!;
        s[at] = turn(moved, ((t + 1) * (t + 2) / 2) % 64);
        moved = held;
      }
      for (let y = 0; y < 25; y += 5) {
        const row = s.slice(y, y + 5);
        for (let x = 0; x < 5; x++) s[y + x] = row[x]! ^ (~row[(x + 1) % 5]! & WORD & row[(x + 2) % 5]!);
      }
      for (let j = 0; j < 7; j++) {
        if (lfsr & 1) s[0]! ^= 1n << BigInt(2 ** j - 1);
        lfsr = (lfsr << 1) ^ (lfsr & 0x80 ? 0x171 : 0);
      }
    }
  }
}
