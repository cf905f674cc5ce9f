// Compressing to gzip, a piece at a time.

import { Gzip as Deflater } from 'fflate';
import { concat, type Bytes } from '../bytes.ts';

export interface GzipOptions {
  /** 1 to 9; default 6. */
  readonly level?: number;
  /** Seconds since the epoch for the header; default 0: none. */
  readonly mtime?: number;
  /** The original name for the header; default none. */
  readonly name?: string;
}

/** `push` what is to be compressed, then `end`; both return what can be written already. */
export class Gzip {
  #parts: Bytes[] = [];
  readonly #deflater: Deflater;

  constructor(options: GzipOptions = {}) {
    this.#deflater = new Deflater(
      { level: (options.level ?? 6) as 6, mtime: (options.mtime ?? 0) * 1000, ...(options.name ? { filename: options.name } : {}) },
      (part) => void this.#parts.push(part),
    );
  }

  push(bytes: Bytes): Bytes {
    this.#deflater.push(bytes as Uint8Array<ArrayBuffer>, false);
    return this.#take();
  }

  end(): Bytes {
    this.#deflater.push(new Uint8Array(0), true);
    return this.#take();
  }

  #take(): Bytes {
    const whole = concat(this.#parts);
    this.#parts = [];
    return whole;
  }
}

/** The first bytes of every gzip file. */
export const isGzip = (bytes: Bytes): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
