// The `--network` argument: a mode or name, or `name=…,alias=…` (docker/cli's opts.NetworkOpt).

import type { ContainerCreateRequest } from '../../api/container.ts';
import { CliError, notSimulated } from '../errors.ts';
import { type Flag, FlagValueError } from '../flags/flag.ts';
import { cut } from '../flags/values.ts';
import { csvRecord } from './csv.ts';

export interface NetworkChoice {
  readonly target: string;
  readonly aliases: readonly string[];
}

/** @throws FlagValueError */
function parseNetwork(text: string): NetworkChoice {
  if (!/\w+=\w+(,\w+=\w+)*/.test(text)) return { target: text, aliases: [] };
  let target = '';
  const aliases: string[] = [];
  for (const field of csvRecord(text)) {
    const [rawKey, value, hasValue] = cut(field.toLowerCase(), '=');
    const key = rawKey.trim();
    if (!hasValue) throw new FlagValueError(`invalid key/value pair format in driver options`);
    if (key === 'name') target = value.trim();
    else if (key === 'alias') aliases.push(value.trim());
    else if (['ip', 'ip6', 'mac-address', 'link-local-ip', 'driver-opt', 'gw-priority'].includes(key)) throw new FlagValueError(`'${key}' is not simulated here`);
    else throw new FlagValueError(`invalid field key ${key}`);
  }
  if (!target) throw new FlagValueError('network name/id is not specified');
  return { target, aliases };
}

export const networkFlag = (usage: string): Flag<NetworkChoice[]> => ({
  type: 'network', usage, shorthand: '', initial: [], completes: 'network', parse: (text, before) => [...before, parseNetwork(text)],
});

const userDefined = (name: string): boolean => !['default', 'bridge', 'host', 'none'].includes(name) && !name.startsWith('container:');

/** The mode, and what the endpoint needs beyond it. @throws CliError */
export function networkConfig(choices: readonly NetworkChoice[], aliases: readonly string[]): { mode: string; config: ContainerCreateRequest['NetworkingConfig'] } {
  if (choices.length > 1) throw notSimulated('run with more than one --network');
  const choice = choices[0] ?? { target: 'default', aliases: [] };
  if (!choice.target.trim()) throw new CliError('no name set for network');
  if (choice.aliases.length && aliases.length) throw new CliError('conflicting options: cannot specify both --network-alias and per-network alias');
  const all = aliases.length ? aliases : choice.aliases;
  if (all.length && !userDefined(choice.target)) throw new CliError('network-scoped aliases are only supported for user-defined networks');
  const config = all.length && choices.length ? { EndpointsConfig: { [choice.target]: { Aliases: [...all] } } } : { EndpointsConfig: {} };
  return { mode: choice.target, config };
}
