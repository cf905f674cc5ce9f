// What a table of proc files says of each: how it looks and what it tells.

import type { Bytes } from '../../../base/bytes.ts';
import type { Vfs } from '../../vfs/vfs.ts';
import type { FileDescription } from '../../vfs/file-description.ts';
import type { FsContext } from '../../vfs/fs-context.ts';
import type { VirtualDentry } from '../../vfs/virtual-dentry.ts';
import type { Disk } from '../disk/disk.ts';
import type { ProcProcess, ProcSource } from './proc-source.ts';

/** What an entry is rendered from. */
export interface ProcScope {
  readonly vfs: Vfs;
  readonly source: ProcSource;
  readonly disks: readonly Disk[];
  /** Of the reader. */
  readonly context: FsContext;
  /** The reader's pid here, if it has one. */
  readonly self: number | undefined;
  readonly pidNamespace: object;
}

export interface ProcEntry<Scope> {
  /** Permissions; default 0444 for files, 0555 for directories. */
  readonly mode?: number;
  readonly read?: (scope: Scope) => string | Bytes;
  readonly link?: (scope: Scope) => string;
  readonly jump?: (scope: Scope) => VirtualDentry | undefined;
  readonly children?: ProcTable<Scope>;
  /** An open file of the process: what stands behind a name in `/proc/<pid>/fd`. */
  readonly file?: FileDescription;
  /** Only for the process's owner and root, whatever the mode says (Linux's ptrace check). */
  readonly guarded?: boolean;
  /** Names that come and go. */
  readonly list?: (scope: Scope) => Iterable<string>;
  readonly find?: (scope: Scope, name: string) => ProcEntry<Scope> | undefined;
}

export interface ProcTable<Scope> {
  readonly [name: string]: ProcEntry<Scope>;
}

export interface PidScope extends ProcScope {
  readonly process: ProcProcess;
}
