// An open terminal: a descriptor of its slave side, or of `/dev/tty`.

import type { Bytes } from '../../../base/bytes.ts';
import type { Task, WaitQueue } from '../../../base/task.ts';
import { OpenedFile } from '../../vfs/opened-file.ts';
import type { VirtualDentry } from '../../vfs/virtual-dentry.ts';
import type { Pty } from './pty.ts';

export class TerminalSlave extends OpenedFile {
  readonly #terminal: Pty;

  constructor(terminal: Pty, flags: number, place: VirtualDentry) {
    terminal.openSlave();
    super(place, flags);
    this.#terminal = terminal;
  }

  override get terminal(): Pty {
    return this.#terminal;
  }

  override get changed(): WaitQueue {
    return this.#terminal.changed;
  }

  read(max: number): Task<Bytes> {
    return this.#terminal.read(max, this.flags);
  }

  write(bytes: Bytes): Task<number> {
    return this.#terminal.write(bytes, this.flags);
  }

  override get readable(): boolean {
    return this.#terminal.isReadable;
  }

  override get writable(): boolean {
    return this.#terminal.isWritable;
  }

  override release(): void {
    super.release();
    this.#terminal.closeSlave();
  }
}
