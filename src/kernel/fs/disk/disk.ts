// The disk: an ext4 file system on a block device, which keeps its content when nothing has it mounted.

import type { Clock } from '../../../base/clock.ts';
import { KernelError } from '../../errno.ts';
import { isBlockDevice, makedev, type Stat, type StatFs } from '../../stat.ts';
import type { Dentry } from '../../vfs/dentry.ts';
import type { FilesystemType, MountRequest } from '../../vfs/filesystem-type.ts';
import { MemorySuperblock } from '../memory/memory-superblock.ts';
import { PAGE } from '../../vfs/file-data.ts';

export interface DiskOptions {
  readonly clock: Clock;
  /** Bytes; default 60 GiB. */
  readonly size?: number;
  /** Default 254:1, `/dev/vda1`. */
  readonly dev?: number;
}

const BYTES_PER_INODE = 16384;

export class Disk extends MemorySuperblock {
  /** Bytes of the device. */
  readonly size: number;
  /** Blocks only root may fill: 5%. */
  readonly #reserved: number;

  constructor({ clock, size = 60 * 1024 ** 3, dev = makedev(254, 1) }: DiskOptions) {
    const inodes = Math.floor(size / BYTES_PER_INODE);
    // The inode tables take 256 bytes an inode.
    const pages = Math.floor(size / PAGE) - Math.ceil(inodes / 16);
    super({ clock, dev, type: 'ext4', rootMode: 0o755, pages, inodes, firstIno: 2 });
    this.size = size;
    this.#reserved = Math.floor(pages / 20);
    // ext4's own inodes, lost+found among them.
    this.inodesUsed = 11;
    this.pagesUsed = 1;
  }

  protected override readonly directoryPages = 1;
  protected override readonly inlineTarget = 59;

  protected override directorySize({ deleted }: Dentry): number {
    return deleted ? 0 : PAGE;
  }

  /** Attributes that do not fit behind an inode of 256 bytes take a block. */
  override getattr(dentry: Dentry): Stat {
    const stat = super.getattr(dentry);
    let room = 88;
    for (const [name, { length }] of dentry.inode.xattrs ?? []) room -= attributeSize(name, length);
    return room < 0 ? { ...stat, blocks: stat.blocks + 8 } : stat;
  }

  override statfs(): StatFs {
    const statfs = super.statfs();
    return { ...statfs, bavail: Math.max(0, statfs.bfree - this.#reserved) };
  }
}

/** An entry and its value; the prefix of the name is a number. An overlay's note of where a file is from is a handle of 29 bytes. */
const attributeSize = (name: string, length: number): number => pad(16 + name.length - name.indexOf('.') - 1) + pad(name === 'trusted.overlay.origin' ? 29 : length);
const pad = (length: number): number => (length + 3) & ~3;

/** `mount -t ext4 /dev/vda1 …`: the disks there are, by device number. */
export class DiskType implements FilesystemType {
  readonly name = 'ext4';
  readonly requiresDevice = true;
  readonly #disks = new Map<number, Disk>();

  constructor(disks: readonly Disk[]) {
    for (const disk of disks) this.#disks.set(disk.dev, disk);
  }

  mount({ vfs, context, source }: MountRequest): Disk {
    const { inode } = vfs.resolve(context, source).dentry;
    if (!isBlockDevice(inode.mode)) throw new KernelError('ENOTBLK');
    const disk = this.#disks.get(inode.rdev);
    if (!disk) throw new KernelError('ENXIO');
    return disk;
  }
}
