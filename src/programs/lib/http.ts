// HTTP/1.1 over connected descriptors: requests and responses, read and written.

import { EMPTY, encode, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { fromLatin, toLatin } from './text.ts';

export interface Url {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly user: string | undefined;
}

/** undefined for what is no URL; a missing scheme is http. */
export function parseUrl(text: string): Url | undefined {
  const found = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:([^@/]*)@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d*))?([/?][^#]*)?(?:#.*)?$/i.exec(text);
  if (!found || !found[3]) return undefined;
  const scheme = (found[1] ?? 'http').toLowerCase();
  const path = found[5] ?? '/';
  return { scheme, host: found[3].replace(/^\[|\]$/g, ''), port: Number(found[4] || (scheme === 'https' ? 443 : 80)), path: path.startsWith('?') ? `/${path}` : path, user: found[2] };
}

export interface Head {
  /** The request or status line. */
  readonly line: string;
  /** In order, names as they came. */
  readonly fields: readonly (readonly [string, string])[];
}

export const field = (head: Head, name: string): string | undefined => head.fields.find(([own]) => own.toLowerCase() === name.toLowerCase())?.[1];

/** One direction of a connection, read as messages. */
export class HttpReader {
  readonly #sys: Syscalls;
  readonly #fd: number;
  #held: Bytes = EMPTY;
  #ended = false;

  constructor(sys: Syscalls, fd: number) {
    this.#sys = sys;
    this.#fd = fd;
  }

  *#fill(): Task<boolean> {
    if (this.#ended) return false;
    const part = yield* this.#sys.read(this.#fd, 16384);
    this.#ended = part.length === 0;
    const whole = new Uint8Array(this.#held.length + part.length);
    whole.set(this.#held);
    whole.set(part, this.#held.length);
    this.#held = whole;
    return !this.#ended;
  }

  *#line(): Task<string | undefined> {
    for (;;) {
      const end = this.#held.indexOf(10);
      if (end >= 0) {
        const line = toLatin(this.#held.subarray(0, end)).replace(/\r$/, '');
        this.#held = this.#held.subarray(end + 1);
        return line;
      }
      if (!(yield* this.#fill())) return undefined;
    }
  }

  /** undefined when the connection ends before a whole head. */
  *head(): Task<Head | undefined> {
    let line = yield* this.#line();
    if (line === '') line = yield* this.#line();
    if (line === undefined) return undefined;
    const fields: [string, string][] = [];
    for (;;) {
      const next = yield* this.#line();
      if (next === undefined) return undefined;
      if (next === '') return { line, fields };
      const at = next.indexOf(':');
      fields.push([next.slice(0, at), next.slice(at + 1).trim()]);
    }
  }

  /** The body that belongs to a head, a piece at a time. */
  *body(head: Head, take: (part: Bytes) => Task<void>): Task<void> {
    const length = field(head, 'content-length');
    if (/chunked/i.test(field(head, 'transfer-encoding') ?? '')) {
      for (;;) {
        const size = parseInt((yield* this.#line()) ?? '0', 16);
        yield* this.#exactly(size, take);
        yield* this.#line();
        if (!size) return;
      }
    }
    yield* this.#exactly(length === undefined ? (head.line.startsWith('HTTP') ? Infinity : 0) : Number(length), take);
  }

  *#exactly(size: number, take: (part: Bytes) => Task<void>): Task<void> {
    let left = size;
    while (left > 0) {
      if (!this.#held.length && !(yield* this.#fill())) return;
      const part = this.#held.subarray(0, Math.min(left, this.#held.length));
      this.#held = this.#held.subarray(part.length);
      left -= part.length;
      yield* take(part);
    }
  }
}

export function* writeHead(sys: Syscalls, fd: number, line: string, fields: readonly (readonly [string, string])[]): Task<void> {
  yield* sys.write(fd, fromLatin(`${line}\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`));
}

export const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html', htm: 'text/html', css: 'text/css', js: 'application/javascript', txt: 'text/plain', json: 'application/json', xml: 'text/xml', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', svg: 'image/svg+xml', ico: 'image/x-icon', pdf: 'application/pdf', gz: 'application/gzip', tar: 'application/x-tar',
};

/** `%20` and the like, as bytes of UTF-8; undefined when the path leaves its root. */
export function decodePath(text: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(text.replace(/[?#].*/s, ''));
  } catch {
    return undefined;
  }
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (!parts.length) return undefined;
      parts.pop();
    } else if (part && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}${path.endsWith('/') && parts.length ? '/' : ''}`;
}

export const asBody = (text: string): Bytes => encode(text);
