// SHA-256, a piece at a time.

import type { Bytes } from './bytes.ts';

const K = new Int32Array(64);
const START = new Int32Array(8);
{
  // Fractions of the cube and square roots of the first primes.
  const fraction = (x: number) => ((x - Math.floor(x)) * 0x1_0000_0000) | 0;
  for (let n = 2, count = 0; count < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (count < 8) START[count] = fraction(Math.sqrt(n));
    K[count++] = fraction(Math.cbrt(n));
  }
}

/** `update` any number of times, then `hex` once. */
export class Sha256 {
  readonly #state: Int32Array;
  readonly #w = new Int32Array(64);
  readonly #rest = new Uint8Array(64);
  #length = 0;

  /** @param start another beginning than SHA-256's, which is used up */
  constructor(start = START.slice()) {
    this.#state = start;
  }

  update(bytes: Bytes): this {
    let at = 0;
    const held = this.#length % 64;
    this.#length += bytes.length;
    if (held) {
      at = Math.min(64 - held, bytes.length);
      this.#rest.set(bytes.subarray(0, at), held);
      if (held + at < 64) return this;
      this.#block(this.#rest, 0);
    }
    for (; at + 64 <= bytes.length; at += 64) this.#block(bytes, at);
    this.#rest.set(bytes.subarray(at));
    return this;
  }

  /** 64 lower-case hexadecimal digits. */
  hex(): string {
    const length = this.#length;
    const tail = new Uint8Array(((119 - (length % 64)) % 64) + 9);
    tail[0] = 0x80;
    new DataView(tail.buffer).setBigUint64(tail.length - 8, BigInt(length) * 8n);
    this.update(tail);
    return Array.from(this.#state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  #block(b: Bytes, at: number): void {
    const w = this.#w;
    for (let i = 0; i < 16; i++, at += 4) w[i] = (b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!;
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15]!;
      const y = w[i - 2]!;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
    }
    const s = this.#state;
    let a = s[0]!, b1 = s[1]!, c = s[2]!, d = s[3]!, e = s[4]!, f = s[5]!, g = s[6]!, h = s[7]!;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b1) ^ (a & c) ^ (b1 & c))) | 0;
      h = g; g = f; f = e;
      e = (d + t1) | 0;
      d = c; c = b1; b1 = a;
      a = (t1 + t2) | 0;
    }
    s[0] = (s[0]! + a) | 0; s[1] = (s[1]! + b1) | 0; s[2] = (s[2]! + c) | 0; s[3] = (s[3]! + d) | 0;
    s[4] = (s[4]! + e) | 0; s[5] = (s[5]! + f) | 0; s[6] = (s[6]! + g) | 0; s[7] = (s[7]! + h) | 0;
  }
}

/** `sha256:` and the digest of the bytes. */
export const sha256Digest = (bytes: Bytes): string => `sha256:${new Sha256().update(bytes).hex()}`;
