// What a proc file system asks the kernel about processes: implemented by the process table, read by the files under /proc.

import type { Bytes } from '../../../base/bytes.ts';
import type { FileDescription } from '../../vfs/file-description.ts';
import type { FsContext } from '../../vfs/fs-context.ts';
import type { Limit, ProcessInfo, Resource } from '../../syscalls.ts';

export interface ProcProcess {
  readonly info: ProcessInfo;
  readonly limits: Readonly<Record<Resource, Limit>>;
  readonly context: FsContext;
  readonly executable: string;
  readonly environ: Readonly<Record<string, string>>;
  readonly descriptors: ReadonlyMap<number, FileDescription>;
  readonly hostname: string;
}

export interface ProcSource {
  /** Pids of a namespace, ascending. */
  pids(pidNamespace: object): readonly number[];
  process(pidNamespace: object, pid: number): ProcProcess | undefined;
  /** The pid, in that namespace, of the process whose context this is; undefined when it is not in there. */
  pidOf(pidNamespace: object, context: FsContext): number | undefined;
  /** ms since boot. */
  uptime(): number;
  readonly bootTime: number;
  readonly memory: { readonly total: number; readonly free: number; readonly available: number };
  readonly processors: number;
  readonly release: string;
  readonly version: string;
  hostname(context: FsContext): string;
  /** From the kernel's seeded source, for `/proc/sys/kernel/random/uuid`. */
  randomBytes?(length: number): Bytes;
}
