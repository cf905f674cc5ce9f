// CRC-32 as gzip and zip use it.

import type { Bytes } from '../bytes.ts';

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

/** @param crc of what came before; 0 at the start */
export function crc32(bytes: Bytes, crc = 0): number {
  crc = ~crc;
  for (let i = 0; i < bytes.length; i++) crc = TABLE[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
