// postmaster.pid: who serves a data directory.

import { encode } from '../../base/bytes.ts';
import { KernelError } from '../../kernel/errno.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { toText } from '../lib/text.ts';

export interface Serving {
  readonly dataDirectory: string;
  readonly port: number;
  readonly socketDirectory: string;
  readonly listen: string;
}

export const VERSION = '18.6 (Debian 18.6-1.pgdg13+2)';

const lockOf = (directory: string): string => `${directory}/postmaster.pid`;

/** The process that the file names. */
export function lockingPid(sys: Syscalls, directory: string): number | undefined {
  try {
    const pid = Math.abs(Number.parseInt(toText(sys.readFile(lockOf(directory)))));
    return Number.isNaN(pid) ? undefined : pid;
  } catch (error) {
    if (error instanceof KernelError) return undefined;
    throw error;
  }
}

/**
 * Whether another server holds the directory: a process of that number that is not this one, its parent or its parent's.
 * In another container numbers mean others: there the file protects nothing, as with the real one.
 */
export function heldBy(sys: Syscalls, directory: string): number | undefined {
  const pid = lockingPid(sys, directory);
  if (pid === undefined || pid === sys.pid || pid === sys.ppid) return undefined;
  try {
    sys.kill(pid, 0);
    return pid;
  } catch (error) {
    // EPERM: somebody else's, who cannot be the server of this user's files.
    if (error instanceof KernelError) return undefined;
    throw error;
  }
}

/** @throws KernelError */
export function writeLock(sys: Syscalls, { dataDirectory, port, socketDirectory, listen }: Serving, status: string): void {
  const started = Math.floor(sys.now() / 1000);
  const lines = [sys.pid, dataDirectory, started, port, socketDirectory, listen, '  1048577         0', status.padEnd(8)];
  sys.writeFile(lockOf(dataDirectory), encode(`${lines.join('\n')}\n`), 0o600);
}

export function removeQuietly(sys: Syscalls, path: string): void {
  try {
    sys.unlink(path);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
  }
}

export const removeLock = (sys: Syscalls, directory: string): void => removeQuietly(sys, lockOf(directory));
