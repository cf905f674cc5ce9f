// What MD5, SHA-1 and SHA-512 share: blocks, the bit that ends the text and its length.

import type { Bytes } from '../../../base/bytes.ts';

export interface Hash {
  update(bytes: Bytes): unknown;
  /** Lower-case hexadecimal digits; once, at the end. */
  hex(): string;
}

export abstract class BlockHash implements Hash {
  readonly #size: number;
  readonly #littleEndian: boolean;
  readonly #rest: Bytes;
  #length = 0;

  /** @param size of a block in bytes: 64 or 128 */
  constructor(size: number, littleEndian: boolean) {
    this.#size = size;
    this.#littleEndian = littleEndian;
    this.#rest = new Uint8Array(size);
  }

  protected abstract block(view: DataView, at: number): void;
  protected abstract digest(): string;

  update(bytes: Bytes): void {
    const size = this.#size;
    const held = this.#length % size;
    let at = 0;
    this.#length += bytes.length;
    if (held) {
      at = Math.min(size - held, bytes.length);
      this.#rest.set(bytes.subarray(0, at), held);
      if (held + at < size) return;
      this.block(new DataView(this.#rest.buffer), 0);
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (; at + size <= bytes.length; at += size) this.block(view, at);
    this.#rest.set(bytes.subarray(at));
  }

  hex(): string {
    const size = this.#size;
    const bits = BigInt(this.#length) * 8n;
    const field = size / 8;
    const used = this.#length % size;
    const tail = new Uint8Array((used < size - field ? size : 2 * size) - used);
    tail[0] = 0x80;
    new DataView(tail.buffer).setBigUint64(tail.length - 8, bits, this.#littleEndian);
    this.update(tail);
    return this.digest();
  }
}
