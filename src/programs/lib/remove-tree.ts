// Removing a file or a whole tree, as rm does (and mv after a copy).

import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory, isSymlink, type Stat } from '../../kernel/stat.ts';
import { confirm } from './confirm.ts';
import { reason, type Io } from './messages.ts';
import { modeText, typeName } from './mode.ts';
import { joinPath } from './path.ts';
import { quoteAlways } from './quote.ts';

export interface RemoveOptions {
  readonly recursive: boolean;
  /** Nothing is said of what is not there, nobody is asked. */
  readonly force: boolean;
  readonly verbose: boolean;
  readonly interactive: boolean;
  /** Empty directories too (`-d`). */
  readonly emptyDirectories?: boolean;
  readonly oneFileSystem?: boolean;
}

/** @returns whether all of it is gone */
export function* removeTree(io: Io, path: string, options: RemoveOptions, device?: number): Task<boolean> {
  const { sys, gnu } = io;
  const name = gnu ? quoteAlways(path) : `'${path}'`;
  const failed = (error: unknown, what = 'remove'): false => {
    io.fail(`${gnu ? 'cannot' : "can't"} ${what} ${name}: ${reason(error)}`);
    return false;
  };
  let stat: Stat;
  try {
    stat = sys.lstat(path);
  } catch (error) {
    const gone = error instanceof KernelError && (error.errno === 'ENOENT' || (gnu && error.errno === 'ENOTDIR'));
    if (options.force && gone) return true;
    return failed(error, gnu || gone ? 'remove' : 'stat');
  }
  const protectedFile = !options.force && !isSymlink(stat.mode) && sys.isatty(0) && !sys.can(path, 'w');
  const asks = options.interactive || protectedFile;
  if (!isDirectory(stat.mode)) {
    const what = gnu ? `remove ${protectedFile ? 'write-protected ' : ''}${typeName(stat.mode, stat.size)} ${name}? ` : `remove ${name}? `;
    if (asks && !(yield* confirm(io, what))) return true;
    try {
      sys.unlink(path);
    } catch (error) {
      return failed(error);
    }
    if (options.verbose) io.out(`removed ${name}\n`);
    return true;
  }
  if (!options.recursive && !options.emptyDirectories) {
    io.fail(gnu ? `cannot remove ${name}: Is a directory` : `${name} is a directory`);
    return false;
  }
  if (options.oneFileSystem && device !== undefined && stat.dev !== device) {
    io.fail(`skipping ${name}, since it's on a different device`);
    return false;
  }
  let whole = true;
  if (options.recursive) {
    let names: string[];
    try {
      names = sys.readdir(path).map((entry) => entry.name);
    } catch (error) {
      if (gnu) return failed(error);
      reason(error);
      io.status = 1;
      return false;
    }
    if (asks && names.length && !(yield* confirm(io, `descend into ${protectedFile && gnu ? 'write-protected ' : ''}directory ${name}? `))) return !gnu;
    for (const child of names) {
      yield* io.relieve();
      if (!(yield* removeTree(io, joinPath(path, child), options, device ?? stat.dev))) whole = false;
    }
  }
  if (!whole) return false;
  if (asks && !(yield* confirm(io, `remove ${protectedFile && gnu ? 'write-protected ' : ''}directory ${name}? `))) return !gnu;
  try {
    sys.rmdir(path);
  } catch (error) {
    return failed(error);
  }
  if (options.verbose) io.out(`removed directory${gnu ? '' : ':'} ${name}\n`);
  return true;
}

/** `0644 (rw-r--r--)`, as prompts show modes. */
export const promptMode = (mode: number): string => `${(mode & 0o7777).toString(8).padStart(4, '0')} (${modeText(mode).slice(1)})`;
