// Base64 and Base32 of RFC 4648.

import type { Bytes } from '../../base/bytes.ts';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function encodeBits(bytes: Bytes, alphabet: string, width: number, group: number): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8 | byte) & 0xffff;
    bits += 8;
    for (; bits >= width; bits -= width) text += alphabet[held >> (bits - width) & (1 << width) - 1];
  }
  if (bits) text += alphabet[held << (width - bits) & (1 << width) - 1];
  return text.padEnd(Math.ceil(text.length / group) * group, '=');
}

function decodeBits(text: string, alphabet: string, width: number): Bytes | undefined {
  const digits = text.replace(/=+$/, '');
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const digit of digits) {
    const value = alphabet.indexOf(digit);
    if (value < 0) return undefined;
    held = (held << width | value) & 0xffff;
    bits += width;
    if (bits >= 8) bytes.push(held >> (bits -= 8) & 255);
  }
  return Uint8Array.from(bytes);
}

export const encodeBase64 = (bytes: Bytes): string => encodeBits(bytes, BASE64, 6, 4);
export const encodeBase32 = (bytes: Bytes): string => encodeBits(bytes, BASE32, 5, 8);
/** undefined for what is no Base64. */
export const decodeBase64 = (text: string): Bytes | undefined => decodeBits(text, BASE64, 6);
export const decodeBase32 = (text: string): Bytes | undefined => decodeBits(text, BASE32, 5);
