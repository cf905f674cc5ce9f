// What a running `docker` command works with: the process it is, the engine it talks to, its streams.

import type { EngineClient, Stream } from '../api/engine-client.ts';
import { type Bytes, concat, decode, encode } from '../base/bytes.ts';
import type { Task } from '../base/task.ts';
import { KernelError } from '../kernel/errno.ts';
import { O_CREAT, O_RDONLY, O_TRUNC, O_WRONLY, type Syscalls } from '../kernel/syscalls.ts';
import { CliError } from './errors.ts';
import { cleanPath, pathError } from './go.ts';

const CHUNK = 32_768;

export class Cli {
  readonly sys: Syscalls;
  /** Printed when Ctrl-C ends the command. */
  interruptText = '';
  /** As `-H` or DOCKER_HOST; '' for the default. */
  host = '';
  readonly #connect: () => EngineClient;
  #engine: EngineClient | undefined;

  constructor(sys: Syscalls, connect: () => EngineClient) {
    this.sys = sys;
    this.#connect = connect;
  }

  /** @throws ApiError (connection) */
  get engine(): EngineClient {
    return (this.#engine ??= this.#connect());
  }

  *out(data: Bytes | string): Task<void> {
    if (data.length) yield* this.sys.write(1, typeof data === 'string' ? encode(data) : data);
  }

  *err(data: Bytes | string): Task<void> {
    if (data.length) yield* this.sys.write(2, typeof data === 'string' ? encode(data) : data);
  }

  isTerminal(fd: number): boolean {
    return this.sys.isatty(fd);
  }

  /** As `filepath.Abs`. */
  absolute(path: string): string {
    return cleanPath(path.startsWith('/') ? path : `${this.sys.getcwd()}/${path}`);
  }

  /** All that a descriptor still gives. */
  *readAll(fd: number): Task<Bytes> {
    const parts: Bytes[] = [];
    for (;;) {
      const part = yield* this.sys.read(fd, CHUNK);
      if (!part.length) return concat(parts);
      parts.push(part);
    }
  }

  /** A file of the host, or standard input for `-` where that is allowed. @throws CliError (as `os.Open`) */
  *readFile(path: string): Task<Bytes> {
    const fd = this.open(path);
    try {
      return yield* this.readAll(fd);
    } catch (error) {
      throw new CliError(pathError('read', path, error));
    } finally {
      this.sys.close(fd);
    }
  }

  *readText(path: string): Task<string> {
    return decode(yield* this.readFile(path));
  }

  /** @throws CliError (as `os.Open`) */
  open(path: string): number {
    try {
      return this.sys.open(path, O_RDONLY);
    } catch (error) {
      throw new CliError(pathError('open', path, error));
    }
  }

  /** Bytes of a descriptor as a stream for the engine; it stays open. */
  stream(fd: number): Stream<Bytes> {
    const sys = this.sys;
    return {
      *next() {
        const part = yield* sys.read(fd, CHUNK);
        return part.length ? part : undefined;
      },
      close() {},
    };
  }

  /** Write a stream into a file, which exists only once the first byte has come. @throws CliError */
  *save(content: Stream<Bytes>, path: string, mode = 0o600): Task<void> {
    let fd: number;
    try {
      fd = this.sys.open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
    } catch (error) {
      throw new CliError(pathError('open', path, error));
    }
    try {
      for (let part = yield* content.next(); part; part = yield* content.next()) yield* this.sys.write(fd, part);
    } catch (error) {
      throw error instanceof KernelError ? new CliError(pathError('write', path, error)) : error;
    } finally {
      this.sys.close(fd);
    }
  }

  /** Ask on standard output; only `y` is a yes. */
  *confirm(question: string): Task<boolean> {
    yield* this.out(`${question} [y/N] `);
    this.interruptText = '\n';
    let line = '';
    for (;;) {
      const byte = decode(yield* this.sys.read(0, 1));
      if (!byte || byte === '\n') break;
      line += byte;
    }
    this.interruptText = '';
    return line.trim().toLowerCase() === 'y';
  }
}

/** A stream of one array. */
export function streamOf(bytes: Bytes): Stream<Bytes> {
  let rest: Bytes | undefined = bytes;
  return {
    *next() {
      const part = rest;
      rest = undefined;
      return part?.length ? part : undefined;
    },
    close() {},
  };
}
