// `--change` of commit and import: instructions applied to a config.

import { ApiError } from '../../api/errors.ts';
import { applyInstruction, type Config } from './apply-instruction.ts';
import { DockerfileError } from './dockerfile/dockerfile-error.ts';
import { parseLine } from './dockerfile/instruction.ts';
import { envName } from '../container/environment.ts';

const ALLOWED = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'ENV', 'EXPOSE', 'LABEL', 'ONBUILD', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR']);

/** @throws invalidParameter `NOPE is not a valid change command` */
export function applyChanges(config: Config, changes: readonly string[]): Config {
  for (const change of changes) {
    const command = change.trim().split(/\s/, 1)[0]!;
    if (!command) throw new ApiError('invalidParameter', 'file with no instructions');
    if (!ALLOWED.has(command.toUpperCase())) throw new ApiError('invalidParameter', `${command} is not a valid change command`);
    try {
      const env = config.Env ?? [];
      const lookup = (name: string) => env.find((entry) => envName(entry) === name)?.slice(name.length + 1);
      config = applyInstruction(config, parseLine(change.trim()), lookup, '\\', false)?.config ?? config;
    } catch (error) {
      if (!(error instanceof DockerfileError)) throw error;
      throw new ApiError('invalidParameter', error.message.replace(/^dockerfile parse error on line 1: /, ''));
    }
  }
  return config;
}
