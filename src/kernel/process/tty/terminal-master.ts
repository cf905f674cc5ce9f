// The master side of a pseudo-terminal: reading it reads the screen, writing to it types. Closing it hangs the terminal up.

import type { Bytes } from '../../../base/bytes.ts';
import type { Task, WaitQueue } from '../../../base/task.ts';
import { OpenedFile } from '../../vfs/opened-file.ts';
import type { VirtualDentry } from '../../vfs/virtual-dentry.ts';
import type { Pty } from './pty.ts';

export class TerminalMaster extends OpenedFile {
  readonly #terminal: Pty;
  readonly #closed: () => void;

  constructor(terminal: Pty, flags: number, place: VirtualDentry, closed: () => void) {
    super(place, flags);
    this.#terminal = terminal;
    this.#closed = closed;
  }

  override get terminal(): Pty {
    return this.#terminal;
  }

  override get changed(): WaitQueue {
    return this.#terminal.changed;
  }

  read(max: number): Task<Bytes> {
    return this.#terminal.readOutput(max, this.flags);
  }

  write(bytes: Bytes): Task<number> {
    return this.#terminal.writeInput(bytes, this.flags);
  }

  override get readable(): boolean {
    return this.#terminal.hasOutput;
  }

  override get writable(): boolean {
    return this.#terminal.takesInput;
  }

  override release(): void {
    super.release();
    this.#closed();
  }
}
