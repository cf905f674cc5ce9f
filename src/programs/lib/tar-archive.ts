// The archive file of tar as a stream: blocks and compression on the way out, members on the way in.

import { Gunzip, type GzipProblem } from '../../base/archive/gunzip.ts';
import { Gzip, isGzip } from '../../base/archive/gzip.ts';
import { TAR_END } from '../../base/archive/tar-header.ts';
import { TarReader, type TarItem } from '../../base/archive/tar-reader.ts';
import { concat, EMPTY, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import { isRegular } from '../../kernel/stat.ts';
import type { Io } from './messages.ts';

/** GNU's record: what is written and padded to. */
const RECORD = 10_240;

export class ArchiveWriter {
  readonly #io: Io;
  readonly #fd: number;
  readonly #name: string;
  readonly #gzip: Gzip | undefined;
  #parts: Bytes[] = [];
  #waiting = 0;
  /** Bytes of the archive so far, uncompressed. */
  size = 0;

  constructor(io: Io, fd: number, name: string, compress: boolean, size = 0) {
    this.#io = io;
    this.#fd = fd;
    this.#name = name;
    this.#gzip = compress ? new Gzip() : undefined;
    this.size = size;
  }

  *write(bytes: Bytes): Task<void> {
    this.size += bytes.length;
    if (bytes.length) this.#parts.push(bytes);
    this.#waiting += bytes.length;
    if (this.#waiting >= RECORD) yield* this.#send(false);
  }

  /** The end of the archive and, as GNU does, zeros up to a whole record. */
  *end(): Task<void> {
    yield* this.write(TAR_END);
    if (this.#io.gnu && this.size % RECORD) yield* this.write(new Uint8Array(RECORD - (this.size % RECORD)));
    yield* this.#send(true);
  }

  *#send(all: boolean): Task<void> {
    // Its own copy: what was given may be written again.
    const plain = concat([...this.#parts, EMPTY]);
    this.#parts = [];
    this.#waiting = 0;
    const whole = this.#gzip ? concat([this.#gzip.push(plain), all ? this.#gzip.end() : EMPTY]) : plain;
    if (!whole.length) return;
    try {
      yield* this.#io.sys.write(this.#fd, whole);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      if (!this.#io.gnu) this.#io.die(`write error: ${strerror(error.errno)}`);
      this.#io.warn(`${this.#name}: Cannot write: ${strerror(error.errno)}`);
      this.#io.die('Error is not recoverable: exiting now', 2);
    }
  }
}

export class ArchiveReader {
  readonly #io: Io;
  readonly #fd: number;
  readonly #name: string;
  readonly tar = new TarReader();
  #gunzip: Gunzip | undefined;
  #items: Iterator<TarItem> = [][Symbol.iterator]();
  #started = false;
  #first = true;
  #pushed: TarItem | undefined;
  /** Bytes of the file so far. */
  #read = 0;

  /** @param compression `auto` looks at the first bytes, as GNU does for files */
  constructor(io: Io, fd: number, name: string, compression: 'gzip' | 'auto' | 'none') {
    this.#io = io;
    this.#fd = fd;
    this.#name = name;
    this.#gunzip = compression === 'gzip' ? new Gunzip() : undefined;
    this.#started = compression !== 'auto';
  }

  /** Give an item back: the next `next` returns it. */
  unread(item: TarItem): void {
    this.#pushed = item;
  }

  /** The next member or piece of content; undefined at the end. Ends the program when the archive is broken. */
  *next(): Task<TarItem | undefined> {
    if (this.#pushed) {
      const item = this.#pushed;
      this.#pushed = undefined;
      return item;
    }
    for (;;) {
      const { value, done } = this.#items.next();
      if (!done) {
        if (value.header) this.#first = false;
        return value;
      }
      if (this.tar.bad) return this.#bad();
      if (this.tar.ended) {
        yield* this.#drain();
        return undefined;
      }
      yield* this.#io.relieve();
      const bytes = yield* this.#take();
      if (!bytes.length) return this.#end();
      if (!this.#started) {
        this.#started = true;
        if (isGzip(bytes)) {
          if (this.#name === '-' && this.#io.gnu) {
            this.#io.warn('Archive is compressed. Use -z option');
            this.#io.die('Error is not recoverable: exiting now', 2);
          }
          this.#gunzip = new Gunzip();
        } else this.#unsupported(bytes);
      }
      this.#items = this.#decode(bytes);
    }
  }

  *#decode(bytes: Bytes): Generator<TarItem, void, void> {
    if (!this.#gunzip) return yield* this.tar.push(bytes);
    for (const part of this.#gunzip.push(bytes)) yield* this.tar.push(part);
    if (this.#gunzip.problem && this.#gunzip.problem !== 'truncated') this.#compressionFailed(this.#gunzip.problem);
  }

  *#take(): Task<Bytes> {
    try {
      const bytes = yield* this.#io.sys.read(this.#fd, RECORD);
      this.#read += bytes.length;
      return bytes;
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      if (!this.#io.gnu) return this.#io.die('short read');
      this.#io.warn(`${this.#name}: Cannot read: ${strerror(error.errno)}`);
      this.#io.warn('At beginning of tape, quitting now');
      return this.#io.die('Error is not recoverable: exiting now', 2);
    }
  }

  #unsupported(bytes: Bytes): void {
    const starts = (...magic: number[]) => magic.every((byte, i) => bytes[i] === byte);
    if (starts(0x42, 0x5a, 0x68)) this.#io.notSimulated('bzip2');
    if (starts(0xfd, 0x37, 0x7a, 0x58)) this.#io.notSimulated('xz');
    if (starts(0x28, 0xb5, 0x2f, 0xfd)) this.#io.notSimulated('zstd');
  }

  #compressionFailed(problem: GzipProblem): never {
    if (!this.#io.gnu) {
      this.#io.warn(problem === 'not-gzip' ? 'invalid magic' : problem === 'truncated' ? 'unexpected end of file' : 'corrupted data');
      return this.#io.die('short read');
    }
    const text = problem === 'not-gzip' ? 'stdin: not in gzip format' : problem === 'truncated' ? 'stdin: unexpected end of file' : 'stdin: invalid compressed data--format violated';
    this.#io.err(`\ngzip: ${text}\n`);
    this.#io.warn('Child returned status 1');
    return this.#io.die('Error is not recoverable: exiting now', 2);
  }

  #bad(): undefined {
    if (!this.#io.gnu) this.#io.die('invalid tar magic');
    this.#io.fail(this.#first ? 'This does not look like a tar archive' : 'Skipping to next header', 2);
    if (this.#first) this.#io.fail('Skipping to next header', 2);
    return undefined;
  }

  #end(): undefined {
    if (this.#gunzip) {
      this.#gunzip.end();
      // BusyBox looks for the magic before anything else.
      if (this.#gunzip.problem) this.#compressionFailed(this.#read === 0 && !this.#io.gnu ? 'not-gzip' : this.#gunzip.problem);
    }
    if (!this.#io.gnu) {
      if (this.tar.truncated || this.#first) this.#io.die('short read');
      return undefined;
    }
    if (this.#first) this.#io.fail('This does not look like a tar archive', 2);
    else if (this.tar.inContent) {
      this.#io.warn('Unexpected EOF in archive');
      this.#io.die('Error is not recoverable: exiting now', 2);
    }
    return undefined;
  }

  /** Let a writer at the other end of a pipe finish. */
  *#drain(): Task<void> {
    if (isRegular(this.#io.sys.fstat(this.#fd).mode)) return;
    try {
      while ((yield* this.#io.sys.read(this.#fd, 65_536)).length) yield* this.#io.sys.step();
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
    }
  }
}
