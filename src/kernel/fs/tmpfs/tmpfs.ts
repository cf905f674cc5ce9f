// tmpfs: files in memory, limited in pages and inodes, gone with the last mount.

import { KernelError } from '../../errno.ts';
import { isDirectory } from '../../stat.ts';
import type { Dentry } from '../../vfs/dentry.ts';
import { PAGE } from '../../vfs/file-data.ts';
import type { FilesystemType, MountRequest } from '../../vfs/filesystem-type.ts';
import { MemorySuperblock } from '../memory/memory-superblock.ts';
import { parseMountData, parseNumber, parseSize } from '../mount-data.ts';

interface TmpfsOptions {
  /** Undefined is the default, half of the memory; Infinity (given as 0) is no limit. */
  pages?: number;
  inodes?: number;
  mode?: number;
  uid?: number;
  gid?: number;
  /** Of no effect here, and shown as they were given. */
  plain: string[];
}

const PLAIN = new Set(['huge=always', 'huge=never', 'huge=within_size', 'huge=advise', 'noswap', 'inode64']);
const SILENT = new Set(['inode32', 'mpol=default']);

function parseOptions(data: string, memoryPages: number): TmpfsOptions {
  const options: TmpfsOptions = { plain: [] };
  for (const [key, value] of parseMountData(data)) {
    const whole = value ? `${key}=${value}` : key;
    if (key === 'size') {
      options.pages = value.endsWith('%')
        ? Math.floor(memoryPages * parseNumber(value.slice(0, -1), 10) / 100)
        : Math.ceil(parseSize(value) / PAGE);
    } else if (key === 'nr_blocks') options.pages = parseSize(value);
    else if (key === 'nr_inodes') options.inodes = parseSize(value);
    else if (key === 'mode') options.mode = parseNumber(value, 8) & 0o7777;
    else if (key === 'uid' || key === 'gid') options[key] = parseNumber(value, 10);
    else if (PLAIN.has(whole)) options.plain.push(whole);
    else if (!SILENT.has(whole)) throw new KernelError('EINVAL');
  }
  return options;
}

/** 0 means no limit. */
const limit = (given: number | undefined, otherwise: number): number => given === 0 ? Infinity : given ?? otherwise;

export class Tmpfs extends MemorySuperblock {
  readonly #memoryPages: number;
  readonly #options: TmpfsOptions;

  constructor(request: Pick<MountRequest, 'vfs' | 'data'>, memoryPages: number, type = 'tmpfs', defaultMode = 0o1777) {
    const options = parseOptions(request.data, memoryPages);
    super({
      clock: request.vfs.clock, dev: request.vfs.anonymousDevice(), type, rootMode: options.mode ?? defaultMode,
      uid: options.uid ?? 0, gid: options.gid ?? 0, firstIno: 1,
      pages: limit(options.pages, memoryPages >> 1), inodes: limit(options.inodes, memoryPages >> 1),
    });
    this.#options = options;
    this.#memoryPages = memoryPages;
  }

  override get options(): string {
    const { pages, inodes, mode, uid, gid, plain } = this.#options;
    // Limits that are the kernel's own defaults go unsaid; /dev was given its limits before those were known.
    const half = this.type === 'tmpfs' ? this.#memoryPages >> 1 : undefined;
    return (pages === undefined || pages === half ? '' : `,size=${pages * 4}k`)
      + (inodes === undefined || inodes === half ? '' : `,nr_inodes=${inodes}`)
      + (mode === undefined || mode === 0o1777 ? '' : `,mode=${mode.toString(8).padStart(3, '0')}`)
      + (uid ? `,uid=${uid}` : '') + (gid ? `,gid=${gid}` : '')
      + plain.map((option) => `,${option}`).join('');
  }

  override remount(data: string): void {
    const { pages, inodes } = parseOptions(data, this.#memoryPages);
    if ((pages && pages < this.pagesUsed) || (inodes && inodes < this.inodesUsed)) throw new KernelError('EINVAL');
    if (pages !== undefined) this.pageLimit = limit(this.#options.pages = pages, 0);
    if (inodes !== undefined) this.inodeLimit = limit(this.#options.inodes = inodes, 0);
  }

  /** A name of its own pins memory, so it counts as an inode. */
  override link(existing: Dentry, directory: Dentry, name: string): void {
    if (this.inodesUsed >= this.inodeLimit) throw new KernelError('ENOSPC');
    super.link(existing, directory, name);
    this.inodesUsed++;
  }

  override remove(dentry: Dentry): void {
    const linked = !isDirectory(dentry.inode.mode) && dentry.inode.nlink > 1;
    super.remove(dentry);
    if (linked) this.inodesUsed--;
  }

  /** As Linux reckons: two entries for itself and its parent, 20 bytes each. */
  protected override directorySize(dentry: Dentry): number {
    return 40 + 20 * (dentry.children?.size ?? 0);
  }
}

/** @param memoryPages the machine's memory, in pages */
export function tmpfsType(memoryPages: number): FilesystemType {
  return { name: 'tmpfs', mount: (request) => new Tmpfs(request, memoryPages) };
}

