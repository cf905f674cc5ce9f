// A place in a mount tree: a dentry as reached through a mount (Linux's struct path).

import type { Dentry } from './dentry.ts';
import type { Mount } from './mount.ts';

export interface VirtualDentry {
  readonly mount: Mount;
  readonly dentry: Dentry;
}
