// Archives written to standard output or a file: the checks of export, save and cp.

import type { Stream } from '../api/engine-client.ts';
import type { Bytes } from '../base/bytes.ts';
import type { Task } from '../base/task.ts';
import { KernelError } from '../kernel/errno.ts';
import { isBlockDevice, isCharDevice, isDirectory, isSocket } from '../kernel/stat.ts';
import type { Cli } from './cli.ts';
import { CliError } from './errors.ts';
import { dirName, pathError } from './go.ts';

/** What a mode cannot be written to, or undefined. */
export function refusedMode(mode: number): string | undefined {
  if (isCharDevice(mode) || isBlockDevice(mode)) return 'got a device';
  return isSocket(mode) ? 'got a socket' : undefined;
}

/** @throws CliError */
export function* sendArchive(cli: Cli, output: string, prefix: string, get: () => Task<Stream<Bytes>>): Task<void> {
  if (!output) {
    if (cli.isTerminal(1)) throw new CliError('cowardly refusing to save to a terminal. Use the -o flag or redirect');
    const content = yield* get();
    for (let part = yield* content.next(); part; part = yield* content.next()) yield* cli.out(part);
    return;
  }
  const { sys } = cli;
  const dir = dirName(output);
  if (dir !== '.' && dir !== '') {
    try {
      sys.stat(dir);
    } catch (error) {
      throw new CliError(`${prefix}: invalid output path: ${pathError('stat', dir, error)}`);
    }
  }
  let mode: number | undefined;
  try {
    mode = sys.stat(output).mode;
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
  }
  if (mode !== undefined && isDirectory(mode)) throw new CliError(`${prefix}: cannot write to a directory`);
  const device = mode === undefined || output === '/dev/null' ? undefined : refusedMode(mode);
  if (device) throw new CliError(`${prefix}: cannot write to ${device.replace('got a', 'a')}`);
  yield* cli.save(yield* get(), output);
}
