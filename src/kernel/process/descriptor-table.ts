// The descriptors of a process.

import { KernelError } from '../errno.ts';
import type { FileDescription } from '../vfs/file-description.ts';

export class DescriptorTable {
  /** RLIMIT_NOFILE. */
  limit = 20_000;
  readonly files = new Map<number, FileDescription>();
  readonly #closeOnExec = new Set<number>();

  /** @throws EBADF */
  get(fd: number): FileDescription {
    const file = this.files.get(fd);
    if (!file) throw new KernelError('EBADF');
    return file;
  }

  /** Give it the lowest free descriptor that is at least `least`. @throws EMFILE */
  add(file: FileDescription, least = 0): number {
    if (least >= this.limit) throw new KernelError('EINVAL');
    let fd = least;
    while (this.files.has(fd)) fd++;
    if (fd >= this.limit) throw new KernelError('EMFILE');
    file.references++;
    this.files.set(fd, file);
    return fd;
  }

  /** Make a descriptor refer to it, closing what it referred to. */
  put(fd: number, file: FileDescription): void {
    if (fd < 0 || fd >= this.limit) throw new KernelError('EBADF');
    file.references++;
    if (this.files.has(fd)) this.close(fd);
    this.files.set(fd, file);
  }

  close(fd: number): void {
    const file = this.get(fd);
    this.files.delete(fd);
    this.#closeOnExec.delete(fd);
    if (--file.references === 0) file.release();
  }

  setCloseOnExec(fd: number, on: boolean): void {
    this.get(fd);
    if (on) this.#closeOnExec.add(fd);
    else this.#closeOnExec.delete(fd);
  }

  copy(): DescriptorTable {
    const copy = new DescriptorTable();
    for (const [fd, file] of this.files) {
      file.references++;
      copy.files.set(fd, file);
    }
    for (const fd of this.#closeOnExec) copy.#closeOnExec.add(fd);
    return copy;
  }

  closeForExec(): void {
    for (const fd of [...this.#closeOnExec]) this.close(fd);
  }

  closeAll(): void {
    for (const fd of [...this.files.keys()]) this.close(fd);
  }
}
