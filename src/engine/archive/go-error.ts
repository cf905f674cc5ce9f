// Failed system calls in Go's words: `open /x: no such file or directory`.

import { ApiError, type ApiErrorKind } from '../../api/errors.ts';
import { KernelError } from '../../kernel/errno.ts';
import { goErrno } from '../files.ts';

/** Run it; a KernelError becomes an ApiError that names the call, if any, and the path. */
export function calling<T>(call: string, path: string, run: () => T, kind: ApiErrorKind = 'system'): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    throw new ApiError(kind, call ? `${call} ${path}: ${goErrno(error)}` : goErrno(error));
  }
}

export const isMissing = (error: unknown): boolean => error instanceof KernelError && error.errno === 'ENOENT';
