// gzip, gunzip and zcat: compress and decompress files.

import { Gunzip, type GzipProblem } from '../../base/archive/gunzip.ts';
import { Gzip, isGzip } from '../../base/archive/gzip.ts';
import type { Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import { isDirectory, isRegular, isSymlink, type Stat } from '../../kernel/stat.ts';
import { O_CREAT, O_EXCL, O_RDONLY, O_WRONLY } from '../../kernel/syscalls.ts';
import { confirm } from '../lib/confirm.ts';
import { CHUNK } from '../lib/copy-bytes.ts';
import { reason, type Io } from '../lib/messages.ts';
import type { Options } from '../lib/options.ts';
import { baseName, joinPath } from '../lib/path.ts';
import { strftime } from '../lib/time-format.ts';
import type { Tool } from '../lib/tool.ts';

const GNU_PROBLEMS: Readonly<Record<GzipProblem, string>> = {
  'not-gzip': 'not in gzip format', truncated: 'unexpected end of file', corrupt: 'invalid compressed data--format violated',
  'bad-crc': 'invalid compressed data--crc error', 'bad-length': 'invalid compressed data--length error',
};
const BUSYBOX_PROBLEMS: Readonly<Record<GzipProblem, string>> = {
  'not-gzip': 'invalid magic', truncated: 'unexpected end of file', corrupt: 'corrupted data', 'bad-crc': 'crc error', 'bad-length': 'incorrect length',
};

interface Outcome {
  readonly ok: boolean;
  readonly read: number;
  readonly written: number;
}

class Compression {
  readonly #io: Io;
  readonly #o: Options;
  readonly #decompress: boolean;
  readonly #toStdout: boolean;
  readonly #zcat: boolean;

  constructor(io: Io, o: Options, mode: 'gzip' | 'gunzip' | 'zcat') {
    this.#io = io;
    this.#o = o;
    this.#zcat = mode === 'zcat';
    this.#decompress = mode !== 'gzip' || o.has('d', 't', 'l');
    this.#toStdout = mode === 'zcat' || o.has('c', 't');
  }

  get #suffix(): string {
    return this.#o.value('S') ?? '.gz';
  }

  /** GNU tells errors (1) from warnings (2); the first error stays. */
  #fail(text: string, status = 1): void {
    if (this.#io.gnu) {
      if (this.#o.has('q') && status === 2) this.#io.status ||= 2;
      else {
        this.#io.err(`gzip: ${text}\n`);
        this.#io.status = this.#io.status === 1 ? 1 : status;
      }
    } else this.#io.fail(text);
  }

  *run(): Task<void> {
    const files = this.#o.operands.length ? this.#o.operands : ['-'];
    if (this.#o.has('l')) this.#io.out(`${this.#o.has('v') ? 'method  crc     date  time  ' : ''}         compressed        uncompressed  ratio uncompressed_name\n`);
    for (const file of files) yield* this.#file(file);
  }

  *#file(file: string): Task<void> {
    const { sys, gnu } = this.#io;
    const o = this.#o;
    yield* this.#io.relieve();
    if (file === '-') {
      if (gnu && !this.#decompress && sys.isatty(1) && !o.has('f')) {
        this.#io.err('gzip: compressed data not written to a terminal. Use -f to force compression.\nFor help, type: gzip -h\n');
        this.#io.exit(1);
      }
      const outcome = yield* this.#stream(0, o.has('t') ? undefined : 1, 'stdin', {});
      if (gnu && o.has('v') && !this.#decompress && outcome.ok) this.#io.err(`${ratio(outcome.written, outcome.read)}\n`);
      return;
    }
    let path = file;
    let stat: Stat;
    try {
      stat = sys.lstat(path);
    } catch (error) {
      if (gnu && this.#decompress && !path.endsWith(this.#suffix) && sys.can(path + this.#suffix, '')) {
        path += this.#suffix;
        stat = sys.lstat(path);
      } else {
        const asked = gnu && this.#decompress && !path.endsWith(this.#suffix) ? path + this.#suffix : path;
        this.#fail(`${asked}: ${reason(error)}`);
        return;
      }
    }
    if (isSymlink(stat.mode)) {
      if (gnu && !o.has('f') && !this.#toStdout) {
        this.#fail(`${path}: ${strerror('ELOOP')}`);
        return;
      }
      try {
        stat = sys.stat(path);
      } catch (error) {
        this.#fail(`${path}: ${reason(error)}`);
        return;
      }
    }
    if (isDirectory(stat.mode) && gnu) {
      if (!o.has('r')) this.#fail(`${path} is a directory -- ignored`, 2);
      else for (const { name } of sys.readdir(path)) yield* this.#file(joinPath(path, name));
      return;
    }
    if (!isRegular(stat.mode) && !this.#toStdout && gnu) {
      this.#fail(`${path} is not a directory or a regular file - ignored`, 2);
      return;
    }
    if (gnu && !this.#toStdout && stat.nlink > 1 && !o.has('f') && !o.has('l')) {
      this.#fail(`${path} has ${stat.nlink - 1} other link${stat.nlink > 2 ? 's' : ''} -- file ignored`, 2);
      return;
    }
    const target = this.#target(path);
    if (target === undefined) return;
    let input: number;
    try {
      input = sys.open(path, O_RDONLY);
    } catch (error) {
      this.#fail(gnu ? `${path}: ${reason(error)}` : `can't open '${path}': ${reason(error)}`);
      return;
    }
    try {
      if (o.has('l')) yield* this.#list(path, input);
      else if (this.#toStdout) yield* this.#stream(input, o.has('t') ? undefined : 1, path, { name: baseName(path), mtime: stat.mtime });
      else yield* this.#replace(path, target, stat, input);
    } finally {
      sys.close(input);
    }
  }

  /** The name of the result; undefined when the file is left alone, which was said. */
  #target(path: string): string | undefined {
    const { gnu } = this.#io;
    const suffix = this.#suffix;
    if (!this.#decompress) {
      if (this.#toStdout) return '';
      if (gnu && path.endsWith(suffix)) {
        this.#io.err(`gzip: ${path} already has ${suffix} suffix -- unchanged\n`);
        return undefined;
      }
      return path + suffix;
    }
    const known = [suffix, '.gz', '.tgz', '.taz', '-gz', '.z', '-z', '.Z'].find((end) => path.endsWith(end) && baseName(path).length > end.length);
    if (known) return path.slice(0, -known.length) + (known === '.tgz' || known === '.taz' ? '.tar' : '');
    if (this.#toStdout || this.#o.has('l')) return '';
    this.#fail(gnu ? `${path}: unknown suffix -- ignored` : `${path}: unknown suffix - ignored`, gnu ? 2 : 1);
    return undefined;
  }

  *#replace(path: string, target: string, stat: Stat, input: number): Task<void> {
    const { sys, gnu } = this.#io;
    const o = this.#o;
    if (sys.can(target, '')) {
      if (gnu && !o.has('f')) {
        if (!sys.isatty(0)) {
          this.#fail(`${target} already exists;\tnot overwritten`, 2);
          return;
        }
        if (!(yield* confirm(this.#io, `gzip: ${target} already exists; do you wish to overwrite (y or n)? `, false))) {
          this.#fail('\tnot overwritten', 2);
          return;
        }
      }
      if (gnu || o.has('f')) sys.unlink(target);
    }
    let output: number;
    try {
      output = sys.open(target, O_WRONLY | O_CREAT | O_EXCL, stat.mode & 0o777);
    } catch (error) {
      this.#fail(gnu ? `${target}: ${reason(error)}` : `can't open '${target}': ${reason(error)}`);
      return;
    }
    const outcome = yield* this.#stream(input, output, path, { name: baseName(path), mtime: stat.mtime });
    sys.close(output);
    if (!outcome.ok) {
      sys.unlink(target);
      return;
    }
    if (gnu) {
      sys.utimes(target, stat.atime, stat.mtime);
      try {
        sys.chown(target, stat.uid, stat.gid);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
      }
      sys.chmod(target, stat.mode & 0o7777);
    }
    if (!o.has('k')) sys.unlink(path);
    if (o.has('v')) {
      const [small, large] = this.#decompress ? [outcome.read, outcome.written] : [outcome.written, outcome.read];
      this.#io.err(gnu ? `${path}:\t${ratio(small, large)} -- ${o.has('k') ? 'created' : 'replaced with'} ${target}\n` : `${path}: ${large ? Math.round((small * 100) / large) : 0}% - replaced with ${target}\n`);
    }
  }

  *#stream(input: number, output: number | undefined, name: string, header: { readonly name?: string; readonly mtime?: number }): Task<Outcome> {
    const { sys, gnu } = this.#io;
    const o = this.#o;
    let read = 0;
    let written = 0;
    const level = Number(o.given.findLast(({ key }) => /^[1-9]$/.test(key))?.key ?? 6);
    const keepsName = gnu && !o.has('n') && header.name !== undefined;
    const encoder = this.#decompress ? undefined : new Gzip({ level, ...(keepsName ? { name: header.name!, mtime: Math.floor(header.mtime! / 1000) } : {}) });
    const decoder = new Gunzip();
    let plain = false;
    let first = true;
    const send = function* (bytes: Bytes): Task<void> {
      written += bytes.length;
      if (output !== undefined && bytes.length) yield* sys.write(output, bytes);
    };
    yield* this.#io.flush();
    try {
      for (;;) {
        const bytes = yield* sys.read(input, CHUNK);
        if (!bytes.length) break;
        read += bytes.length;
        if (first && gnu && this.#decompress && this.#o.has('f') && this.#toStdout && !isGzip(bytes)) plain = true;
        first = false;
        if (plain) yield* send(bytes);
        else if (encoder) yield* send(encoder.push(bytes));
        else {
          for (const part of decoder.push(bytes)) yield* send(part);
          if (decoder.problem || decoder.trailingGarbage) break;
        }
        yield* this.#io.relieve();
      }
      if (encoder) yield* send(encoder.end());
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      if (gnu) this.#io.err(`\ngzip: ${output === 1 ? 'stdout' : name}: ${strerror(error.errno)}\n`);
      else this.#io.warn(error.errno === 'EISDIR' ? `can't remove file '${name}': Is a directory` : `write error: ${strerror(error.errno)}`);
      this.#io.status = 1;
      return { ok: false, read, written };
    }
    if (encoder || plain) return { ok: true, read, written };
    decoder.end();
    if (decoder.problem) {
      const problem = read ? decoder.problem : 'not-gzip';
      const busybox = this.#zcat && problem === 'not-gzip' ? 'no gzip/bzip2/xz magic' : BUSYBOX_PROBLEMS[problem];
      if (gnu) this.#io.err(`\ngzip: ${name}: ${GNU_PROBLEMS[decoder.problem]}\n`);
      else this.#io.warn(busybox);
      this.#io.status = 1;
      return { ok: false, read, written };
    }
    if (decoder.trailingGarbage && gnu) {
      this.#io.err(`\ngzip: ${name}: decompression OK, trailing garbage ignored\n`);
      this.#io.status ||= 2;
    }
    return { ok: true, read, written };
  }

  *#list(path: string, input: number): Task<void> {
    const outcome = yield* this.#stream(input, undefined, path, {});
    if (!outcome.ok) return;
    const stat = this.#io.sys.fstat(input);
    const detail = this.#o.has('v') ? `defla ${'?'.repeat(8)} ${strftime('%b %e %H:%M', stat.mtime)} ` : '';
    if (detail) this.#io.notSimulated('-lv');
    this.#io.out(`${String(outcome.read).padStart(19)} ${String(outcome.written).padStart(19)} ${ratio(outcome.read - 18 - baseName(path).length, outcome.written)} ${path.replace(/\.gz$/, '')}\n`);
  }
}

function ratio(small: number, large: number): string {
  return `${(large ? ((large - small) * 100) / large : 0).toFixed(1)}%`.padStart(6);
}

const GNU = `1,fast 2 3 4 5 6 7 8 9,best a,ascii c,stdout,to-stdout d,decompress,uncompress f,force k,keep l,list L,license n,no-name N,name q,quiet r,recursive
  S:,suffix: t,test v,verbose rsyncable synchronous h`;

function gzipTool(mode: 'gzip' | 'gunzip' | 'zcat', busybox: string): Tool {
  return {
    gnu: GNU,
    busybox,
    hint: "Try `gzip --help' for more information.",
    *run(io, o) {
      yield* new Compression(io, o, mode).run();
    },
  };
}

export const gzip = gzipTool('gzip', 'c f k v q d t n 1 2 3 4 5 6 7 8 9');
export const gunzip = gzipTool('gunzip', 'c f k v q d t n');
export const zcat = gzipTool('zcat', 'c f k v q d t n');
