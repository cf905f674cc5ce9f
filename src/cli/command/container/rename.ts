// `docker container rename`.

import { command, exactArgs } from '../../command.ts';
import { CliError, errorText } from '../../errors.ts';

export const rename = command({
  name: 'rename', usage: 'CONTAINER NEW_NAME', short: 'Rename a container', fullNames: 'docker container rename, docker rename', args: exactArgs(2),
  completes: 'container', completesFirst: 1, flags: {},
  *run(cli, _, args) {
    const [from, to] = args.map((name) => name.trim());
    if (!from || !to) throw new CliError('Error: Neither old nor new names may be empty');
    try {
      yield* cli.engine.containerRename(from, to);
    } catch (error) {
      throw new CliError(`${errorText(error)}\nError: failed to rename container named ${from}`);
    }
  },
});
