// Input of awk as records, one character per byte.

import type { Bytes } from '../../../base/bytes.ts';
import type { Task } from '../../../base/task.ts';
import type { Io } from '../messages.ts';
import { Regex } from '../regex.ts';
import { toLatin } from '../text.ts';

/** Splits what comes from a descriptor at record separators, which may change between records. */
export class RecordReader {
  readonly fd: number;
  readonly #io: Io;
  #text = '';
  #ended = false;

  constructor(io: Io, fd: number) {
    this.#io = io;
    this.fd = fd;
  }

  /** The next record; undefined at the end. @param separator the value of RS @throws KernelError */
  *next(separator: string, regexOf: (text: string) => Regex): Task<string | undefined> {
    const paragraph = separator === '';
    for (;;) {
      if (paragraph) this.#text = this.#text.replace(/^\n+/, '');
      const [start, end] = this.#find(separator, regexOf);
      // A match at the very end may still grow.
      if (start >= 0 && (separator.length === 1 || end < this.#text.length || this.#ended)) {
        const record = this.#text.slice(0, start);
        this.#text = this.#text.slice(end);
        return record;
      }
      if (this.#ended) break;
      yield* this.#io.relieve();
      const bytes: Bytes = yield* this.#io.sys.read(this.fd, 32768);
      if (!bytes.length) this.#ended = true;
      this.#text += toLatin(bytes);
    }
    const rest = this.#text;
    this.#text = '';
    return rest === '' ? undefined : paragraph ? rest.replace(/\n+$/, '') : rest;
  }

  #find(separator: string, regexOf: (text: string) => Regex): [number, number] {
    if (separator.length === 1) {
      const at = this.#text.indexOf(separator);
      return [at, at + 1];
    }
    if (separator === '') {
      const found = /\n\n+/.exec(this.#text);
      return found ? [found.index, found.index + found[0].length] : [-1, -1];
    }
    const found = regexOf(separator).exec(this.#text);
    return found && found[0] ? [found.index, found.index + found[0].length] : [-1, -1];
  }
}
