// cksum: the CRC of POSIX and the size of files, or another checksum by name.

import type { Bytes } from '../../base/bytes.ts';
import { Sha256 } from '../../base/sha256.ts';
import { O_RDONLY } from '../../kernel/syscalls.ts';
import { CHUNK } from '../lib/copy-bytes.ts';
import { Md5 } from '../lib/hash/md5.ts';
import { Sha1 } from '../lib/hash/sha1.ts';
import { Sha512 } from '../lib/hash/sha512.ts';
import { reason } from '../lib/messages.ts';
import { quote, quoteFile } from '../lib/quote.ts';
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

const HASHES = { md5: () => new Md5(), sha1: () => new Sha1(), sha256: () => new Sha256(), sha384: () => new Sha512(384), sha512: () => new Sha512() };

export const cksum: Tool = {
  gnu: 'a:,algorithm: base64 c,check l:,length: raw tag untagged debug z,zero ignore-missing quiet status strict w,warn',
  *run(io, o) {
    const { sys } = io;
    const algorithm = o.value('a') ?? 'crc';
    for (const key of ['c', 'l', 'raw', 'base64']) if (o.has(key)) io.notSimulated(`-${key.length > 1 ? '-' : ''}${key}`);
    if (algorithm !== 'crc' && !(algorithm in HASHES)) {
      if (/^(bsd|sysv|crc32b|sha224|sha2|sha3|blake2b|sm3)$/.test(algorithm)) io.notSimulated(`-a ${algorithm}`);
      io.usage(`invalid argument ${quote(algorithm)} for ${quote('--algorithm')}`);
    }
    for (const path of o.operands.length ? o.operands : ['-']) {
      try {
        const fd = path === '-' ? 0 : sys.open(path, O_RDONLY);
        const crc = new Crc();
        const hash = algorithm === 'crc' ? undefined : HASHES[algorithm as 'md5']();
        let length = 0;
        for (;;) {
          const bytes = yield* sys.read(fd, CHUNK);
          if (!bytes.length) break;
          length += bytes.length;
          (hash ?? crc).update(bytes);
          yield* io.relieve();
        }
        if (fd) sys.close(fd);
        const end = o.has('z') ? '\0' : '\n';
        if (!hash) io.out(`${crc.end(length)} ${length}${path === '-' && !o.operands.length ? '' : ` ${path}`}${end}`);
        else io.out(o.last('untagged', 'tag') === 'untagged' ? `${hash.hex()}  ${path}${end}` : `${algorithm.toUpperCase()} (${path}) = ${hash.hex()}${end}`);
      } catch (error) {
        io.fail(`${quoteFile(path)}: ${reason(error)}`);
      }
    }
  },
};
