// The wire protocol of PostgreSQL: messages made and taken apart.

import { concat, decode, encode, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';

export const PROTOCOL = 196608;
/** Ours: a client in the same simulation that asks for the server's own function instead of a stream. */
export const DIRECT = 'stowage_direct';

export interface Message {
  /** One letter. */
  readonly type: string;
  readonly body: Bytes;
}

export function int32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value);
  return bytes;
}

export const message = (type: string, body: Bytes = new Uint8Array(0)): Bytes => concat([encode(type), int32(body.length + 4), body]);
export const textMessage = (type: string, text: string): Bytes => message(type, encode(`${text}\0`));

export function startupMessage(parameters: Readonly<Record<string, string>>): Bytes {
  const body = concat([int32(PROTOCOL), encode(`${Object.entries(parameters).flat().join('\0')}\0\0`)]);
  return concat([int32(body.length + 4), body]);
}

/** The parameters of a startup message, without its length. */
export function startupParameters(body: Bytes): Map<string, string> {
  const words = decode(body.subarray(4)).split('\0');
  const parameters = new Map<string, string>();
  for (let i = 0; i + 1 < words.length && words[i]; i += 2) parameters.set(words[i]!, words[i + 1]!);
  return parameters;
}

/** The fields of an error or notice, by letter: S severity, C code, M message, D detail, H hint, P position, W context. */
export type Report = ReadonlyMap<string, string>;

export const parseReport = (body: Bytes): Report => new Map(decode(body).split('\0').filter(Boolean).map((field) => [field[0]!, field.slice(1)]));

export const reportMessage = (severity: string, code: string, text: string, more: Readonly<Record<string, string>> = {}): Bytes =>
  message('E', encode(`${Object.entries({ S: severity, V: severity, C: code, M: text, ...more }).map(([key, value]) => `${key}${value}\0`).join('')}\0`));

/** All whole messages at the front of some bytes. */
export function messagesOf(bytes: Bytes): { readonly messages: Message[]; readonly rest: Bytes } {
  const messages: Message[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + 5 <= bytes.length) {
    const end = at + 1 + view.getInt32(at + 1);
    if (end > bytes.length) break;
    messages.push({ type: String.fromCharCode(bytes[at]!), body: bytes.subarray(at + 5, end) });
    at = end;
  }
  return { messages, rest: bytes.subarray(at) };
}

/** A connection's incoming messages. */
export class Incoming {
  readonly #sys: Syscalls;
  readonly #fd: number;
  #held: Bytes = new Uint8Array(0);
  readonly #queue: Message[] = [];

  constructor(sys: Syscalls, fd: number) {
    this.#sys = sys;
    this.#fd = fd;
  }

  /** Bytes of exactly this length. @returns undefined at the end */
  *bytes(length: number): Task<Bytes | undefined> {
    while (this.#held.length < length) {
      const more = yield* this.#sys.read(this.#fd, 65_536);
      if (!more.length) return undefined;
      this.#held = concat([this.#held, more]);
    }
    const taken = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return taken;
  }

  /** The next message. @returns undefined at the end */
  *next(): Task<Message | undefined> {
    while (!this.#queue.length) {
      const { messages, rest } = messagesOf(this.#held);
      this.#held = rest;
      this.#queue.push(...messages);
      if (messages.length) break;
      const more = yield* this.#sys.read(this.#fd, 65_536);
      if (!more.length) return undefined;
      this.#held = this.#held.length ? concat([this.#held, more]) : more;
    }
    return this.#queue.shift();
  }
}

/** Where a server listens that is reached by a socket file: an address of its own, since there are no local sockets. */
export function localAddress(path: string): string {
  let hash = 7;
  for (const byte of encode(path)) hash = (hash * 31 + byte) % 65_521;
  return `127.200.${hash >> 8}.${hash & 255}`;
}
