// The bytes of a regular file: shared copy-on-write, sparse, cheap to append to.

import { EMPTY, type Bytes } from '../../base/bytes.ts';

/** Nothing, the bytes of a small file (never changed in place), or chunks. */
export type FileData = Bytes | Chunks | undefined;

const CHUNK = 65536;
export const PAGE = 4096;
/** Reads up to this size are copied; larger ones borrow the chunk, which is then copied before it next changes. */
const COPY_LIMIT = 4096;

const ZERO_CHUNK: Bytes = new Uint8Array(CHUNK);
let zeroBytes = ZERO_CHUNK;
/** Chunks of one byte all through, one for all files. */
const UNIFORM: Bytes[] = [ZERO_CHUNK];

export class Chunks {
  size = 0;
  /** Allocated pages; holes do not count. */
  pages = 0;
  /** Two files have it: it never changes again. */
  shared = false;
  /** Of CHUNK bytes each. Undefined is a hole; what a shorter array lacks is zero. */
  readonly chunks: (Bytes | undefined)[];
  /** Whether a chunk may be changed in place. */
  readonly owned: boolean[];
  /** Allocated pages of each chunk, a bit each; undefined while all pages up to the size are allocated. */
  masks: number[] | undefined = undefined;

  constructor(chunks: (Bytes | undefined)[], owned: boolean[]) {
    this.chunks = chunks;
    this.owned = owned;
  }

  copy(): Chunks {
    const copy = new Chunks(this.chunks.slice(), []);
    copy.size = this.size;
    copy.pages = this.pages;
    copy.masks = this.masks?.slice();
    return copy;
  }

  /** Begin to keep page masks: a hole is about to come. */
  becomeSparse(): void {
    if (this.masks) return;
    this.masks = [];
    for (let page = 0; page < this.pages; page++) this.masks[page >> 4] = (this.masks[page >> 4] ?? 0) | (1 << (page & 15));
  }
}

export function dataSize(data: FileData): number {
  return data === undefined ? 0 : data instanceof Chunks ? data.size : data.length;
}

/** Allocated pages. */
export function dataPages(data: FileData): number {
  return data === undefined ? 0 : data instanceof Chunks ? data.pages : Math.ceil(data.length / PAGE);
}

/** The same bytes for another file, in constant time. */
export function shareData(data: FileData): FileData {
  if (data instanceof Chunks) data.shared = true;
  return data;
}

function zeros(length: number): Bytes {
  if (length > zeroBytes.length) {
    if (length > 1 << 20) return new Uint8Array(length);
    zeroBytes = new Uint8Array(1 << 20);
  }
  return zeroBytes.subarray(0, length);
}

/** At most `max` bytes from `offset`. Not to be changed by the caller; later writes do not show in them. */
export function readData(data: FileData, offset: number, max: number): Bytes {
  const end = Math.min(dataSize(data), offset + max);
  if (offset >= end) return EMPTY;
  if (!(data instanceof Chunks)) return offset === 0 && end === data!.length ? data! : data!.subarray(offset, end);
  const length = end - offset;
  const first = Math.floor(offset / CHUNK);
  const last = Math.floor((end - 1) / CHUNK);
  if (first === last) {
    const chunk = data.chunks[first];
    const at = offset - first * CHUNK;
    if (!chunk || at >= chunk.length) return zeros(length);
    if (at + length <= chunk.length) {
      if (length <= COPY_LIMIT) return chunk.slice(at, at + length);
      data.owned[first] = false;
      return chunk.subarray(at, at + length);
    }
  }
  let blank = true;
  for (let i = first; i <= last && blank; i++) blank = data.chunks[i] === undefined || data.chunks[i] === ZERO_CHUNK;
  if (blank) return zeros(length);
  const whole = new Uint8Array(length);
  for (let i = first; i <= last; i++) {
    const start = i * CHUNK;
    const from = Math.max(0, offset - start);
    const part = data.chunks[i]?.subarray(from, Math.min(CHUNK, end - start));
    if (part?.length) whole.set(part, start + from - offset);
  }
  return whole;
}

/** How many pages a write there would newly allocate. */
export function pagesNeeded(data: FileData, offset: number, length: number): number {
  const first = Math.floor(offset / PAGE);
  const last = Math.floor((offset + length - 1) / PAGE);
  const masks = data instanceof Chunks ? data.masks : undefined;
  if (!masks) return Math.max(0, last + 1 - Math.max(first, dataPages(data)));
  let needed = 0;
  for (let page = first; page <= last; page++) if (!((masks[page >> 4] ?? 0) & (1 << (page & 15)))) needed++;
  return needed;
}

