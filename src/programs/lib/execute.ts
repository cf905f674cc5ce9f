// Starting other programs by name, as execvp(3) and posix_spawn(3) do.

import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import { signalNumber } from '../../kernel/signal.ts';
import type { NewProcessOptions, Syscalls, WaitStatus } from '../../kernel/syscalls.ts';
import type { Io } from './messages.ts';
import { quote } from './quote.ts';

export type Environment = Readonly<Record<string, string>>;

/** Where a name may lead, in the order of PATH. */
export function candidates(name: string, path = '/bin:/usr/bin'): string[] {
  if (name.includes('/')) return [name];
  return path.split(':').map((directory) => `${directory || '.'}/${name}`);
}

/** The file a name runs, if any. */
export function which(sys: Syscalls, name: string, path = sys.env['PATH']): string | undefined {
  return candidates(name, path).find((file) => sys.can(file, 'x') && (sys.stat(file).mode & 0o170000) === 0o100000);
}

/** Try what the name may lead to: `attempt` throws when it cannot be executed. */
function* tryAll(argv: readonly string[], env: Environment, attempt: (path: string, argv: readonly string[]) => Task<void>): Task<void> {
  let failure = new KernelError('ENOENT');
  for (const path of candidates(argv[0]!, env['PATH'])) {
    try {
      return yield* attempt(path, argv);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      if (error.errno === 'ENOEXEC') return yield* attempt('/bin/sh', ['sh', path, ...argv.slice(1)]);
      if (error.errno === 'EACCES') failure = error;
      else if (error.errno !== 'ENOENT' && error.errno !== 'ENOTDIR') throw error;
    }
  }
  throw failure;
}

/** Replace the calling program. @throws ENOENT EACCES … */
export function* execvp(sys: Syscalls, argv: readonly string[], env: Environment = sys.env): Task<never> {
  yield* tryAll(argv, env, function* (path, words) {
    yield* sys.exec(path, words, env);
  });
  throw new KernelError('ENOENT');
}

/** Start a child. @returns its pid. @throws ENOENT EACCES … */
export function* spawn(sys: Syscalls, argv: readonly string[], env: Environment = sys.env, prepare?: (child: Syscalls) => void, options?: NewProcessOptions): Task<number> {
  const embryo = sys.newProcess(options);
  try {
    prepare?.(embryo.sys);
    yield* tryAll(argv, env, function* (path, words) {
      embryo.exec(path, words, env);
    });
    return embryo.pid;
  } catch (error) {
    embryo.abandon();
    throw error;
  }
}

/** As a shell's `$?`. */
export const exitStatus = (status: WaitStatus): number => status.code ?? 128 + signalNumber(status.signal!);

/** Run a child to its end. */
export function* run(sys: Syscalls, argv: readonly string[], env?: Environment, prepare?: (child: Syscalls) => void): Task<WaitStatus> {
  const pid = yield* spawn(sys, argv, env, prepare);
  for (;;) {
    try {
      return yield* sys.wait(pid);
    } catch (error) {
      if (!(error instanceof KernelError) || error.errno !== 'EINTR') throw error;
    }
  }
}

/** Exec for `env`, `nohup`, `nice` …: 127 or 126 with their words when it cannot be. */
export function* replace(io: Io, argv: readonly string[], env?: Environment, word = 'failed to run command'): Task<number> {
  yield* io.flush();
  try {
    return yield* execvp(io.sys, argv, env);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    return cannotRun(io, argv[0]!, error, word);
  }
}

/** Report a program that cannot be run; @returns 127 or 126 */
export function cannotRun(io: Io, name: string, error: KernelError, word = 'failed to run command'): number {
  io.warn(io.gnu ? `${word && `${word} `}${word === 'failed to execute' ? name : quote(name)}: ${strerror(error.errno)}` : `can't execute '${name}': ${strerror(error.errno)}`);
  return error.errno === 'ENOENT' ? 127 : 126;
}
