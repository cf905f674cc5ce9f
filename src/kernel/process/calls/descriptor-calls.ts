// Calls on open files.

import type { Bytes } from '../../../base/bytes.ts';
import { RESCHEDULE, type Task } from '../../../base/task.ts';
import { KernelError } from '../../errno.ts';
import { isRegular, type Stat } from '../../stat.ts';
import { O_APPEND, O_CLOEXEC, O_CREAT, O_EXCL, O_NOCTTY, O_TRUNC, type PollRequest, type Whence } from '../../syscalls.ts';
import type { FileDescription } from '../../vfs/file-description.ts';
import { makePipe } from '../pipe.ts';
import { sendSignal } from '../signals.ts';
import { TerminalSlave } from '../tty/terminal-slave.ts';
import { Mounting } from './mount-calls.ts';

/** Flags that matter to open alone. */
const CREATION = O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC;

export abstract class DescriptorCalls extends Mounting {
  open(path: string, flags: number, mode?: number): number {
    const file = this.vfs.open(this.context, path, flags & ~O_CLOEXEC, mode);
    const fd = this.process.descriptors.add(file);
    if (flags & O_CLOEXEC) this.setCloseOnExec(fd, true);
    return fd;
  }

  close(fd: number): void {
    this.process.descriptors.close(fd);
  }

  dup(fd: number, least = 0): number {
    return this.process.descriptors.add(this.file(fd), least);
  }

  dup2(from: number, to: number): number {
    const file = this.file(from);
    if (from !== to) this.process.descriptors.put(to, file);
    return to;
  }

  setCloseOnExec(fd: number, on: boolean): void {
    this.process.descriptors.setCloseOnExec(fd, on);
  }

  descriptors(): readonly number[] {
    return [...this.process.descriptors.files.keys()].sort((a, b) => a - b);
  }

  flags(fd: number): number {
    return this.file(fd).flags & ~CREATION;
  }

  pipe(): readonly [number, number] {
    const [read, write] = makePipe(this.machine);
    const { descriptors } = this.process;
    return [descriptors.add(read), descriptors.add(write)];
  }

  *read(fd: number, max: number): Task<Bytes> {
    if (this.process.pending) yield* this.takeSignals();
    const file = this.#readable(fd);
    if (file instanceof TerminalSlave) yield* this.#awaitForeground(file);
    return yield* this.interruptible(file.read(max));
  }

  *write(fd: number, bytes: Bytes): Task<number> {
    if (this.process.pending) yield* this.takeSignals();
    const file = this.#writable(fd);
    try {
      const { soft } = this.process.limits.fsize;
      if (soft === Infinity) return yield* this.interruptible(file.write(bytes));
      const part = bytes.subarray(0, this.#room(file, soft));
      if (part.length || !bytes.length) yield* this.interruptible(file.write(part));
      if (part.length < bytes.length) throw new KernelError('EFBIG');
      return part.length;
    } catch (error) {
      if (error instanceof KernelError && (error.errno === 'EPIPE' || error.errno === 'EFBIG') && this.caller) {
        sendSignal(this.machine, this.process, error.errno === 'EPIPE' ? 'SIGPIPE' : 'SIGXFSZ', this.process);
        yield* this.takeSignals();
      }
      throw error;
    }
  }

  /** How many bytes RLIMIT_FSIZE leaves. */
  #room(file: FileDescription, limit: number): number {
    if (!file.place || !isRegular(file.place.dentry.inode.mode)) return Infinity;
    return Math.max(0, limit - (file.flags & O_APPEND ? file.stat().size : file.seek(0, 'current')));
  }

  #readable(fd: number): FileDescription {
    const file = this.file(fd);
    if (!file.canRead) throw new KernelError('EBADF');
    return file;
  }

  #writable(fd: number): FileDescription {
    const file = this.file(fd);
    if (!file.canWrite) throw new KernelError('EBADF');
    return file;
  }

  /** A background job that reads its terminal is stopped. @throws EIO when nobody could wake it */
  *#awaitForeground({ terminal }: TerminalSlave): Task<void> {
    const { process, machine } = this;
    while (process.group.session.terminal === terminal && process.group !== terminal.foreground) {
      if (process.disposition('SIGTTIN') === 'ignore' || process.group.isOrphaned()) throw new KernelError('EIO');
      machine.signalGroup(process.group, 'SIGTTIN');
      yield RESCHEDULE;
    }
  }

  pread(fd: number, max: number, offset: number): Bytes {
    return this.#readable(fd).pread(max, offset);
  }

  pwrite(fd: number, bytes: Bytes, offset: number): number {
    return this.#writable(fd).pwrite(bytes, offset);
  }

  seek(fd: number, offset: number, whence: Whence): number {
    return this.file(fd).seek(offset, whence);
  }

  *poll(requests: readonly PollRequest[], deadline?: number): Task<readonly number[]> {
    if (this.process.pending) yield* this.takeSignals();
    return yield* this.interruptible(this.#poll(requests, deadline), false);
  }

  *#poll(requests: readonly PollRequest[], deadline: number | undefined): Task<readonly number[]> {
    const files = requests.map(({ fd }) => this.file(fd));
    const queues = [...new Set(files.map((file) => file.changed))];
    for (;;) {
      const ready = requests.filter(({ read, write }, i) => (read && files[i]!.readable) || (write && files[i]!.writable));
      if (ready.length || (deadline !== undefined && this.machine.clock.now >= deadline)) return [...new Set(ready.map(({ fd }) => fd))];
      yield deadline === undefined ? { queues } : { queues, deadline };
    }
  }

  ftruncate(fd: number, size: number): void {
    this.file(fd).truncate(size);
  }

  copyFile(fromFd: number, toFd: number): void {
    this.vfs.copyFile(this.file(fromFd), this.file(toFd));
  }

  fstat(fd: number): Stat {
    return this.file(fd).stat();
  }

  *flock(fd: number, operation: 'shared' | 'exclusive' | 'unlock', options?: { readonly nonblocking?: boolean }): Task<void> {
    if (this.process.pending) yield* this.takeSignals();
    yield* this.interruptible(this.vfs.flock(this.file(fd), operation, options));
  }
}
