// dd: copy blocks, convert them, count them.

import { concat, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isCharDevice, isRegular } from '../../kernel/stat.ts';
import { O_APPEND, O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_TRUNC, O_WRONLY } from '../../kernel/syscalls.ts';
import { reason, type Io } from '../lib/messages.ts';
import { general } from '../lib/number-format.ts';
import { quote, quoteAlways } from '../lib/quote.ts';
import { parseSize } from '../lib/size-format.ts';
import type { Tool } from '../lib/tool.ts';

const OPERANDS = ['if', 'of', 'bs', 'ibs', 'obs', 'cbs', 'count', 'skip', 'iseek', 'seek', 'oseek', 'conv', 'iflag', 'oflag', 'status'];
const GNU_CONV = ['ascii', 'ebcdic', 'ibm', 'block', 'unblock', 'lcase', 'ucase', 'sparse', 'swab', 'sync', 'excl', 'nocreat', 'notrunc', 'noerror', 'fdatasync', 'fsync'];
const BUSYBOX_CONV = ['notrunc', 'sync', 'noerror', 'fsync', 'swab'];
const FLAGS = ['append', 'direct', 'directory', 'dsync', 'sync', 'fullblock', 'nonblock', 'noatime', 'nocache', 'noctty', 'nofollow', 'count_bytes', 'skip_bytes', 'seek_bytes', 'binary', 'text', 'nolinks', 'cio'];
const PIECE = 131_072;
const SUFFIXES = { b: 512, c: 1, w: 2 } as const;

/** SIGUSR1 asks for the statistics in passing. */
interface Count {
  fullIn: number;
  partIn: number;
  fullOut: number;
  partOut: number;
  bytes: number;
}

function human(bytes: number, base: 1000 | 1024): string {
  const units = base === 1000 ? ['B', 'kB', 'MB', 'GB', 'TB'] : ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let power = 0;
  while (bytes >= base && power < 4) {
    bytes /= base;
    power++;
  }
  return `${power && bytes < 9.95 ? bytes.toFixed(1) : bytes.toFixed(0)} ${units[power]!}`;
}

function report(io: Io, count: Count, started: number, status: string | undefined): void {
  if (status === 'none') return;
  io.err(`${count.fullIn}+${count.partIn} records in\n${count.fullOut}+${count.partOut} records out\n`);
  if (!io.gnu || status === 'noxfer') return;
  const { bytes } = count;
  // Whole microseconds: the clock's fractions are not exact.
  const seconds = Math.max(Math.round((io.sys.now() - started) * 1000), 1) / 1e6;
  const sizes = bytes < 1000 ? '' : bytes < 1024 ? ` (${human(bytes, 1000)})` : ` (${human(bytes, 1000)}, ${human(bytes, 1024)})`;
  const rate = bytes ? human(bytes / seconds, 1000) : '0.0 kB';
  io.err(`${bytes} byte${bytes === 1 ? '' : 's'}${sizes} copied, ${general(seconds)} s, ${rate}/s\n`);
}

function swapped(bytes: Bytes): Bytes {
  const copy = bytes.slice();
  for (let i = 0; i + 1 < copy.length; i += 2) [copy[i], copy[i + 1]] = [copy[i + 1]!, copy[i]!];
  return copy;
}

function cased(bytes: Bytes, upper: boolean): Bytes {
  return bytes.map((byte) => (upper ? (byte >= 97 && byte <= 122 ? byte - 32 : byte) : byte >= 65 && byte <= 90 ? byte + 32 : byte));
}

