// `docker inspect`: an object of any kind.

import { ApiError } from '../../api/errors.ts';
import type { Task } from '../../base/task.ts';
import type { Cli } from '../cli.ts';
import { command, minArgs } from '../command.ts';
import { CliError, notSimulated } from '../errors.ts';
import { bool, inspectFormat, string } from '../flags/values.ts';
import { type Inspected, inspect as inspectObjects } from '../inspect.ts';

const TYPES = ['config', 'container', 'image', 'network', 'node', 'plugin', 'secret', 'service', 'task', 'volume'];

type Get = (cli: Cli, name: string, size: boolean) => Task<Inspected>;

/** In the order in which they are tried. */
const KINDS: readonly (readonly [string, Get])[] = [
  ['container', function* (cli, name, size) {
    return { type: 'container.InspectResponse', json: yield* cli.engine.containerInspect(name, size ? { size } : {}) };
  }],
  ['image', function* (cli, name) {
    return { type: 'image.InspectResponse', json: yield* cli.engine.imageInspect(name) };
  }],
  ['network', function* (cli, name) {
    return { type: 'network.Inspect', json: yield* cli.engine.networkInspect(name) };
  }],
  ['volume', function* (cli, name) {
    return { type: 'volume.Volume', json: yield* cli.engine.volumeInspect(name) };
  }],
];

export const inspect = command({
  name: 'inspect', usage: '[OPTIONS] NAME|ID [NAME|ID...]', short: 'Return low-level information on Docker objects', args: minArgs(1), completes: 'object',
  flags: {
    format: inspectFormat(),
    size: bool('s', 'Display total file sizes if the type is container'),
    type: string('', 'Only inspect objects of the given type', '', { choices: TYPES }),
  },
  *run(cli, f, args, changed) {
    if (changed.has('type') && !TYPES.includes(f.type)) {
      throw new CliError(f.type === '' ? 'type is empty: must be one of ' + list() : `unknown type: ${JSON.stringify(f.type)}: must be one of ${list()}`);
    }
    if (f.type && !KINDS.some(([kind]) => kind === f.type)) throw notSimulated(`inspecting a ${f.type}`);
    let sized = false;
    return yield* inspectObjects(cli, args, f.format, function* (name) {
      for (const [kind, get] of KINDS) {
        if (f.type && f.type !== kind) continue;
        try {
          const found = yield* get(cli, name, f.size);
          if (f.size && kind !== 'container' && !sized) {
            sized = true;
            yield* cli.err(`WARNING: --size ignored for ${kind}\n`);
          }
          return found;
        } catch (error) {
          if (f.type || !(error instanceof ApiError) || (error.kind !== 'notFound' && error.kind !== 'invalidParameter')) throw error;
        }
      }
      throw new CliError(`Error: No such object: ${name}`);
    });
  },
});

const list = (): string => TYPES.map((type) => `"${type}"`).join(', ');
