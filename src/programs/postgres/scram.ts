// Whether a password is the one that a role's stored SCRAM secret was made from.

import { concat, EMPTY, encode, type Bytes } from '../../base/bytes.ts';
import { Sha256 } from '../../base/sha256.ts';
import { decodeBase64 } from '../lib/base64.ts';

const hash = (...parts: readonly Bytes[]): Bytes => {
  const sum = new Sha256();
  for (const part of parts) sum.update(part);
  return Uint8Array.from(sum.hex().match(/../g)!, (pair) => Number.parseInt(pair, 16));
};

function hmac(key: Bytes, text: Bytes): Bytes {
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? hash(key) : key);
  return hash(block.map((byte) => byte ^ 0x5c), hash(block.map((byte) => byte ^ 0x36), text));
}

/** PBKDF2 of one block. */
function salted(password: Bytes, salt: Bytes, rounds: number): Bytes {
  let last = hmac(password, concat([salt, new Uint8Array([0, 0, 0, 1])]));
  const sum = new Uint8Array(last);
  for (let round = 1; round < rounds; round++) {
    last = hmac(password, last);
    for (let i = 0; i < sum.length; i++) sum[i]! ^= last[i]!;
  }
  return sum;
}

/** @param stored `SCRAM-SHA-256$4096:salt$storedKey:serverKey` */
export function passwordMatches(password: string, stored: string): boolean {
  const parts = /^SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):/.exec(stored);
  if (!parts) return false;
  const key = hash(hmac(salted(encode(password), (decodeBase64(parts[2]!) ?? EMPTY), Number(parts[1])), encode('Client Key')));
  const wanted = decodeBase64(parts[3]!) ?? EMPTY;
  return wanted.length > 0 && key.every((byte, i) => byte === wanted[i]);
}
