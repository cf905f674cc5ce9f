// devpts: a directory of terminals. Each mount has its own; the terminal driver puts nodes in and takes them out.

import { KernelError } from '../../errno.ts';
import { makedev, S_IFCHR } from '../../stat.ts';
import type { FilesystemType, MountRequest } from '../../vfs/filesystem-type.ts';
import { MemorySuperblock } from '../memory/memory-superblock.ts';
import { parseMountData, parseNumber } from '../mount-data.ts';

/** The device number of a terminal. */
export const terminalDevice = (index: number): number => makedev(136, index);

export class DevPts extends MemorySuperblock {
  readonly #uid: number | undefined;
  readonly #gid: number | undefined;
  readonly #mode: number;
  readonly #ptmxMode: number;

  constructor({ vfs, data }: Pick<MountRequest, 'vfs' | 'data'>) {
    super({ clock: vfs.clock, dev: vfs.anonymousDevice(), type: 'devpts', rootMode: 0o755, pages: Infinity, inodes: Infinity, firstIno: 1 });
    const given = parseMountData(data);
    const number = (key: string, radix: 8 | 10): number | undefined => {
      const value = given.get(key);
      given.delete(key);
      return value === undefined ? undefined : parseNumber(value, radix);
    };
    this.#uid = number('uid', 10);
    this.#gid = number('gid', 10);
    this.#mode = number('mode', 8) ?? 0o600;
    this.#ptmxMode = number('ptmxmode', 8) ?? 0;
    given.delete('newinstance');
    given.delete('max');
    if (given.size) throw new KernelError('EINVAL');
    super.create(this.root, 'ptmx', { mode: S_IFCHR | this.#ptmxMode, uid: 0, gid: 0, rdev: makedev(5, 2) });
  }

  override get options(): string {
    const octal = (mode: number): string => mode.toString(8).padStart(3, '0');
    return (this.#uid === undefined ? '' : `,uid=${this.#uid}`) + (this.#gid === undefined ? '' : `,gid=${this.#gid}`)
      + `,mode=${octal(this.#mode)},ptmxmode=${octal(this.#ptmxMode)}`;
  }

  /** The lowest number that no terminal here has. */
  freeIndex(): number {
    let index = 0;
    while (this.lookup(this.root, String(index))) index++;
    return index;
  }

  /** A node for a terminal of this user; the mount's options override owner and mode. */
  addTerminal(index: number, uid: number, gid: number, mode = this.#mode): void {
    super.create(this.root, String(index), { mode: S_IFCHR | mode, uid: this.#uid ?? uid, gid: this.#gid ?? gid, rdev: terminalDevice(index) });
  }

  removeTerminal(index: number): void {
    const node = this.lookup(this.root, String(index));
    if (node) super.remove(node);
  }

  override create(): never {
    throw new KernelError('EPERM');
  }

  override link(): never {
    throw new KernelError('EPERM');
  }

  override remove(): never {
    throw new KernelError('EPERM');
  }

  override rename(): never {
    throw new KernelError('EPERM');
  }
}

export const devptsType: FilesystemType = { name: 'devpts', mount: (request) => new DevPts(request) };
