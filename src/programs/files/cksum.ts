// cksum, sum and crc32: the CRC of POSIX, the sums of BSD and System V, or another checksum by name.

import type { Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { O_RDONLY } from '../../kernel/syscalls.ts';
import { CHUNK } from '../lib/copy-bytes.ts';
import { ALGORITHMS } from '../lib/hash/algorithms.ts';
import { reason, type Io } from '../lib/messages.ts';
import { quote, quoteFile } from '../lib/quote.ts';
import { checkGnu, digest } from './checksum.ts';
import type { Tool } from '../lib/tool.ts';

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n << 24;
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value;
});

class Crc {
  #crc = 0;

  update(bytes: Bytes): void {
    for (const byte of bytes) this.#crc = (this.#crc << 8) ^ TABLE[(this.#crc >>> 24) ^ byte]!;
  }

  /** The length is part of the sum, its lowest byte first. */
  end(length: number): number {
    for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) this.update(Uint8Array.of(rest % 256));
    return ~this.#crc >>> 0;
  }
}

/** What is not one of the hashes: a sum of two words, the second of them the size. */
interface Sum {
  update(bytes: Bytes): void;
  end(length: number): string;
}

const SUMS: Readonly<Record<string, () => Sum>> = {
  crc: () => {
    const crc = new Crc();
    return { update: (bytes) => crc.update(bytes), end: (length) => `${crc.end(length)} ${length}` };
  },
  bsd: () => {
    let sum = 0;
    return {
      update(bytes) {
        for (const byte of bytes) sum = (((sum >> 1) + ((sum & 1) << 15)) + byte) & 0xffff;
      },
      end: (length) => `${String(sum).padStart(5, '0')} ${String(Math.ceil(length / 1024)).padStart(5)}`,
    };
  },
  sysv: () => {
    let sum = 0;
    return {
      update(bytes) {
        for (const byte of bytes) sum = (sum + byte) >>> 0;
      },
      end(length) {
        const once = (sum & 0xffff) + (sum >>> 16);
        return `${(once & 0xffff) + (once >>> 16)} ${Math.ceil(length / 512)}`;
      },
    };
  },
  crc32: () => {
    let crc = -1;
    return {
      update(bytes) {
        for (const byte of bytes) {
          crc ^= byte;
          for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
        }
      },
      end: (length) => `${~crc >>> 0} ${length}`,
    };
  },
};

function* sumOf(io: Io, path: string, make: () => Sum): Task<string> {
  const { sys } = io;
  const fd = path === '-' ? 0 : sys.open(path, O_RDONLY);
  const sum = make();
  let length = 0;
  for (;;) {
    const bytes = yield* sys.read(fd, CHUNK);
    if (!bytes.length) break;
    length += bytes.length;
    sum.update(bytes);
    yield* io.relieve();
  }
  if (fd) sys.close(fd);
  return sum.end(length);
}

const NAMES = ['bsd', 'sysv', 'crc', 'crc32b', 'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha2', 'sha3', 'blake2b', 'sm3'];

export const cksum: Tool = {
  gnu: 'a:,algorithm: base64 c,check l:,length: raw tag untagged debug z,zero ignore-missing quiet status strict w,warn',
  *run(io, o) {
    const given = o.value('a');
    const algorithm = given ?? 'crc';
    for (const key of ['raw', 'base64']) if (o.has(key)) io.notSimulated(`--${key}`);
    if (/^(?:sha2|sha3|sm3)$/.test(algorithm)) io.notSimulated(`-a ${algorithm}`);
    if (!NAMES.includes(algorithm)) {
      io.warn(`invalid argument ${quote(algorithm)} for ${quote('--algorithm')}`);
      io.err(`Valid arguments are:\n${NAMES.map((name) => `  - ${quote(name)}\n`).join('')}Try 'cksum --help' for more information.\n`);
      return 1;
    }
    const hash = ALGORITHMS[algorithm];
    const sum = SUMS[algorithm === 'crc32b' ? 'crc32' : algorithm];
    for (const path of o.operands.length ? o.operands : ['-']) {
      if (o.has('c')) {
        yield* checkGnu(io, o, path, given === undefined ? undefined : hash);
        continue;
      }
      const end = o.has('z') ? '\0' : '\n';
      try {
        if (sum) io.out(`${yield* sumOf(io, path, sum)}${path === '-' && !o.operands.length ? '' : ` ${path}`}${end}`);
        else {
          const bits = Number(o.value('l') ?? 0);
          const hex = yield* digest(io, path, hash!.make(bits || undefined));
          io.out(o.last('untagged', 'tag') === 'untagged' ? `${hex}  ${path}${end}` : `${hash!.tag}${bits && bits < 512 ? `-${bits}` : ''} (${path}) = ${hex}${end}`);
        }
      } catch (error) {
        io.fail(`${quoteFile(path)}: ${reason(error)}`);
      }
    }
    return undefined;
  },
};

export const sum: Tool = {
  gnu: 'r s,sysv',
  *run(io, o) {
    for (const path of o.operands.length ? o.operands : ['-']) {
      try {
        io.out(`${yield* sumOf(io, path, SUMS[o.last('r', 's') === 's' ? 'sysv' : 'bsd']!)}${path === '-' && !o.operands.length ? '' : ` ${path}`}\n`);
      } catch (error) {
        io.fail(`${quoteFile(path)}: ${reason(error)}`);
      }
    }
  },
};

export const crc32: Tool = {
  gnu: null, busybox: 'N',
  *run(io, o) {
    for (const path of o.operands.length ? o.operands : ['-']) {
      try {
        const [value] = (yield* sumOf(io, path, SUMS['crc32']!)).split(' ');
        io.out(`${Number(value).toString(16).padStart(8, '0')}${o.operands.length ? ` ${path}` : ''}\n`);
      } catch (error) {
        io.fail(`${path}: ${reason(error)}`);
      }
    }
  },
};
