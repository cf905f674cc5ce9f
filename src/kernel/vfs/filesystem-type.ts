// A kind of file system that can be mounted: what stands in `/proc/filesystems`.

import type { FsContext } from './fs-context.ts';
import type { Superblock } from './superblock.ts';
import type { Vfs } from './vfs.ts';

export interface MountRequest {
  readonly vfs: Vfs;
  readonly context: FsContext;
  readonly source: string;
  /** The option string of `mount(2)`: `size=4m,mode=1777`. */
  readonly data: string;
  readonly readonly: boolean;
}

export interface FilesystemType {
  readonly name: string;
  /** Whether it lives on a block device (its source names one). */
  readonly requiresDevice?: boolean;
  /** A superblock to mount: a new one, or the one that this source has already. @throws EINVAL ENOENT ENOTDIR ENOTBLK */
  mount(request: MountRequest): Superblock;
}
