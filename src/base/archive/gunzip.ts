// Decompressing gzip, a piece at a time, member by member, with its checks.

import { Inflate } from 'fflate';
import { concat, EMPTY, type Bytes } from '../bytes.ts';
import { crc32 } from './crc32.ts';

/** What is wrong with the input. After the first problem nothing more is decompressed. */
export type GzipProblem = 'not-gzip' | 'truncated' | 'corrupt' | 'bad-crc' | 'bad-length';

/** How much compressed input is inflated at once: it can grow a thousandfold. */
const STEP = 4096;

/** fflate tells the end of a deflate stream only in its state: `f` last block seen, `l` a block is open, `p` bit position in the rest `p`. */
interface InflateState {
  readonly s: { readonly f?: number; readonly l?: unknown; readonly p?: number };
  readonly p: Bytes;
}

/** `push` compressed bytes in and take what comes out; `end` when there are no more. */
export class Gunzip {
  problem: GzipProblem | undefined;
  /** Something that is not gzip follows the last member. */
  trailingGarbage = false;
  #state: 'header' | 'body' | 'trailer' = 'header';
  #rest: Bytes = EMPTY;
  #members = 0;
  #inflate: Inflate | undefined;
  #crc = 0;
  #size = 0;

  /** Each part is at most a few MB, and is decompressed when it is asked for. */
  *push(bytes: Bytes): Generator<Bytes, void, void> {
    this.#rest = this.#rest.length ? concat([this.#rest, bytes]) : bytes;
    while (this.#rest.length && !this.problem && !this.trailingGarbage) {
      if (this.#state === 'header') {
        if (!this.#header()) return;
      } else if (this.#state === 'body') {
        yield* this.#body();
      } else {
        if (this.#rest.length < 8) return;
        this.#trailer();
      }
    }
  }

  end(): void {
    if (this.problem || this.trailingGarbage) return;
    if (this.#state !== 'header' || this.#rest.length || !this.#members) this.problem = this.#state === 'header' && this.#rest.length < 2 && this.#members ? undefined : 'truncated';
  }

  #header(): boolean {
    const b = this.#rest;
    if (b[0] !== 0x1f || (b.length > 1 && b[1] !== 0x8b)) {
      if (this.#members) this.trailingGarbage = b.some((byte) => byte !== 0);
      else this.problem = 'not-gzip';
      if (!this.trailingGarbage) this.#rest = EMPTY;
      return false;
    }
    if (b.length < 10) return false;
    const flags = b[3]!;
    let at = 10;
    if (flags & 4) {
      if (b.length < 12) return false;
      at += 2 + b[10]! + b[11]! * 256;
    }
    // Original name and comment, each ended by a zero.
    for (let strings = ((flags >> 3) & 1) + ((flags >> 4) & 1); strings > 0; strings--) {
      const end = b.indexOf(0, at);
      if (end < 0) return false;
      at = end + 1;
    }
    if (flags & 2) at += 2;
    if (b.length < at) return false;
    this.#rest = b.subarray(at);
    this.#state = 'body';
    this.#crc = this.#size = 0;
    this.#inflate = new Inflate();
    return true;
  }

  *#body(): Generator<Bytes, void, void> {
    const inflate = this.#inflate!;
    const parts: Bytes[] = [];
    inflate.ondata = (part) => void parts.push(part);
    const piece = this.#rest.subarray(0, STEP);
    const after = this.#rest.subarray(STEP);
    try {
      inflate.push(piece as Uint8Array<ArrayBuffer>, false);
    } catch {
      this.problem = 'corrupt';
    }
    const { s, p } = inflate as unknown as InflateState;
    this.#rest = after;
    if (s.f && !s.l) {
      this.#rest = concat([p.subarray(Math.ceil((s.p ?? 0) / 8)), after]);
      this.#state = 'trailer';
    }
    for (const part of parts) {
      if (!part.length) continue;
      this.#crc = crc32(part, this.#crc);
      this.#size = (this.#size + part.length) % 0x1_0000_0000;
      yield part;
    }
  }

  #trailer(): void {
    const view = new DataView(this.#rest.buffer, this.#rest.byteOffset, 8);
    if (view.getUint32(0, true) !== this.#crc) this.problem = 'bad-crc';
    else if (view.getUint32(4, true) !== this.#size) this.problem = 'bad-length';
    this.#rest = this.#rest.subarray(8);
    this.#members++;
    this.#state = 'header';
  }
}
