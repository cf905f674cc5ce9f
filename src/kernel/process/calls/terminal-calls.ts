// Calls on terminals.

import { KernelError } from '../../errno.ts';
import { O_NOCTTY, O_RDWR, type Termios, type WindowSize } from '../../syscalls.ts';
import { isCapable } from '../../vfs/permissions.ts';
import { Pty } from '../tty/pty.ts';
import { SignalCalls } from './signal-calls.ts';

export abstract class TerminalCalls extends SignalCalls {
  /** @throws EBADF ENOTTY */
  #terminal(fd: number): Pty {
    const { terminal } = this.file(fd);
    if (!(terminal instanceof Pty)) throw new KernelError('ENOTTY');
    return terminal;
  }

  /** @throws ENOTTY when it is not the caller's controlling one */
  #controlling(fd: number): Pty {
    const terminal = this.#terminal(fd);
    if (!terminal.session || terminal.session !== this.process.group.session) throw new KernelError('ENOTTY');
    return terminal;
  }

  /** A background job that changes its terminal is stopped, and does it once it is in the foreground. */
  #fromForeground(terminal: Pty, change: () => void): void {
    const { process, machine } = this;
    const { group } = process;
    const background = group.session.terminal === terminal && terminal.foreground && terminal.foreground !== group;
    if (!background || process.disposition('SIGTTOU') === 'ignore') return change();
    if (group.isOrphaned()) throw new KernelError('EIO');
    process.deferred.push(() => this.#fromForeground(terminal, change));
    machine.signalGroup(group, 'SIGTTOU');
  }

  isatty(fd: number): boolean {
    return this.process.descriptors.files.get(fd)?.terminal instanceof Pty;
  }

  tcgetattr(fd: number): Termios {
    return this.#terminal(fd).termios;
  }

  tcsetattr(fd: number, termios: Termios): void {
    const terminal = this.#terminal(fd);
    this.#fromForeground(terminal, () => void (terminal.termios = termios));
  }

  windowSize(fd: number): WindowSize {
    return this.#terminal(fd).size;
  }

  setWindowSize(fd: number, size: WindowSize): void {
    this.#terminal(fd).size = size;
  }

  tcgetpgrp(fd: number): number {
    const { foreground } = this.#controlling(fd);
    return foreground ? this.groupNumber(foreground) : 0;
  }

  tcsetpgrp(fd: number, pgid: number): void {
    const terminal = this.#controlling(fd);
    const group = [...terminal.session!.groups].find((each) => this.groupNumber(each) === pgid);
    if (!group) throw new KernelError('EPERM');
    this.#fromForeground(terminal, () => void (terminal.foreground = group));
  }

  setControllingTerminal(fd: number): void {
    const terminal = this.#terminal(fd);
    const { group } = this.process;
    const { session } = group;
    if (terminal.session === session) return;
    if (session.leader !== this.process || session.terminal) throw new KernelError('EPERM');
    if (terminal.session) {
      if (!isCapable(this.context.credentials)) throw new KernelError('EPERM');
      terminal.detach();
    }
    terminal.attach(session, group);
  }

  ttyname(fd: number): string {
    return this.#terminal(fd).path;
  }

  markLine(fd: number, command?: string): void {
    const terminal = this.process.descriptors.files.get(fd)?.terminal;
    if (terminal instanceof Pty) this.machine.lineMarked({ terminal, command });
  }

  openpty(size: WindowSize): { readonly master: number; readonly slave: number; readonly path: string } {
    const master = this.open('/dev/ptmx', O_RDWR | O_NOCTTY);
    try {
      const terminal = this.#terminal(master);
      terminal.size = size;
      return { master, slave: this.open(terminal.path, O_RDWR | O_NOCTTY), path: terminal.path };
    } catch (error) {
      this.close(master);
      throw error;
    }
  }
}
