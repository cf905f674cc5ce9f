// Who asks the file system: the part of a process that path walks and permission checks need (Linux's fs_struct, cred and nsproxy).

import type { Credentials } from '../syscalls.ts';
import type { MountNamespace } from './mount-namespace.ts';
import type { VirtualDentry } from './virtual-dentry.ts';

/** Mutable: it belongs to one process (threads share it); fork copies it. */
export interface FsContext {
  credentials: Credentials;
  umask: number;
  namespace: MountNamespace;
  root: VirtualDentry;
  cwd: VirtualDentry;
  /** Of the whole kernel, not of a pid namespace: what `/proc/self` and lock owners go by. */
  readonly globalPid: number;
  /** The pid namespace, opaque here: a proc file system shows the one of whoever mounted it. */
  readonly pidNamespace: object;
  /** The terminal behind `/dev/tty` (its device number), when the session has one. */
  controllingTerminal?: number | undefined;
}