export const dd: Tool = {
  gnu: ' ',
  busybox: ' ',
  *run(io, o) {
    const { sys, gnu } = io;
    const values = new Map<string, string>();
    const lists = { conv: new Set<string>(), iflag: new Set<string>(), oflag: new Set<string>() };
    const number = (text: string, least = 0): number => {
      const parts = gnu ? text.split('x') : [text];
      const value = parts.reduce<number | undefined>((product, part) => {
        const size = parseSize(part, SUFFIXES);
        return product === undefined || size === undefined ? undefined : product * size;
      }, 1);
      if (value === undefined) return io.die(gnu ? `invalid number: ${quoteAlways(text)}` : `invalid number '${text}'`);
      if (value < least) return io.die(gnu ? `invalid number: ${quoteAlways(text)}` : `number ${text} is not in ${least}..9223372036854775807 range`);
      return value;
    };
    for (const operand of o.operands) {
      const found = /^([a-z]+)=(.*)$/s.exec(operand);
      const name = found?.[1] ?? '';
      if (!found || !OPERANDS.includes(name) || (!gnu && /^(cbs|iseek|oseek)$/.test(name))) io.usage(gnu ? `unrecognized operand ${quoteAlways(operand)}` : undefined);
      const value = found![2]!;
      if (name in lists) {
        const known = name !== 'conv' ? FLAGS : gnu ? GNU_CONV : BUSYBOX_CONV;
        for (const word of value.split(',')) {
          if (!known.includes(word)) {
            if (!gnu) io.die(`invalid argument '${word}' to '${name}'`);
            io.usage(`invalid ${name === 'conv' ? 'conversion' : name === 'iflag' ? 'input flag' : 'output flag'}: ${quote(word)}`);
          }
          if (/^(ascii|ebcdic|ibm|block|unblock)$/.test(word)) io.notSimulated(`conv=${word}`);
          lists[name as 'conv'].add(word);
        }
      } else if (name === 'status') {
        if (!['none', 'noxfer', ...(gnu ? ['progress'] : [])].includes(value)) {
          if (!gnu) io.die(`invalid argument '${value}' to 'status'`);
          io.usage(`invalid status level: ${quote(value)}`);
        }
        values.set(name, value);
      } else values.set(name.replace(/^[io]seek$/, name === 'iseek' ? 'skip' : 'seek'), value);
    }
    const { conv, iflag, oflag } = lists;
    if (conv.has('lcase') && conv.has('ucase')) io.die('cannot combine lcase and ucase');
    if (conv.has('excl') && conv.has('nocreat')) io.die('cannot combine excl and nocreat');
    const bs = values.get('bs');
    const ibs = number(bs ?? values.get('ibs') ?? '512', 1);
    const obs = number(bs ?? values.get('obs') ?? '512', 1);
    const amount = (name: string, unit: number, inBytes: boolean): number => {
      const text = values.get(name);
      if (text === undefined) return name === 'count' ? Infinity : 0;
      // A number that ends in B counts bytes.
      if (gnu && /^\d+([kKMGT]i?)?B$/.test(text) && !/[kKMGT]B$/.test(text)) return number(text.replace(/B$/, ''));
      return number(text) * (inBytes ? 1 : unit);
    };
    const skip = amount('skip', ibs, iflag.has('skip_bytes'));
    const seek = amount('seek', obs, oflag.has('seek_bytes'));
    let left = amount('count', ibs, iflag.has('count_bytes'));
    const recordsAsked = iflag.has('count_bytes') || (values.get('count') ?? '').endsWith('B') ? Infinity : left / ibs;
    const status = values.get('status');
    const open = (path: string, flags: number): number => {
      try {
        return sys.open(path, flags, 0o666);
      } catch (error) {
        return io.die(gnu ? `failed to open ${quoteAlways(path)}: ${reason(error)}` : `can't open '${path}': ${reason(error)}`);
      }
    };
    const extra = (flags: ReadonlySet<string>): number => (flags.has('directory') ? O_DIRECTORY : 0) | (flags.has('nofollow') ? O_NOFOLLOW : 0) | (flags.has('nonblock') ? O_NONBLOCK : 0);
    const inName = values.get('if');
    const outName = values.get('of');
    const input = inName === undefined ? 0 : open(inName, O_RDONLY | extra(iflag));
    const truncates = !conv.has('notrunc') && seek === 0;
    const output = outName === undefined ? 1 : open(outName, O_WRONLY | (conv.has('nocreat') ? 0 : O_CREAT) | (conv.has('excl') ? O_EXCL : 0) | (truncates ? O_TRUNC : 0) | (oflag.has('append') ? O_APPEND : 0) | extra(oflag));
    const inShown = inName === undefined ? quoteAlways('standard input') : quoteAlways(inName);
    const outShown = outName === undefined ? quoteAlways('standard output') : quoteAlways(outName);
    const count: Count = { fullIn: 0, partIn: 0, fullOut: 0, partOut: 0, bytes: 0 };
    const started = sys.now();
    sys.sigaction('SIGUSR1', { handler: () => report(io, count, started, status === 'none' ? 'noxfer' : status), restart: true });
    // Files and devices give whole blocks however large: these are moved in pieces, and counted as one.
    const inMode = sys.fstat(input).mode;
    const refills = iflag.has('fullblock') || isRegular(inMode) || (isCharDevice(inMode) && !sys.isatty(input));
    const passesThrough = bs !== undefined && !['sync', 'swab', 'lcase', 'ucase', 'sparse'].some((word) => conv.has(word));
    let failed = false;
    let aborted = false;
    let pending: Bytes[] = [];
    let waiting = 0;

    if (skip) yield* skipInput();
    if (seek) {
      try {
        if (!conv.has('notrunc') && isRegular(sys.fstat(output).mode)) sys.ftruncate(output, seek);
        sys.seek(output, seek, 'current');
      } catch (error) {
        if (gnu && error instanceof KernelError) io.die(`${outShown}: cannot seek: ${reason(error)}`);
        else throw error;
      }
    }
    try {
      while (left > 0 && count.fullIn + count.partIn < recordsAsked) {
        if (passesThrough) {
          const got = yield* streamBlock(Math.min(ibs, left));
          if (!got) break;
          left -= got;
        } else {
          let bytes = yield* readBlock(Math.min(ibs, left));
          if (!bytes?.length) break;
          left -= bytes.length;
          if (bytes.length < ibs) {
            count.partIn++;
            if (conv.has('sync')) bytes = concat([bytes, new Uint8Array(ibs - bytes.length)]);
          } else count.fullIn++;
          if (conv.has('swab')) bytes = swapped(bytes);
          if (conv.has('ucase') || conv.has('lcase')) bytes = cased(bytes, conv.has('ucase'));
          // With bs= a block goes out as it came in.
          if (bs === undefined) yield* collect(bytes);
          else yield* writeBlock(bytes);
        }
        yield* io.relieve();
        if (failed) break;
      }
      if (waiting && !failed) yield* writeBlock(concat(pending));
    } finally {
      if (!aborted) report(io, count, started, status);
    }
    return failed ? 1 : 0;

    function* skipInput(): Task<void> {
      try {
        if (isRegular(sys.fstat(input).mode)) {
          sys.seek(input, skip, 'current');
          return;
        }
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
      }
      for (let rest = skip; rest > 0; ) {
        const bytes = yield* sys.read(input, Math.min(rest, ibs));
        if (!bytes.length) break;
        rest -= bytes.length;
      }
    }

    /** @returns how much was read; nothing at the end or after a failure */
    function* streamBlock(size: number): Task<number> {
      let got = 0;
      let sent = 0;
      let unsent = false;
      while (got < size && (unsent || !failed)) {
        const bytes = yield* readOnce(refills ? Math.min(PIECE, size - got) : size);
        if (!bytes?.length) break;
        got += bytes.length;
        // The real one reads a block before it writes it.
        if (!unsent) if (yield* send(bytes)) sent += bytes.length; else unsent = true;
        if (!refills) break;
        yield* sys.step();
      }
      if (got) {
        if (got < ibs) count.partIn++;
        else count.fullIn++;
      }
      // A block that failed half-way is not counted, only its bytes are.
      if (sent && !failed) {
        if (sent < obs) count.partOut++;
        else count.fullOut++;
      }
      count.bytes += sent;
      return failed ? 0 : got;
    }

    function* readBlock(size: number): Task<Bytes | undefined> {
      let bytes = yield* readOnce(size);
      if (!refills) return bytes;
      while (bytes?.length && bytes.length < size) {
        const more = yield* readOnce(size - bytes.length);
        if (!more?.length) break;
        bytes = concat([bytes, more]);
      }
      return bytes;
    }

    function* readOnce(size: number): Task<Bytes | undefined> {
      try {
        return yield* sys.read(input, size);
      } catch (error) {
        if (!gnu) {
          // BusyBox leaves without counting.
          aborted = true;
          io.die(`${inName ?? 'standard input'}: ${reason(error)}`);
        }
        io.warn(`error reading ${inShown}: ${reason(error)}`);
        failed = true;
        return undefined;
      }
    }

    function* collect(bytes: Bytes): Task<void> {
      pending.push(bytes);
      waiting += bytes.length;
      if (waiting < obs) return;
      let whole = concat(pending);
      while (whole.length >= obs) {
        yield* writeBlock(whole.subarray(0, obs));
        if (failed) break;
        whole = whole.subarray(obs);
      }
      pending = whole.length ? [whole] : [];
      waiting = whole.length;
    }

    function* writeBlock(bytes: Bytes): Task<void> {
      if (!(yield* send(bytes))) return;
      if (bytes.length < obs) count.partOut++;
      else count.fullOut++;
      count.bytes += bytes.length;
    }

    /** @returns whether it could be written */
    function* send(bytes: Bytes): Task<boolean> {
      try {
        if (conv.has('sparse') && bytes.every((byte) => byte === 0)) sys.seek(output, bytes.length, 'current');
        else yield* sys.write(output, bytes);
        return true;
      } catch (error) {
        io.warn(gnu ? `error writing ${outShown}: ${reason(error)}` : `error writing ${outName === undefined ? "'standard output'" : `'${outName}'`}: ${reason(error)}`);
        failed = true;
        return false;
      }
    }
  },
};
