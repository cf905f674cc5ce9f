// Input as lines: descriptors read a chunk at a time, never further than asked, and the operands that name them.

import { concat, EMPTY, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import { O_RDONLY, type Syscalls } from '../../kernel/syscalls.ts';
import { Exit, type Io } from './messages.ts';
import { quoteFile } from './quote.ts';
import { toText } from './text.ts';

const CHUNK = 32768;

/** The lines of a descriptor. Queued output is written before every read, so that a terminal or pipe sees it in time. */
export class LineReader {
  /** Whether the last line ended in its delimiter. */
  terminated = true;
  readonly #io: Io;
  readonly #fd: number;
  readonly #delimiter: number;
  #chunk: Bytes = EMPTY;
  #at = 0;
  #ended = false;

  constructor(io: Io, fd: number, delimiter = 10) {
    this.#io = io;
    this.#fd = fd;
    this.#delimiter = delimiter;
  }

  /** The next line without its delimiter; undefined at the end. @throws KernelError of `read` */
  *bytes(): Task<Bytes | undefined> {
    const parts: Bytes[] = [];
    for (;;) {
      const end = this.#chunk.indexOf(this.#delimiter, this.#at);
      if (end >= 0) {
        parts.push(this.#chunk.subarray(this.#at, end));
        this.#at = end + 1;
        this.terminated = true;
        return concat(parts);
      }
      if (this.#at < this.#chunk.length) parts.push(this.#chunk.subarray(this.#at));
      if (!(yield* this.#fill())) break;
    }
    this.terminated = false;
    return parts.length ? concat(parts) : undefined;
  }

  *text(): Task<string | undefined> {
    const bytes = yield* this.bytes();
    return bytes && toText(bytes);
  }

  /** What was read but not handed out. */
  get unread(): number {
    return this.#chunk.length - this.#at;
  }

  *#fill(): Task<boolean> {
    this.#at = 0;
    this.#chunk = EMPTY;
    if (this.#ended) return false;
    yield* this.#io.relieve();
    this.#chunk = yield* this.#io.sys.read(this.#fd, CHUNK);
    // A terminal may go on after ^D; a program asks once.
    this.#ended = this.#chunk.length === 0;
    return !this.#ended;
  }
}

/** How a program words what went wrong with an operand; the default is `name: reason`. */
export interface InputWords {
  readonly open?: (name: string, reason: string) => string;
  readonly read?: (name: string, reason: string) => string;
  readonly status?: number;
}

const plain = (io: Io) => (name: string, reason: string): string => `${io.gnu ? quoteFile(name) : name}: ${reason}`;

/** Open an input, `-` being standard input. undefined after a failure that it reported. */
export function openInput(io: Io, name: string, words: InputWords = {}): number | undefined {
  if (name === '-') return 0;
  try {
    return io.sys.open(name, O_RDONLY);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    io.fail((words.open ?? plain(io))(name, strerror(error.errno)), words.status);
    return undefined;
  }
}

/** Do something with each operand (standard input without any); failures are reported and the next one tried. */
export function* eachInput(io: Io, names: readonly string[], use: (fd: number, name: string) => Task<void>, words: InputWords = {}): Task<void> {
  for (const name of names.length ? names : ['-']) {
    const fd = openInput(io, name, words);
    if (fd === undefined) continue;
    try {
      yield* use(fd, name);
    } catch (error) {
      if (!(error instanceof KernelError) || io.writeFailed) throw error;
      const text = (words.read ?? plain(io))(name, strerror(error.errno));
      if (text) io.fail(text, words.status);
    }
    if (fd !== 0) io.sys.close(fd);
  }
}

/** Each line of all operands as text, as one file. */
export function eachLine(io: Io, names: readonly string[], use: (line: string, terminated: boolean, name: string) => void, words: InputWords = {}, delimiter = 10): Task<void> {
  return eachInput(io, names, function* (fd, name) {
    const reader = new LineReader(io, fd, delimiter);
    for (let line = yield* reader.text(); line !== undefined; line = yield* reader.text()) use(line, reader.terminated, name);
  }, words);
}

/** Everything from a descriptor to its end. */
export function* readAll(sys: Syscalls, fd: number): Task<Bytes> {
  const parts: Bytes[] = [];
  for (;;) {
    const part = yield* sys.read(fd, CHUNK);
    if (!part.length) return concat(parts);
    parts.push(part);
    yield* sys.step();
  }
}

/** The whole of a file or of standard input; ends the program if it cannot. */
export function* readWhole(io: Io, name: string, words: InputWords = {}): Task<Bytes> {
  const fd = openInput(io, name, words);
  if (fd === undefined) throw new Exit(words.status ?? 1);
  try {
    return yield* readAll(io.sys, fd);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    return io.die((words.read ?? plain(io))(name, strerror(error.errno)), words.status);
  } finally {
    if (fd) io.sys.close(fd);
  }
}
