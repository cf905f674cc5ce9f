// Between the bytes of files and the strings of the shell, without losing a byte: malformed ones become lone surrogates.

import { decode, encode, type Bytes } from '../base/bytes.ts';

const LONE = /[\udc80-\udcff]/u;

/** Text of bytes; a byte that is no UTF-8 becomes U+DC80…U+DCFF, which `toBytes` turns back. */
export function toText(bytes: Bytes): string {
  const text = decode(bytes);
  return text.includes('\ufffd') ? careful(bytes) : text;
}

export function toBytes(text: string): Bytes {
  if (!LONE.test(text)) return encode(text);
  const out: number[] = [];
  for (const c of text) {
    const code = c.charCodeAt(0);
    if (c.length === 1 && code >= 0xdc80 && code <= 0xdcff) out.push(code - 0xdc00);
    else out.push(...encode(c));
  }
  return Uint8Array.from(out);
}

function careful(bytes: Bytes): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i]!;
    const length = first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
    const piece = length ? decode(bytes.subarray(i, i + length)) : '';
    if (length && [...piece].length === 1 && (piece !== '\ufffd' || (first === 0xef && bytes[i + 1] === 0xbf && bytes[i + 2] === 0xbd))) {
      text += piece;
      i += length;
    } else {
      text += String.fromCharCode(0xdc00 + first);
      i++;
    }
  }
  return text;
}

/** Characters of a text, not UTF-16 units. */
export function characters(text: string): string[] {
  return [...text];
}

export function characterCount(text: string): number {
  // Only pairs differ; lone surrogates stand for one byte each.
  return /[\ud800-\udbff]/.test(text) ? [...text].length : text.length;
}
