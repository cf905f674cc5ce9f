// The working directory of a container: made by the daemon, entered by runc.

import { ApiError } from '../../api/errors.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory } from '../../kernel/stat.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import type { EngineContext } from '../engine-context.ts';
import { goErrno, makeDirectories, statOf } from '../files.ts';
import { scopedPath } from '../scoped-path.ts';
import { RuntimeFault } from './oci-error.ts';

/** Once as root, and only if that is refused as who `become` makes the process. @throws RuntimeFault */
export function enterDirectory(sys: Pick<Syscalls, 'chdir'>, path: string, become: () => void): void {
  const enter = (): KernelError | undefined => {
    try {
      sys.chdir(path);
    } catch (error) {
      if (error instanceof KernelError) return error;
      throw error;
    }
    return undefined;
  };
  let failure = enter();
  if (!failure || failure.errno === 'EACCES') {
    become();
    failure &&= enter();
  }
  if (failure) throw new RuntimeFault(`chdir to cwd (${JSON.stringify(path)}) set in config.json failed: ${goErrno(failure)}`);
}

/** @param root the container's mounted root file system. @throws system */
export function makeWorkingDirectory({ sys }: Pick<EngineContext, 'sys'>, root: string, directory: string): void {
  if (!directory) return;
  const path = scopedPath(sys, root, directory);
  const stat = statOf(sys, path);
  if (stat && !isDirectory(stat.mode)) throw new ApiError('system', `Cannot mkdir: ${directory} is not a directory`);
  try {
    makeDirectories(sys, path);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    throw new ApiError('system', `Cannot mkdir: ${directory} is not a directory`);
  }
}
