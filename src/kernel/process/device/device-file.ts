// The simple devices: null, zero, full, random, urandom, kmsg and the console.

import { type Bytes, EMPTY } from '../../../base/bytes.ts';
import type { Random } from '../../../base/random.ts';
import type { Task } from '../../../base/task.ts';
import { KernelError } from '../../errno.ts';
import { makedev } from '../../stat.ts';
import { OpenedFile } from '../../vfs/opened-file.ts';
import type { VirtualDentry } from '../../vfs/virtual-dentry.ts';
import { randomBytes } from '../random-bytes.ts';

/** At most so much at a time, so that a reader of endless zeros gives others a turn. */
const MAX_READ = 131_072;

interface Driver {
  read?(max: number, random: Random): Bytes;
  /** Default: all is taken and forgotten. */
  readonly full?: boolean;
}

const zeros = new Uint8Array(MAX_READ);
const zero = (max: number): Bytes => zeros.subarray(0, max);

const noise = (max: number, random: Random): Bytes => randomBytes(random, max);

const DRIVERS = new Map<number, Driver>([
  [makedev(1, 3), {}], [makedev(1, 5), { read: zero }], [makedev(1, 7), { read: zero, full: true }], [makedev(1, 8), { read: noise }],
  [makedev(1, 9), { read: noise }], [makedev(1, 11), {}], [makedev(5, 1), {}],
]);

export class DeviceFile extends OpenedFile {
  readonly #driver: Driver;
  readonly #random: Random;

  /** @throws ENXIO */
  constructor(rdev: number, flags: number, place: VirtualDentry, random: Random) {
    const driver = DRIVERS.get(rdev);
    if (!driver) throw new KernelError('ENXIO');
    super(place, flags);
    this.#driver = driver;
    this.#random = random;
  }

  // eslint-disable-next-line require-yield
  *read(max: number): Task<Bytes> {
    return this.pread(max);
  }

  // eslint-disable-next-line require-yield
  *write(bytes: Bytes): Task<number> {
    return this.pwrite(bytes);
  }

  override pread(max: number): Bytes {
    return this.#driver.read?.(Math.min(max, MAX_READ), this.#random) ?? EMPTY;
  }

  override pwrite(bytes: Bytes): number {
    if (this.#driver.full && bytes.length) throw new KernelError('ENOSPC');
    return bytes.length;
  }

  override seek(): number {
    return 0;
  }
}
