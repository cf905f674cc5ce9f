// SHA-512 and SHA-384, on pairs of 32-bit halves.

import { BlockHash } from './block-hash.ts';

/** Fractions of square (2) or cube (3) roots of the first primes, 64 bits each, as high and low halves. */
export function fractions(count: number, degree: 2 | 3, skip = 0): Int32Array {
  const halves: number[] = [];
  for (let n = 2; halves.length < (count + skip) * 2; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (!prime) continue;
    const target = BigInt(n) << BigInt(64 * degree);
    let root = BigInt(Math.floor(n ** (1 / degree))) << 64n;
    for (let bit = 1n << 64n; bit; bit >>= 1n) {
      const tried = root + bit;
      if (tried ** BigInt(degree) <= target) root = tried;
    }
    halves.push(Number((root >> 32n) & 0xffff_ffffn) | 0, Number(root & 0xffff_ffffn) | 0);
  }
  return Int32Array.from(halves.slice(skip * 2));
}

const K = fractions(80, 3);

export class Sha512 extends BlockHash {
  readonly #state: Int32Array;
  readonly #digits: number;
  readonly #w = new Int32Array(160);

  constructor(bits: 512 | 384 = 512) {
    super(128, false);
    this.#digits = bits / 4;
    this.#state = bits === 512 ? fractions(8, 2) : fractions(8, 2, 8);
  }

  protected override block(view: DataView, at: number): void {
    const w = this.#w;
    for (let i = 0; i < 32; i++) w[i] = view.getInt32(at + i * 4);
    for (let i = 32; i < 160; i += 2) {
      const ah = w[i - 30]!;
      const al = w[i - 29]!;
      const bh = w[i - 4]!;
      const bl = w[i - 3]!;
      const s0h = (((ah >>> 1) | (al << 31)) ^ ((ah >>> 8) | (al << 24)) ^ (ah >>> 7));
      const s0l = (((al >>> 1) | (ah << 31)) ^ ((al >>> 8) | (ah << 24)) ^ ((al >>> 7) | (ah << 25)));
      const s1h = (((bh >>> 19) | (bl << 13)) ^ ((bl >>> 29) | (bh << 3)) ^ (bh >>> 6));
      const s1l = (((bl >>> 19) | (bh << 13)) ^ ((bh >>> 29) | (bl << 3)) ^ ((bl >>> 6) | (bh << 26)));
      const low = (s0l >>> 0) + (s1l >>> 0) + (w[i - 13]! >>> 0) + (w[i - 31]! >>> 0);
      w[i + 1] = low;
      w[i] = s0h + s1h + w[i - 14]! + w[i - 32]! + Math.floor(low / 0x1_0000_0000);
    }
    const s = Int32Array.from(this.#state);
    for (let i = 0; i < 160; i += 2) {
      const ah = s[0]!;
      const al = s[1]!;
      const eh = s[8]!;
      const el = s[9]!;
      const e1h = ((eh >>> 14) | (el << 18)) ^ ((eh >>> 18) | (el << 14)) ^ ((el >>> 9) | (eh << 23));
      const e1l = ((el >>> 14) | (eh << 18)) ^ ((el >>> 18) | (eh << 14)) ^ ((eh >>> 9) | (el << 23));
      const ch = (eh & s[10]!) ^ (~eh & s[12]!);
      const cl = (el & s[11]!) ^ (~el & s[13]!);
      const low = (s[15]! >>> 0) + (e1l >>> 0) + (cl >>> 0) + (K[i + 1]! >>> 0) + (w[i + 1]! >>> 0);
      const t1l = low | 0;
      const t1h = (s[14]! + e1h + ch + K[i]! + w[i]! + Math.floor(low / 0x1_0000_0000)) | 0;
      const a0h = ((ah >>> 28) | (al << 4)) ^ ((al >>> 2) | (ah << 30)) ^ ((al >>> 7) | (ah << 25));
      const a0l = ((al >>> 28) | (ah << 4)) ^ ((ah >>> 2) | (al << 30)) ^ ((ah >>> 7) | (al << 25));
      const mh = (ah & s[2]!) ^ (ah & s[4]!) ^ (s[2]! & s[4]!);
      const ml = (al & s[3]!) ^ (al & s[5]!) ^ (s[3]! & s[5]!);
      const t2l = (a0l >>> 0) + (ml >>> 0);
      const t2h = a0h + mh + Math.floor(t2l / 0x1_0000_0000);
      for (let n = 15; n > 1; n--) s[n] = s[n - 2]!;
      const dl = (s[9]! >>> 0) + (t1l >>> 0);
      s[9] = dl;
      s[8] = s[8]! + t1h + Math.floor(dl / 0x1_0000_0000);
      const nl = (t1l >>> 0) + (t2l % 0x1_0000_0000);
      s[1] = nl;
      s[0] = t1h + t2h + Math.floor(nl / 0x1_0000_0000);
    }
    for (let i = 0; i < 16; i += 2) {
      const low = (this.#state[i + 1]! >>> 0) + (s[i + 1]! >>> 0);
      this.#state[i + 1] = low;
      this.#state[i] = this.#state[i]! + s[i]! + Math.floor(low / 0x1_0000_0000);
    }
  }

  protected override digest(): string {
    return Array.from(this.#state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('').slice(0, this.#digits);
  }
}
