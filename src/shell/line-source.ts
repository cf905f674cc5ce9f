// Lines of a script on standard input, taken without taking what its commands are to read.

import type { Bytes } from '../base/bytes.ts';
import type { Task } from '../base/task.ts';
import { KernelError } from '../kernel/errno.ts';
import type { Shell } from './shell.ts';
import { toText } from './text.ts';

const CHUNK = 1024;

export class LineSource {
  readonly #sh: Shell;
  readonly #fd: number;
  #left: Bytes = new Uint8Array(0);

  constructor(sh: Shell, fd: number) {
    this.#sh = sh;
    this.#fd = fd;
  }

  /** With its newline; undefined at the end. */
  *next(): Task<string | undefined> {
    let line = '';
    for (;;) {
      if (!this.#left.length) this.#left = yield* this.#read();
      if (!this.#left.length) return line || undefined;
      const end = this.#left.indexOf(10);
      const piece = end < 0 ? this.#left : this.#left.subarray(0, end + 1);
      this.#left = this.#left.subarray(piece.length);
      line += toText(piece);
      if (end < 0) continue;
      this.#giveBack();
      return line;
    }
  }

  *#read(): Task<Bytes> {
    // ash reads ahead; bash takes one byte at a time from what it cannot seek in.
    const ahead = this.#sh.dialect.name === 'ash' || this.#seekable;
    for (;;) {
      try {
        return yield* this.#sh.sys.read(this.#fd, ahead ? CHUNK : 1);
      } catch (error) {
        if (!(error instanceof KernelError && error.errno === 'EINTR')) throw error;
        if (this.#sh.traps.pending) yield* this.#sh.traps.run();
      }
    }
  }

  get #seekable(): boolean {
    try {
      this.#sh.sys.seek(this.#fd, 0, 'current');
      return true;
    } catch {
      return false;
    }
  }

  #giveBack(): void {
    if (!this.#left.length || this.#sh.dialect.name === 'ash' || !this.#seekable) return;
    this.#sh.sys.seek(this.#fd, -this.#left.length, 'current');
    this.#left = new Uint8Array(0);
  }
}

/** Whether a text needs more lines before it can run. */
export function endsInBackslash(text: string): boolean {
  const match = /\\+\n?$/.exec(text);
  return match !== null && match[0].replace('\n', '').length % 2 === 1 && text.endsWith('\n');
}
