// md5sum, b2sum and the sha*sums: print and check checksums.

import { decode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { O_RDONLY } from '../../kernel/syscalls.ts';
import { CHUNK } from '../lib/copy-bytes.ts';
import { ALGORITHMS, type Algorithm } from '../lib/hash/algorithms.ts';
import type { Hash } from '../lib/hash/block-hash.ts';
import { Sha3 } from '../lib/hash/sha3.ts';
import { reason, type Io } from '../lib/messages.ts';
import type { Options } from '../lib/options.ts';
import { quote, quoteAlways, quoteFile } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

/** @throws KernelError */
export function* digest(io: Io, path: string, hash: Hash): Task<string> {
  const fd = path === '-' ? 0 : io.sys.open(path, O_RDONLY);
  try {
    for (;;) {
      const bytes = yield* io.sys.read(fd, CHUNK);
      if (!bytes.length) return hash.hex();
      hash.update(bytes);
      yield* io.relieve();
    }
  } finally {
    if (fd) io.sys.close(fd);
  }
}

function* text(io: Io, path: string): Task<string> {
  const fd = path === '-' ? 0 : io.sys.open(path, O_RDONLY);
  let all = '';
  for (;;) {
    const bytes = yield* io.sys.read(fd, CHUNK);
    if (!bytes.length) break;
    all += decode(bytes);
  }
  if (fd) io.sys.close(fd);
  return all;
}

const escaped = (name: string): string => name.replace(/[\\\n\r]/g, (char) => (char === '\\' ? '\\\\' : char === '\n' ? '\\n' : '\\r'));
const unescaped = (name: string): string => name.replace(/\\([\\nr])/g, (_, char: string) => (char === 'n' ? '\n' : char === 'r' ? '\r' : '\\'));

function* checkBusybox(io: Io, o: Options, list: string, make: () => Hash): Task<void> {
  let failed = 0;
  let total = 0;
  let lines: string;
  try {
    lines = yield* text(io, list);
  } catch (error) {
    io.fail(`${list}: ${reason(error)}`);
    return;
  }
  for (const line of lines.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    total++;
    const found = /^(.*?) [ *](.*)$/m.exec(line);
    if (!found) {
      if (o.has('w')) io.warn('invalid format');
      failed++;
      continue;
    }
    let sum: string | undefined;
    try {
      sum = yield* digest(io, found[2]!, make());
    } catch (error) {
      io.warn(`can't open '${found[2]!}': ${reason(error)}`);
    }
    if (sum !== found[1]!.toLowerCase()) failed++;
    if (!o.has('s')) io.out(`${found[2]!}: ${sum === found[1]!.toLowerCase() ? 'OK' : 'FAILED'}\n`);
  }
  if (failed) io.status = 1;
  if (failed && !o.has('s')) io.warn(`WARNING: ${failed} of ${total} computed checksums did NOT match`);
  if (!total) io.fail(`${list}: no checksum lines found`);
}

/** @param only undefined: lines name their algorithm, as cksum's do */
export function* checkGnu(io: Io, o: Options, list: string, only: Algorithm | undefined): Task<void> {
  const shown = list === '-' ? quoteAlways('standard input') : quoteFile(list);
  let lines: string;
  try {
    lines = yield* text(io, list);
  } catch (error) {
    io.fail(`${shown}: ${reason(error)}`);
    return;
  }
  const wanted = only ? [only] : Object.values(ALGORITHMS);
  let [proper, malformed, mismatched, unread, matched] = [0, 0, 0, 0, 0];
  for (const [i, line] of lines.split('\n').entries()) {
    if (!line || line.startsWith('#')) continue;
    yield* io.flush();
    let [, backslash, sum, file] = only ? /^(\\?)([0-9a-fA-F]+) [ *](.*)$/.exec(line) ?? [] : [];
    let tag = only?.tag, bits: string | undefined;
    if (sum === undefined) [, backslash, tag, bits, file, sum] = /^(\\?)(\w+?)(?:-(\d+))? \((.*)\) = ([0-9a-fA-F]+)$/.exec(line) ?? [];
    const algorithm = wanted.find((each) => each.tag === tag && (sum!.length === each.digits || (tag === 'BLAKE2b' && sum!.length < 128 && sum!.length % 2 === 0)));
    if (!algorithm) {
      malformed++;
      if (o.has('w')) io.warn(`${shown}: ${i + 1}: improperly formatted ${only ? `${only.tag} ` : ''}checksum line`);
      continue;
    }
    proper++;
    const path = backslash ? unescaped(file!) : file!;
    const label = backslash ? `\\${file!}` : file!;
    try {
      const actual = yield* digest(io, path, algorithm.make(bits ? Number(bits) : sum!.length * 4));
      const same = actual === sum!.toLowerCase();
      if (same) matched++;
      else mismatched++;
      if (!o.has('status') && !(same && o.has('quiet'))) io.out(`${label}: ${same ? 'OK' : 'FAILED'}\n`);
    } catch (error) {
      const why = reason(error);
      if (o.has('ignore-missing') && why === 'No such file or directory') continue;
      unread++;
      io.warn(`${quoteFile(path)}: ${why}`);
      if (!o.has('status')) io.out(`${label}: FAILED open or read\n`);
    }
  }
  if (!proper) {
    io.fail(`${shown}: no properly formatted checksum lines found`);
    return;
  }
  const warn = (count: number, one: string, many: string) => {
    if (count && !o.has('status')) io.warn(`WARNING: ${count} ${count === 1 ? one : many}`);
  };
  // What could not be said while output waited comes after it.
  yield* io.flush();
  warn(malformed, 'line is improperly formatted', 'lines are improperly formatted');
  warn(unread, 'listed file could not be read', 'listed files could not be read');
  warn(mismatched, 'computed checksum did NOT match', 'computed checksums did NOT match');
  if (o.has('ignore-missing') && !matched) io.fail(`${shown}: no file was verified`);
  if (mismatched || unread || (malformed && o.has('strict'))) io.status = 1;
}

function checksumTool(algorithm: Algorithm, busybox: string | undefined = 's c w b t'): Tool {
  const { tag, make } = algorithm;
  const sized = tag === 'BLAKE2b';
  return {
    gnu: `b,binary c,check t,text tag z,zero ignore-missing quiet status strict w,warn${sized ? ' l:,length:' : ''}`,
    ...(busybox && { busybox }),
    *run(io, o) {
      const { gnu } = io;
      const bits = Number(o.value('l') ?? 0);
      if (sized && o.has('l') && !/^\d+$/.test(o.value('l')!)) io.die(`invalid length: ${quote(o.value('l')!)}`);
      if (sized && bits > 512) io.die(`invalid length: ${quote(o.value('l')!)}\nb2sum: maximum digest length for ${quote('BLAKE2b')} is 512 bits`);
      if (sized && bits % 8) io.die(`invalid length: ${quote(o.value('l')!)}\nb2sum: length is not a multiple of 8`);
      const fresh = (): Hash => make(tag === 'SHA3' ? Number(o.value('a') ?? 224) : bits || undefined);
      const files = o.operands.length ? o.operands : ['-'];
      for (const path of files) {
        // GNU's are line-buffered.
        if (gnu) yield* io.flush();
        if (o.has('c')) {
          yield* gnu ? checkGnu(io, o, path, algorithm) : checkBusybox(io, o, path, fresh);
          continue;
        }
        try {
          const sum = yield* digest(io, path, fresh());
          const needs = gnu && /[\\\n\r]/.test(path) && !o.has('z');
          const shown = needs ? escaped(path) : path;
          const line = o.has('tag') ? `${tag}${bits && bits < 512 ? `-${bits}` : ''} (${shown}) = ${sum}` : `${sum} ${o.last('b', 't') === 'b' ? '*' : ' '}${shown}`;
          io.out((needs ? '\\' : '') + line + (o.has('z') ? '\0' : '\n'));
        } catch (error) {
          const why = reason(error);
          io.fail(gnu ? `${path === '-' ? "'standard input'" : quoteFile(path)}: ${why}` : `can't ${why === 'Is a directory' ? 'read' : 'open'} '${path}': ${why}`);
        }
      }
    },
  };
}

const { md5, sha1, sha224, sha256, sha384, sha512, blake2b } = ALGORITHMS as Record<string, Algorithm> & Record<'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512' | 'blake2b', Algorithm>;
export const md5sum = checksumTool(md5);
export const sha1sum = checksumTool(sha1);
export const sha224sum = checksumTool(sha224, '');
export const sha256sum = checksumTool(sha256);
export const sha384sum = checksumTool(sha384);
export const sha512sum = checksumTool(sha512);
export const b2sum = checksumTool(blake2b, '');
const keccak = checksumTool({ tag: 'SHA3', digits: 56, make: (bits = 224) => new Sha3(bits) }, 's c w b t a:');
export const sha3sum: Tool = { gnu: null, busybox: keccak.busybox!, run: keccak.run };
