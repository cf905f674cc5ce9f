// The line discipline: what a terminal does with typed bytes before a program reads them. Editing, echo, signals, end of file.

import { type Bytes, EMPTY } from '../../../base/bytes.ts';
import type { Signal } from '../../signal.ts';
import type { Termios } from '../../syscalls.ts';

const BACKSPACE = 8, TAB = 9, NEWLINE = 10, RETURN = 13, ESCAPED = 0x40, DELETE = 0x7f;
/** The control characters of a terminal as `stty -a` shows them. */
const EOF = 4, KILL = 21, WORD_ERASE = 23, LITERAL_NEXT = 22, REPRINT = 18;
const SIGNALS: Readonly<Record<number, Signal>> = { 3: 'SIGINT', 28: 'SIGQUIT', 26: 'SIGTSTP' };

export const SANE: Termios = { canonical: true, echo: true, signals: true, outputNewline: true, inputNewline: true };

const isControl = (byte: number): boolean => (byte < 32 && byte !== TAB) || byte === DELETE;
const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;
const isWord = (byte: number | undefined): boolean => byte !== undefined && (byte >= 0x80 || /\w/.test(String.fromCharCode(byte)));

export interface LineDisciplineHooks {
  /** Bytes for the screen, before output processing. */
  echo(bytes: Bytes): void;
  /** Also drops output that nobody has read. */
  signal(signal: Signal): void;
}

export class LineDiscipline {
  readonly #hooks: LineDisciplineHooks;
  #termios = SANE;
  /** What can be read: lines, or what raw input brought. An empty one is an end of file. */
  #ready: Bytes[] = [];
  /** Bytes in `ready`. */
  size = 0;
  /** The line being typed. */
  #line: number[] = [];
  #literal = false;
  /** Echo that was not handed on yet. */
  #screen: number[] = [];

  constructor(hooks: LineDisciplineHooks) {
    this.#hooks = hooks;
  }

  get termios(): Termios {
    return this.#termios;
  }

  set termios(termios: Termios) {
    if (this.#termios.canonical && !termios.canonical) this.#push();
    this.#termios = termios;
  }

  get isReadable(): boolean {
    return this.#termios.canonical ? this.#ready.length > 0 : this.size > 0;
  }

  /** undefined when there is nothing yet. */
  take(max: number): Bytes | undefined {
    if (!this.isReadable) return undefined;
    let first: Bytes;
    do first = this.#ready.shift()!;
    while (!first.length && !this.#termios.canonical);
    if (first.length > max) {
      this.#ready.unshift(first.subarray(max));
      first = first.subarray(0, max);
    }
    this.size -= first.length;
    return first;
  }

  input(bytes: Bytes): void {
    const raw: number[] = [];
    const { canonical, inputNewline } = this.#termios;
    for (const typed of bytes) {
      const byte = typed === RETURN && inputNewline && !this.#literal ? NEWLINE : typed;
      const signal = this.#termios.signals && !this.#literal ? SIGNALS[byte] : undefined;
      if (signal) {
        raw.length = 0;
        this.#interrupt(byte, signal);
      } else if (canonical) {
        this.#edit(byte);
      } else {
        if (this.#termios.echo) this.#echo(byte);
        raw.push(byte);
      }
    }
    if (raw.length) this.#add(Uint8Array.from(raw));
    this.#show();
  }

  #show(): void {
    if (!this.#screen.length) return;
    this.#hooks.echo(Uint8Array.from(this.#screen));
    this.#screen = [];
  }

  #interrupt(byte: number, signal: Signal): void {
    this.#ready = [];
    this.size = 0;
    this.#line = [];
    this.#show();
    this.#hooks.signal(signal);
    if (this.#termios.echo) this.#echo(byte);
  }

  #edit(byte: number): void {
    const line = this.#line;
    if (this.#literal) {
      this.#literal = false;
      line.push(byte);
      if (this.#termios.echo) this.#echo(byte);
      return;
    }
    switch (byte) {
      case LITERAL_NEXT:
        this.#literal = true;
        if (this.#termios.echo) this.#screen.push(0x5e, BACKSPACE);
        return;
      case DELETE:
        if (line.length) this.#erase(1);
        return;
      case KILL:
        this.#erase(line.length);
        return;
      case WORD_ERASE: {
        let at = line.length;
        while (at > 0 && !isWord(line[at - 1])) at--;
        while (at > 0 && isWord(line[at - 1])) at--;
        this.#erase(line.length - at);
        return;
      }
      case REPRINT:
        if (!this.#termios.echo) return;
        this.#screen.push(0x5e, ESCAPED + REPRINT, NEWLINE);
        for (const each of line) this.#echo(each);
        return;
      case EOF:
        if (!line.length) this.#ready.push(EMPTY);
        this.#push();
        return;
      default:
        line.push(byte);
        if (this.#termios.echo || byte === NEWLINE) this.#echo(byte);
        if (byte === NEWLINE) this.#push();
    }
  }

  /** Take at least `count` bytes off the line's end, whole characters, and off the screen. */
  #erase(count: number): void {
    const line = this.#line;
    for (let left = count; left > 0 && line.length; left--) {
      let byte = line.pop()!;
      while (isContinuation(byte) && line.length) {
        byte = line.pop()!;
        left--;
      }
      if (!this.#termios.echo) continue;
      let columns = isControl(byte) ? 2 : 1;
      if (byte === TAB) columns = 8 - (line.reduce((width, each) => (each === TAB ? width + 8 - (width % 8) : isContinuation(each) ? width : width + 1), 0) % 8);
      for (; columns > 0; columns--) this.#screen.push(...(byte === TAB ? [BACKSPACE] : [BACKSPACE, 32, BACKSPACE]));
    }
  }

  #echo(byte: number): void {
    if (byte === NEWLINE ? this.#termios.echo : true) this.#screen.push(...(isControl(byte) && byte !== NEWLINE ? [0x5e, byte ^ ESCAPED] : [byte]));
  }

  #push(): void {
    if (!this.#line.length) return;
    this.#add(Uint8Array.from(this.#line));
    this.#line = [];
  }

  #add(bytes: Bytes): void {
    this.#ready.push(bytes);
    this.size += bytes.length;
  }
}
