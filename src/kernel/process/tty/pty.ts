// A pseudo-terminal: what a program sees as its terminal (the slave), and who plays the screen and keyboard (the master).

import { type Bytes, EMPTY } from '../../../base/bytes.ts';
import { type Task, WaitQueue } from '../../../base/task.ts';
import { KernelError } from '../../errno.ts';
import { O_NONBLOCK, type Termios, type WindowSize } from '../../syscalls.ts';
import type { TerminalFile } from '../../vfs/file-description.ts';
import type { ProcessGroup, Session } from '../job-control.ts';
import type { Machine } from '../machine.ts';
import { ByteChannel } from '../../net/byte-channel.ts';
import { LineDiscipline } from './line-discipline.ts';

const NEWLINE = 10, RETURN = 13;
/** Input that may lie unread before a writing master has to wait. */
const INPUT_LIMIT = 65536;

export class Pty implements TerminalFile {
  readonly #machine: Machine;
  readonly index: number;
  readonly changed = new WaitQueue();
  readonly #discipline: LineDiscipline;
  /** To the master's readers, unless `onOutput` takes it. */
  readonly #output: ByteChannel;
  /** Set when the master is outside the kernel: output goes there at once. */
  onOutput: ((bytes: Bytes) => void) | undefined;
  #size: WindowSize;
  /** Whose controlling terminal it is. */
  session: Session | undefined;
  foreground: ProcessGroup | undefined;
  /** The master is gone: reads are at the end, writes fail. */
  hungUp = false;
  #slaves = 0;
  /** The last slave was closed. */
  #left = false;

  constructor(machine: Machine, index: number, size: WindowSize) {
    this.#machine = machine;
    this.index = index;
    this.#size = size;
    this.#output = new ByteChannel(65536, this.changed);
    this.#discipline = new LineDiscipline({
      echo: (bytes) => this.#emit(this.#process(bytes)),
      signal: (signal) => {
        if (!this.onOutput) this.#output.clear();
        machine.signalGroup(this.foreground, signal);
      },
    });
  }

  get path(): string {
    return `/dev/pts/${this.index}`;
  }

  get termios(): Termios {
    return this.#discipline.termios;
  }

  set termios(termios: Termios) {
    this.#discipline.termios = termios;
    this.changed.wakeAll();
  }

  get size(): WindowSize {
    return this.#size;
  }

  set size(size: WindowSize) {
    const { columns, rows } = this.#size;
    this.#size = size;
    if (columns !== size.columns || rows !== size.rows) this.#machine.signalGroup(this.foreground, 'SIGWINCH');
  }

  get foregroundGroup(): number {
    return this.foreground?.numbers.at(-1)!.number ?? 0;
  }

  /** Become the controlling terminal of a session. */
  attach(session: Session, foreground: ProcessGroup): void {
    this.session = session;
    this.foreground = foreground;
    session.terminal = this;
  }

  /** The session has no terminal any more. */
  detach(): void {
    if (this.session) this.session.terminal = undefined;
    this.session = this.foreground = undefined;
  }

  // The slave's side.

  openSlave(): void {
    if (this.hungUp) throw new KernelError('EIO');
    this.#slaves++;
    this.#left = false;
  }

  closeSlave(): void {
    this.#left = --this.#slaves === 0;
    this.changed.wakeAll();
  }

  get isReadable(): boolean {
    return this.hungUp || this.#discipline.isReadable;
  }

  get isWritable(): boolean {
    return this.hungUp || !!this.onOutput || this.#output.hasRoom;
  }

  *read(max: number, flags: number): Task<Bytes> {
    for (;;) {
      const bytes = this.#discipline.take(max);
      if (bytes) {
        this.changed.wakeAll();
        return bytes;
      }
      if (this.hungUp) return EMPTY;
      if (flags & O_NONBLOCK) throw new KernelError('EAGAIN');
      yield* this.changed.wait();
    }
  }

  *write(bytes: Bytes, flags: number): Task<number> {
    if (this.hungUp) throw new KernelError('EIO');
    const processed = this.#process(bytes);
    if (this.onOutput) this.onOutput(processed);
    else {
      try {
        yield* this.#output.write(processed, flags, () => this.hungUp);
      } catch (error) {
        throw this.hungUp ? new KernelError('EIO') : error;
      }
    }
    return bytes.length;
  }

  #process(bytes: Bytes): Bytes {
    if (!this.termios.outputNewline) return bytes;
    let newlines = 0;
    for (const byte of bytes) if (byte === NEWLINE) newlines++;
    if (!newlines) return bytes;
    const processed = new Uint8Array(bytes.length + newlines);
    let at = 0;
    for (const byte of bytes) {
      if (byte === NEWLINE) processed[at++] = RETURN;
      processed[at++] = byte;
    }
    return processed;
  }

  #emit(bytes: Bytes): void {
    if (this.hungUp) return;
    if (this.onOutput) this.onOutput(bytes);
    else this.#output.push(bytes);
  }

  // The master's side.

  get hasOutput(): boolean {
    return this.#output.size > 0 || this.#left;
  }

  get takesInput(): boolean {
    return this.#discipline.size < INPUT_LIMIT;
  }

  /** @throws EIO once all slaves are closed */
  *readOutput(max: number, flags: number): Task<Bytes> {
    const bytes = yield* this.#output.read(max, flags, () => this.#left || this.hungUp);
    if (!bytes.length && max) throw new KernelError('EIO');
    return bytes;
  }

  *writeInput(bytes: Bytes, flags: number): Task<number> {
    while (!this.takesInput && !this.#left) {
      if (flags & O_NONBLOCK) throw new KernelError('EAGAIN');
      yield* this.changed.wait();
    }
    this.input(bytes);
    return bytes.length;
  }

  /** As if typed. */
  input(bytes: Bytes): void {
    if (this.hungUp) return;
    this.#discipline.input(bytes);
    this.changed.wakeAll();
  }

  /** The line is cut: the session's leader is told, and all descriptors are dead. */
  hangUp(): void {
    if (this.hungUp) return;
    this.hungUp = true;
    const { session, foreground } = this;
    if (session) session.formerForeground = foreground;
    this.detach();
    this.changed.wakeAll();
    if (session?.leader) this.#machine.signalProcess(session.leader, 'SIGHUP', 'SIGCONT');
  }
}
