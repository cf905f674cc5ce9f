// Bytes and text: files, pipes and terminals carry bytes; text is made at the edges, here.

export type Bytes = Uint8Array;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** No bytes: end of file when it comes from `read`. */
export const EMPTY: Bytes = new Uint8Array(0);

/** What is shorter is encoded here, if it is ASCII: the platform's encoder costs more to enter than that. */
const SHORT = 64;

/** UTF-8 bytes of a text. */
export function encode(text: string): Bytes {
  const { length } = text;
  if (length > SHORT) return encoder.encode(text);
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return encoder.encode(text);
    bytes[i] = code;
  }
  return bytes;
}

/** Text of UTF-8 bytes; malformed sequences become U+FFFD. */
export function decode(bytes: Bytes): string {
  return decoder.decode(bytes);
}

/** One array holding the given ones in order. */
export function concat(parts: readonly Bytes[]): Bytes {
  if (parts.length === 1) return parts[0]!;
  let size = 0;
  for (const part of parts) size += part.length;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Whether two arrays hold the same bytes. */
export function equal(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
