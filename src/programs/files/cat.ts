// cat: concatenate files to standard output.

import { EMPTY, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { isRegular } from '../../kernel/stat.ts';
import { O_APPEND, O_RDONLY } from '../../kernel/syscalls.ts';
import { CHUNK } from '../lib/copy-bytes.ts';
import { reason, type Io } from '../lib/messages.ts';
import { quoteFile } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

interface Shown {
  readonly number: boolean;
  readonly numberNonblank: boolean;
  readonly ends: boolean;
  readonly tabs: boolean;
  readonly nonprinting: boolean;
  readonly squeeze: boolean;
}

/** Numbers, marks and squeezing; its state goes on from file to file. */
class Formatter {
  readonly #shown: Shown;
  #line = 0;
  #atStart = true;
  #blank = 0;

  constructor(shown: Shown) {
    this.#shown = shown;
  }

  /** BusyBox numbers each file's unfinished last line as a line. */
  endFile(): string {
    if (this.#atStart || !(this.#shown.number || this.#shown.numberNonblank)) return '';
    this.#atStart = true;
    return '\n';
  }

  format(bytes: Bytes): Bytes {
    const { number, numberNonblank, ends, tabs, nonprinting, squeeze } = this.#shown;
    const out: number[] = [];
    const text = (value: string) => {
      for (let i = 0; i < value.length; i++) out.push(value.charCodeAt(i));
    };
    for (const byte of bytes) {
      if (this.#atStart) {
        this.#blank = byte === 10 ? this.#blank + 1 : 0;
        if (squeeze && this.#blank > 1) continue;
        if (numberNonblank ? byte !== 10 : number) text(`${String(++this.#line).padStart(6)}\t`);
        this.#atStart = false;
      }
      if (byte === 10) {
        if (ends) out.push(36);
        out.push(10);
        this.#atStart = true;
      } else if (byte === 9) {
        if (tabs) text('^I');
        else out.push(9);
      } else if (!nonprinting) out.push(byte);
      else {
        let rest = byte;
        if (rest >= 128) {
          text('M-');
          rest -= 128;
        }
        if (rest === 127) text('^?');
        else if (rest < 32) text(`^${String.fromCharCode(rest + 64)}`);
        else out.push(rest);
      }
    }
    return Uint8Array.from(out);
  }
}

export const cat: Tool = {
  gnu: 'A,show-all b,number-nonblank e E,show-ends n,number s,squeeze-blank t T,show-tabs u v,show-nonprinting',
  busybox: 'e t v A n b u',
  *run(io, o) {
    const { sys, gnu } = io;
    const shown: Shown = {
      number: o.has('n'), numberNonblank: o.has('b'), ends: o.has('A', 'e', 'E'), tabs: o.has('A', 't', 'T'),
      nonprinting: o.has('A', 'e', 't', 'v'), squeeze: o.has('s'),
    };
    const formatter = Object.values(shown).some(Boolean) ? new Formatter(shown) : undefined;
    for (const path of o.operands.length ? o.operands : ['-']) {
      const name = gnu ? quoteFile(path) : path;
      let fd = 0;
      if (path !== '-') {
        try {
          fd = sys.open(path, O_RDONLY);
        } catch (error) {
          io.fail(gnu ? `${name}: ${reason(error)}` : `can't open '${path}': ${reason(error)}`);
          continue;
        }
      }
      try {
        if (gnu && isOwnOutput(io, fd)) {
          io.fail(`${name}: input file is output file`);
          continue;
        }
        yield* copy(io, fd, name, formatter);
        if (!gnu && formatter) io.out(formatter.endFile());
      } finally {
        if (fd !== 0) sys.close(fd);
      }
    }
  },
};

/** A file that grows by being read. */
function isOwnOutput(io: Io, fd: number): boolean {
  const input = io.sys.fstat(fd);
  const output = io.sys.fstat(1);
  if (!isRegular(input.mode) || input.ino !== output.ino || input.dev !== output.dev) return false;
  return (io.sys.flags(1) & O_APPEND) !== 0 ? input.size > 0 && io.sys.seek(fd, 0, 'current') < input.size : io.sys.seek(1, 0, 'current') > io.sys.seek(fd, 0, 'current');
}

function* copy(io: Io, fd: number, name: string, formatter: Formatter | undefined): Task<void> {
  for (;;) {
    let bytes: Bytes = EMPTY;
    try {
      bytes = yield* io.sys.read(fd, CHUNK);
    } catch (error) {
      io.fail(io.gnu ? `${name}: ${reason(error)}` : `read error: ${reason(error)}`);
    }
    if (!bytes.length) return;
    // cat does not hold back what it read.
    io.out(formatter ? formatter.format(bytes) : bytes);
    yield* io.flush();
    yield* io.sys.step();
  }
}
