// What opening a device node or a named pipe opens: given to the Vfs by the kernel, which owns terminals, pipes and random numbers.

import type { FileDescription } from './file-description.ts';
import type { FsContext } from './fs-context.ts';
import type { VirtualDentry } from './virtual-dentry.ts';

export interface SpecialFiles {
  /** `place` is the node: `ptmx` and `pts/<n>` belong to the devpts they are in. @throws ENXIO when no driver has this number */
  openCharDevice(context: FsContext, rdev: number, flags: number, name: string, place: VirtualDentry): FileDescription;
  /** @throws ENXIO */
  openBlockDevice(context: FsContext, rdev: number, flags: number, name: string): FileDescription;
  /** `key` is the inode: all who open the same inode meet in the same pipe. Never blocks here; the first read waits for a writer. */
  openFifo(key: object, flags: number, name: string, place: VirtualDentry): FileDescription;
}
