// What one terminal has printed, by how much had been printed when: so that its screen of any moment can be drawn again.

import { concat, encode, type Bytes } from '../../base/bytes.ts';

/** Bytes kept of what one command printed, and in all. */
const MOST_OF_ONE = 64 << 10, MOST = 2 << 20;
const NEWLINE = 10;

interface Chunk {
  /** Bytes printed before it. */
  readonly at: number;
  readonly bytes: Bytes;
}

export class Transcript {
  #chunks: Chunk[];
  #length: number;
  #kept: number;
  /** Where the command began that prints now: index of its first chunk, and bytes of it that are kept. */
  #first: number;
  #ofOne = 0;

  constructor(chunks: Chunk[] = [], length = 0) {
    this.#chunks = chunks;
    this.#length = length;
    this.#kept = chunks.reduce((sum, { bytes }) => sum + bytes.length, 0);
    this.#first = chunks.length;
  }

  /** Bytes printed in all. */
  get length(): number {
    return this.#length;
  }

  append(bytes: Bytes): void {
    this.#chunks.push({ at: this.#length, bytes });
    this.#length += bytes.length;
    this.#ofOne += bytes.length;
    this.#kept += bytes.length;
    if (this.#ofOne > 2 * MOST_OF_ONE) {
      while (this.#ofOne > MOST_OF_ONE && this.#first < this.#chunks.length - 1) this.#ofOne -= this.#drop(this.#first);
    }
    if (this.#kept > MOST) {
      while (this.#kept > MOST * 0.75 && this.#first > 0) {
        this.#drop(0);
        this.#first--;
      }
    }
  }

  /** Another command begins to print. */
  mark(): void {
    this.#first = this.#chunks.length;
    this.#ofOne = 0;
  }

  /** The end, at most `most` bytes, of what had been printed when `to` bytes had; from the beginning of a line. */
  tail(to: number, most: number): Bytes {
    const parts: Bytes[] = [];
    let room = most, whole = true;
    for (let i = this.#chunks.length - 1; i >= 0 && room > 0; i--) {
      const { at, bytes } = this.#chunks[i]!;
      if (at >= to) continue;
      const part = bytes.subarray(0, to - at);
      parts.unshift(part.subarray(Math.max(0, part.length - room)));
      room -= part.length;
      whole = i === 0 && at === 0 && room >= 0;
    }
    const text = concat(parts);
    return whole ? text : concat([encode('\x1b[0m'), text.subarray(text.indexOf(NEWLINE) + 1)]);
  }

  /** What it was when `to` bytes had been printed, to go on by itself. */
  until(to: number): Transcript {
    const chunks = this.#chunks.filter(({ at }) => at < to);
    const last = chunks.at(-1);
    if (last) chunks[chunks.length - 1] = { at: last.at, bytes: last.bytes.subarray(0, to - last.at) };
    return new Transcript(chunks, to);
  }

  #drop(index: number): number {
    const [chunk] = this.#chunks.splice(index, 1);
    this.#kept -= chunk!.bytes.length;
    return chunk!.bytes.length;
  }
}
