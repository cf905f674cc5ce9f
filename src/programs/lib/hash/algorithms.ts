// The checksums that have names, and how they are made.

import { Sha256 } from '../../../base/sha256.ts';
import { Blake2b } from './blake2b.ts';
import type { Hash } from './block-hash.ts';
import { Md5 } from './md5.ts';
import { Sha1 } from './sha1.ts';
import { fractions, Sha512 } from './sha512.ts';

export interface Algorithm {
  /** As in `MD5 (file) = …`. */
  readonly tag: string;
  /** Of the digest, hexadecimal. */
  readonly digits: number;
  make(bits?: number): Hash;
}

/** SHA-256 from another beginning, cut short. */
class Sha224 implements Hash {
  readonly #whole = new Sha256(fractions(8, 2, 8).filter((_, i) => i % 2));

  update(bytes: Uint8Array<ArrayBuffer>): void {
    this.#whole.update(bytes);
  }

  hex(): string {
    return this.#whole.hex().slice(0, 56);
  }
}

export const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  md5: { tag: 'MD5', digits: 32, make: () => new Md5() },
  sha1: { tag: 'SHA1', digits: 40, make: () => new Sha1() },
  sha224: { tag: 'SHA224', digits: 56, make: () => new Sha224() },
  sha256: { tag: 'SHA256', digits: 64, make: () => new Sha256() },
  sha384: { tag: 'SHA384', digits: 96, make: () => new Sha512(384) },
  sha512: { tag: 'SHA512', digits: 128, make: () => new Sha512() },
  blake2b: { tag: 'BLAKE2b', digits: 128, make: (bits) => new Blake2b(bits) },
};