function changeable(data: FileData): Chunks {
  if (data instanceof Chunks) return data.shared ? data.copy() : data;
  const chunks = new Chunks(data?.length ? [data] : [], []);
  chunks.size = dataSize(data);
  chunks.pages = dataPages(data);
  // A small file's array can be longer than a chunk only when its writer gave it so.
  if (data && data.length > CHUNK) for (let i = 0; i * CHUNK < data.length; i++) chunks.chunks[i] = data.subarray(i * CHUNK, (i + 1) * CHUNK);
  return chunks;
}

/** The chunk that stands for one whose bytes are all alike; undefined for any other. */
function uniform(chunk: Bytes): Bytes | undefined {
  const byte = chunk[0]!;
  if (chunk[1] !== byte || chunk.byteOffset & 3) return undefined;
  const all = Math.imul(byte, 0x01010101) | 0;
  for (const word of new Int32Array(chunk.buffer as ArrayBuffer, chunk.byteOffset, CHUNK >> 2)) if (word !== all) return undefined;
  return (UNIFORM[byte] ??= new Uint8Array(CHUNK).fill(byte));
}

/** The data after a write. The bytes are kept, not copied, where they are large: they must not change afterwards. */
export function writeData(data: FileData, offset: number, bytes: Bytes): FileData {
  const { length } = bytes;
  if (!length) return data;
  if (offset === 0 && length <= CHUNK && !(data instanceof Chunks) && length >= dataSize(data)) {
    return bytes.buffer.byteLength <= length * 2 + 64 ? bytes : bytes.slice();
  }
  const result = changeable(data);
  const end = offset + length;
  if (Math.floor(offset / PAGE) > result.pages) result.becomeSparse();
  const { masks } = result;
  const needed = pagesNeeded(result, offset, length);
  for (let position = offset; position < end;) {
    const i = Math.floor(position / CHUNK);
    const at = position - i * CHUNK;
    const size = Math.min(CHUNK - at, end - position);
    const part = bytes.subarray(position - offset, position - offset + size);
    if (size === CHUNK) {
      result.chunks[i] = uniform(part) ?? part;
      result.owned[i] = false;
    } else {
      const chunk = ownChunk(result, i, at + size);
      chunk.set(part, at);
      const shared = at + size === CHUNK ? uniform(chunk) : undefined;
      if (shared) {
        result.chunks[i] = shared;
        result.owned[i] = false;
      }
    }
    if (masks) for (let page = at >> 12; page <= (at + size - 1) >> 12; page++) masks[i] = (masks[i] ?? 0) | (1 << page);
    position += size;
  }
  result.size = Math.max(result.size, end);
  result.pages += needed;
  return result;
}

/** A chunk that can be changed in place and holds at least `length` bytes; it grows by doubling. */
function ownChunk(data: Chunks, i: number, length: number): Bytes {
  const old = data.chunks[i];
  if (old && data.owned[i] && old.length >= length) return old;
  const had = old?.length ?? 0;
  const chunk = new Uint8Array(length <= had ? had : Math.min(CHUNK, Math.max(length, had * 2)));
  if (old) chunk.set(old);
  data.chunks[i] = chunk;
  data.owned[i] = true;
  return chunk;
}

/** The data cut off or extended by a hole. */
export function resizeData(data: FileData, size: number): FileData {
  const old = dataSize(data);
  if (size === old) return data;
  if (size === 0) return undefined;
  if (size < old && !(data instanceof Chunks)) return data!.slice(0, size);
  const result = changeable(data);
  const pages = Math.ceil(size / PAGE);
  if (size > old) {
    if (pages > result.pages) result.becomeSparse();
  } else {
    const count = Math.ceil(size / CHUNK);
    if (result.chunks.length > count) result.chunks.length = result.owned.length = count;
    // The part of a chunk beyond the end has to read as zeros should the file grow again.
    const last = result.chunks[count - 1];
    const rest = size - (count - 1) * CHUNK;
    if (last && last.length > rest) {
      result.chunks[count - 1] = last.slice(0, rest);
      result.owned[count - 1] = true;
    }
    const { masks } = result;
    if (masks) {
      if (masks.length > count) masks.length = count;
      if (masks[count - 1]) masks[count - 1]! &= (1 << Math.ceil(rest / PAGE)) - 1;
      result.pages = 0;
      for (let mask of masks) for (; mask; mask &= mask - 1) result.pages++;
    } else {
      result.pages = pages;
    }
  }
  result.size = size;
  return result;
}
