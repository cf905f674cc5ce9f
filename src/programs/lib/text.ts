// Text that keeps every byte: malformed UTF-8 becomes lone surrogates U+DC80–U+DCFF and turns back into the same bytes.

import { concat, decode, encode, type Bytes } from '../../base/bytes.ts';

const LONE = /[\ud800-\udfff]/u;
const BYTES = /([\udc80-\udcff]+)/u;

/** Characters of bytes; a byte that is no UTF-8 becomes U+DC00 + byte. */
export function toText(bytes: Bytes): string {
  // An error for each line of a binary would cost more than its lines.
  const plain = decode(bytes);
  if (!plain.includes('\ufffd')) return plain;
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at]!;
    if (first < 0x80) {
      const begun = at;
      while (bytes[++at]! < 0x80);
      text += decode(bytes.subarray(begun, at));
      continue;
    }
    const length = first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
    let ends = at + 1;
    while (ends < at + length && (bytes[ends]! & 0xc0) === 0x80) ends++;
    const part = length && ends === at + length ? decode(bytes.subarray(at, ends)) : '\ufffd';
    const valid = length > 0 && at + length <= bytes.length && (!part.includes('\ufffd') || length === 3 && first === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd);
    text += valid ? part : String.fromCharCode(0xdc00 + first);
    at += valid ? length : 1;
  }
  return text;
}

/** The bytes of a text made by `toText`. */
export function toBytes(text: string): Bytes {
  if (!LONE.test(text)) return encode(text);
  return concat(text.split(BYTES).map((part, index) => (index % 2 ? Uint8Array.from(part, (character) => character.charCodeAt(0) - 0xdc00) : encode(part))));
}

/** One character per byte. */
export function toLatin(bytes: Bytes): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}

export const fromLatin = (text: string): Bytes => Uint8Array.from(text, (character) => character.charCodeAt(0));
