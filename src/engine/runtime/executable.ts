// Finds what a container's command names, as Go's exec.LookPath inside the container, and starts it.

import { encode } from '../../base/bytes.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory } from '../../kernel/stat.ts';
import type { Embryo, Syscalls } from '../../kernel/syscalls.ts';
import { goErrno } from '../files.ts';
import { RuntimeFault } from './oci-error.ts';

/** @param sys sees the container's root, as the container's user. @throws RuntimeFault */
export function findExecutable(sys: Syscalls, name: string, path: string): string {
  const fault = (why: string) => new RuntimeFault(`exec: ${JSON.stringify(name)}: ${why}`);
  if (!name.includes('/')) {
    for (const directory of name ? path.split(':') : []) {
      const candidate = `${directory || '.'}/${name}`;
      if (sys.can(candidate, 'x') && !isDirectory(sys.stat(candidate).mode)) return candidate;
    }
    throw fault('executable file not found in $PATH');
  }
  let directory: boolean;
  try {
    directory = isDirectory(sys.stat(name).mode);
  } catch (error) {
    throw fault(`stat ${name}: ${goErrno(error)}`);
  }
  if (directory) throw fault('is a directory: permission denied');
  if (!sys.can(name, 'x')) throw fault('permission denied');
  return name;
}

/** What exec itself refuses (no interpreter, not a program) is said on standard error by the process, which ends with 255. */
export function execute(embryo: Embryo, path: string, argv: readonly string[], env: Record<string, string>): void {
  try {
    embryo.exec(path, argv, env);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    const message = encode(`exec ${path}: ${goErrno(error)}\n`);
    embryo.run(function* (sys) {
      yield* sys.write(2, message);
      return 255;
    });
  }
}
