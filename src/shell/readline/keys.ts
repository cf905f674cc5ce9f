// Keys of a terminal: the bytes that arrive on standard input, one key at a time.

import { decode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';

/** A printable text, or a name: `ctrl-a`, `alt-b`, `up`, `delete`, `enter`, `paste` (with the pasted text), `eof`. */
export interface Key {
  readonly name: string;
  readonly text: string;
}

const CSI: Readonly<Record<string, string>> = {
  A: 'up', B: 'down', C: 'right', D: 'left', H: 'home', F: 'end', Z: 'back-tab',
  '1~': 'home', '3~': 'delete', '4~': 'end', '7~': 'home', '8~': 'end',
  '1;5C': 'alt-f', '1;5D': 'alt-b', '1;3C': 'alt-f', '1;3D': 'alt-b', '3;5~': 'alt-d', '200~': 'paste',
};

const CONTROL: Readonly<Record<number, string>> = { 9: 'tab', 10: 'enter', 13: 'enter', 27: 'escape', 31: 'ctrl-_', 127: 'backspace', 8: 'backspace' };

/** Reads a byte at a time, as readline does: what is typed ahead stays in the terminal for the program that runs next. */
export class KeyReader {
  readonly #sys: Syscalls;
  readonly #fd: number;

  constructor(sys: Syscalls, fd: number) {
    this.#sys = sys;
    this.#fd = fd;
  }

  /** @throws KernelError EINTR, EIO */
  *next(): Task<Key> {
    const byte = yield* this.#byte();
    if (byte === undefined) return { name: 'eof', text: '' };
    if (byte === 27) return yield* this.#escape();
    const control = CONTROL[byte];
    if (control) return { name: control, text: '' };
    if (byte < 32) return { name: `ctrl-${String.fromCharCode(byte + 96)}`, text: '' };
    return { name: 'text', text: yield* this.#character(byte) };
  }

  *#byte(): Task<number | undefined> {
    return (yield* this.#sys.read(this.#fd, 1))[0];
  }

  *#character(first: number): Task<string> {
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const bytes = new Uint8Array(length);
    bytes[0] = first;
    for (let i = 1; i < length; i++) bytes[i] = (yield* this.#byte()) ?? 0;
    return decode(bytes);
  }

  *#escape(): Task<Key> {
    const byte = yield* this.#byte();
    if (byte === undefined) return { name: 'eof', text: '' };
    if (byte === 0x5b || byte === 0x4f) {
      let sequence = '';
      for (;;) {
        const next = yield* this.#byte();
        if (next === undefined) return { name: 'eof', text: '' };
        sequence += String.fromCharCode(next);
        if (next >= 0x40 && next <= 0x7e) break;
      }
      const name = CSI[sequence] ?? 'unknown';
      return { name, text: name === 'paste' ? yield* this.#pasted() : '' };
    }
    if (byte === 127 || byte === 8) return { name: 'alt-backspace', text: '' };
    return { name: `alt-${String.fromCharCode(byte).toLowerCase()}`, text: '' };
  }

  /** Everything up to the end of a bracketed paste. */
  *#pasted(): Task<string> {
    const bytes: number[] = [];
    const end = [27, 0x5b, 0x32, 0x30, 0x31, 0x7e];
    for (;;) {
      const byte = yield* this.#byte();
      if (byte === undefined) break;
      bytes.push(byte);
      if (end.every((value, i) => bytes[bytes.length - end.length + i] === value)) {
        bytes.length -= end.length;
        break;
      }
    }
    return decode(new Uint8Array(bytes)).replace(/\r\n?/g, '\n');
  }
}
