// BLAKE2b, without a key.

import type { Bytes } from '../../../base/bytes.ts';
import type { Hash } from './block-hash.ts';
import { fractions } from './sha512.ts';

const WORD = 0xffff_ffff_ffff_ffffn;
const SIGMA = '0123456789abcdef ea489fd61c02b753 b8c052fdae367194 7931dcbe265a40f8 905724afe1bc683d 2c6a0b834d75fe19 c51fed4a0763928b db7ec13950f4862a 6fe9b308c2d714a5 a2847615fb9e3cd0'.split(' ')
  .map((row) => Array.from(row, (digit) => Number.parseInt(digit, 16)));
const MIX = [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15], [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]];

export class Blake2b implements Hash {
  readonly #bytes: number;
  readonly #start: bigint[];
  readonly #state: bigint[];
  readonly #block = new Uint8Array(128);
  #used = 0;
  #length = 0n;

  constructor(bits = 512) {
    this.#bytes = bits / 8;
    const halves = fractions(8, 2);
    this.#start = Array.from({ length: 8 }, (_, i) => (BigInt(halves[2 * i]! >>> 0) << 32n) | BigInt(halves[2 * i + 1]! >>> 0));
    this.#state = [...this.#start];
    this.#state[0]! ^= 0x0101_0000n ^ BigInt(this.#bytes);
  }

  update(bytes: Bytes): void {
    for (let at = 0; at < bytes.length;) {
      // The last block is not known to be the last before the end.
      if (this.#used === 128) this.#compress(false);
      const part = bytes.subarray(at, at + 128 - this.#used);
      this.#block.set(part, this.#used);
      this.#used += part.length;
      at += part.length;
    }
  }

  hex(): string {
    this.#block.fill(0, this.#used);
    this.#compress(true);
    const out = this.#state.flatMap((word) => Array.from({ length: 8 }, (_, i) => Number((word >> BigInt(8 * i)) & 0xffn)));
    return out.slice(0, this.#bytes).map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  #compress(last: boolean): void {
    this.#length += BigInt(this.#used);
    this.#used = 0;
    const view = new DataView(this.#block.buffer);
    const words = Array.from({ length: 16 }, (_, i) => view.getBigUint64(8 * i, true));
    const v = [...this.#state, ...this.#start];
    v[12]! ^= this.#length;
    if (last) v[14]! ^= WORD;
    const turn = (value: bigint, by: bigint): bigint => ((value >> by) | (value << (64n - by))) & WORD;
    for (let round = 0; round < 12; round++) {
      const order = SIGMA[round % 10]!;
      for (const [i, [a, b, c, d]] of MIX.entries() as ArrayIterator<[number, [number, number, number, number]]>) {
        for (const [x, first, second] of [[words[order[2 * i]!]!, 32n, 24n], [words[order[2 * i + 1]!]!, 16n, 63n]] as const) {
          v[a] = (v[a]! + v[b]! + x) & WORD;
          v[d] = turn(v[d]! ^ v[a], first);
          v[c] = (v[c]! + v[d]) & WORD;
          v[b] = turn(v[b]! ^ v[c], second);
        }
      }
    }
    for (let i = 0; i < 8; i++) this.#state[i]! ^= v[i]! ^ v[i + 8]!;
  }
}
