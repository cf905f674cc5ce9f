// Finding programs and starting them, and what is said when that fails.

import type { Task } from '../../base/task.ts';
import { decode } from '../../base/bytes.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory, isRegular } from '../../kernel/stat.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { runPlainScript } from '../programs.ts';
import type { Shell } from '../shell.ts';
import { toBytes } from '../text.ts';

/** Where PATH has a program. `all` gives every place. */
export function searchPath(sh: Shell, name: string, path = sh.vars.get('PATH') ?? ''): { found: string | undefined; all: string[]; denied: string | undefined } {
  const all: string[] = [];
  let denied: string | undefined;
  for (const directory of path.split(':')) {
    const candidate = directory === '' ? `./${name}` : `${directory.replace(/\/$/, '')}/${name}`;
    try {
      if (!isRegular(sh.sys.stat(candidate).mode)) continue;
    } catch (error) {
      if (error instanceof KernelError) continue;
      throw error;
    }
    if (sh.sys.can(candidate, 'x')) all.push(candidate);
    else denied ??= candidate;
  }
  return { found: all[0], all, denied };
}

export interface Located {
  readonly path: string;
  /** What `$0` of the program is. */
  readonly name: string;
}

/** The file to execute for a command name: as it is with a slash, through the hash and PATH without. */
export function locate(sh: Shell, name: string): Located | undefined {
  if (name.includes('/')) return { path: name, name };
  const known = sh.hash.get(name);
  if (known) {
    known.hits++;
    return { path: known.path, name };
  }
  const { found, denied } = searchPath(sh, name);
  if (found === undefined) {
    if (sh.dialect.applets.has(name)) return { path: sh.sys.executable, name };
    return denied === undefined ? undefined : { path: denied, name };
  }
  if (sh.options.hashall || sh.dialect.name === 'ash') sh.hash.set(name, { path: found, hits: 1 });
  return { path: found, name };
}

/** Whether a file that the kernel would not execute is text, and so a script for the shell itself. */
function isScript(sys: Syscalls, path: string): boolean {
  let head: Uint8Array;
  try {
    head = sys.readFile(path).subarray(0, 80);
  } catch {
    return false;
  }
  const line = head.indexOf(10);
  return !head.subarray(0, line < 0 ? undefined : line).includes(0);
}

function interpreterOf(sys: Syscalls, path: string): string | undefined {
  try {
    const head = decode(sys.readFile(path).subarray(0, 200));
    return /^#!\s*(\S+)/.exec(head)?.[1];
  } catch {
    return undefined;
  }
}

/** Why a program could not be executed. */
export function executionFailure(sh: Shell, sys: Syscalls, name: string, path: string, error: KernelError): { message: string; status: number } {
  let { errno } = error;
  if (errno === 'EACCES') {
    try {
      if (isDirectory(sys.stat(path).mode)) errno = 'EISDIR';
    } catch {
      // It stays a matter of permission.
    }
  }
  const interpreter = errno === 'ENOENT' || errno === 'EACCES' ? interpreterOf(sys, path) : undefined;
  const { message, status, short } = sh.dialect.unexecutable(sh, name, errno, interpreter);
  return { message: `${short ? `${sh.name}: ` : sh.dialect.prefix(sh)}${message}\n`, status };
}

/**
 * Execute in the place of the calling process, `sys` being its own; `zeroth` is another name to call it by. Falls back to running a script without `#!`.
 * @returns only when it failed: the status, after saying why
 */
export function* execute(sh: Shell, sys: Syscalls, argv: readonly string[], env: Record<string, string>, zeroth?: string): Task<number> {
  const name = argv[0]!;
  const located = locate(sh, name);
  if (!located) {
    const { message, status } = sh.dialect.unexecutable(sh, name, 'ENOENT', undefined);
    yield* say(sys, `${sh.dialect.prefix(sh)}${message}\n`);
    return status;
  }
  if (sh.dialect.name === 'bash') env['_'] = located.path;
  try {
    return yield* sys.exec(located.path, zeroth === undefined ? argv : [zeroth, ...argv.slice(1)], env);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    if (error.errno === 'ENOEXEC' && isScript(sys, located.path)) return yield* runPlainScript(sh, sys, located.path, argv.slice(1), env);
    const { message, status } = executionFailure(sh, sys, name, located.path, error);
    yield* say(sys, message);
    return status;
  }
}

export function* say(sys: Syscalls, text: string): Task<void> {
  try {
    yield* sys.write(2, toBytes(text));
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
  }
}
