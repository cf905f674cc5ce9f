// Reading tar, a piece at a time: USTAR, pax records and GNU extensions.

import { concat, decode, EMPTY, equal, type Bytes } from '../bytes.ts';
import type { TarEntryType, TarHeader } from './tar-entry.ts';
import { BLOCK, TYPE_FLAGS } from './tar-header.ts';

/** A member begins, or more of the content of the member that began last. */
export type TarItem = { readonly header: TarHeader; readonly content?: undefined } | { readonly header?: undefined; readonly content: Bytes };

const TYPES = new Map<string, TarEntryType>(Object.entries(TYPE_FLAGS).map(([type, flag]) => [flag, type as TarEntryType]));
TYPES.set('\0', 'file').set('7', 'file');

/** `push` bytes of the archive in any pieces. Content items are views of what was pushed. */
export class TarReader {
  /** The end of the archive was read: what follows is ignored. */
  ended = false;
  /** Something that is no header stands where one should; nothing more is read. */
  bad = false;
  /** How many bytes of the archive were used. */
  position = 0;
  #rest: Bytes = EMPTY;
  /** Bytes of content still to come, then of padding. */
  #content = 0;
  #padding = 0;
  /** Collects the content of a member that describes the next one; undefined for ordinary content. */
  #description: { readonly flag: string; readonly parts: Bytes[] } | undefined;
  /** A member of a kind that is not read. */
  #skipping = false;
  #globals: Record<string, Bytes> = {};
  #records: Record<string, Bytes> = {};

  /** Whether content that a header promised is still to come. */
  get inContent(): boolean {
    return this.#content > 0 || this.#description !== undefined;
  }

  /** Whether the archive stops in the middle of something; ask when there is no more input. */
  get truncated(): boolean {
    return !this.ended && !this.bad && (this.#rest.length > 0 || this.#content > 0 || this.#padding > 0 || this.#description !== undefined);
  }

  *push(bytes: Bytes): Generator<TarItem, void, void> {
    let rest = this.#rest.length ? concat([this.#rest, bytes]) : bytes;
    const take = (length: number): Bytes => {
      const part = rest.subarray(0, length);
      rest = rest.subarray(length);
      this.position += part.length;
      return part;
    };
    while (rest.length && !this.ended && !this.bad) {
      if (this.#content > 0) {
        const content = take(Math.min(this.#content, rest.length));
        this.#content -= content.length;
        if (this.#description) this.#description.parts.push(content);
        else if (!this.#skipping) yield { content };
      } else if (this.#padding > 0) {
        this.#padding -= take(Math.min(this.#padding, rest.length)).length;
      } else {
        this.#describe();
        if (rest.length < BLOCK) break;
        const header = this.#header(take(BLOCK));
        if (header) yield { header };
      }
    }
    this.#rest = this.ended || this.bad ? EMPTY : rest.slice();
  }

  #describe(): void {
    if (!this.#description) return;
    const { flag, parts } = this.#description;
    const content = concat(parts);
    this.#description = undefined;
    if (flag === 'x') Object.assign(this.#records, paxRecords(content));
    else if (flag === 'g') Object.assign(this.#globals, paxRecords(content));
    else this.#records[flag === 'L' ? 'path' : 'linkpath'] = untilZero(content);
  }

  #header(b: Bytes): TarHeader | undefined {
    if (b.every((byte) => byte === 0)) {
      this.ended = true;
      return undefined;
    }
    const field = (at: number, width: number) => untilZero(b.subarray(at, at + width));
    let sum = 256;
    for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += b[i]!;
    if (sum !== number(b.subarray(148, 156))) {
      this.bad = true;
      return undefined;
    }
    const flag = String.fromCharCode(b[156]!);
    let size = number(b.subarray(124, 136));
    if (flag === 'L' || flag === 'K' || flag === 'x' || flag === 'g') {
      this.#begin(size);
      this.#description = { flag, parts: [] };
      return undefined;
    }
    const records = { ...this.#globals, ...this.#records };
    this.#records = {};
    const text = (key: string, at: number, width: number) => decode(records[key] ?? field(at, width));
    const value = (key: string, at: number, width: number) => (records[key] ? Number(decode(records[key])) : number(b.subarray(at, at + width)));
    size = value('size', 124, 12);
    const prefix = equal(b.subarray(257, 263), USTAR) ? decode(field(345, 155)) : '';
    let name = text('path', 0, 100);
    if (prefix && !records['path']) name = `${prefix}/${name}`;
    let type = TYPES.get(flag);
    if (type === 'file' && name.endsWith('/')) type = 'directory';
    this.#begin(size);
    this.#skipping = type !== 'file';
    if (!type) return undefined;
    const xattrs: Record<string, Bytes> = {};
    for (const [key, content] of Object.entries(records)) if (key.startsWith('SCHILY.xattr.')) xattrs[key.slice(13)] = content;
    return {
      name, type,
      mode: number(b.subarray(100, 108)) & 0o7777,
      uid: value('uid', 108, 8), gid: value('gid', 116, 8),
      uname: text('uname', 265, 32), gname: text('gname', 297, 32),
      size: type === 'file' ? size : 0,
      mtime: value('mtime', 136, 12),
      linkname: type === 'link' || type === 'symlink' ? text('linkpath', 157, 100) : '',
      major: number(b.subarray(329, 337)), minor: number(b.subarray(337, 345)),
      ...(Object.keys(xattrs).length ? { xattrs } : {}),
    };
  }

  #begin(size: number): void {
    this.#content = size;
    this.#padding = (BLOCK - (size % BLOCK)) % BLOCK;
    this.#skipping = false;
  }
}

const USTAR: Bytes = Uint8Array.from([0x75, 0x73, 0x74, 0x61, 0x72, 0]);

function untilZero(bytes: Bytes): Bytes {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

/** Octal digits, or base 256 when the top bit is set. */
function number(bytes: Bytes): number {
  if (bytes[0]! & 0x80) {
    // A negative number (a time before the epoch) has all its upper bits set.
    const negative = bytes[0] === 0xff;
    let value = negative ? -1 : bytes[0]! & 0x7f;
    for (const byte of bytes.subarray(1)) value = value * 256 + byte;
    return value;
  }
  return Number.parseInt(decode(untilZero(bytes)).trim(), 8) || 0;
}

function paxRecords(content: Bytes): Record<string, Bytes> {
  const records: Record<string, Bytes> = {};
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at);
    const length = Number(decode(content.subarray(at, space)));
    const equals = content.indexOf(0x3d, space);
    if (space < 0 || equals < 0 || !(length > 0)) break;
    records[decode(content.subarray(space + 1, equals))] = content.subarray(equals + 1, at + length - 1);
    at += length;
  }
  return records;
}
