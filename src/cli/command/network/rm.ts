// `docker network rm`.

import { ApiError } from '../../../api/errors.ts';
import { command, minArgs } from '../../command.ts';
import { CliError, errorText } from '../../errors.ts';
import { bool } from '../../flags/values.ts';

export const rm = command({
  name: 'rm', usage: 'NETWORK [NETWORK...]', short: 'Remove one or more networks', aliases: ['remove'], args: minArgs(1), completes: 'network',
  flags: { force: bool('f', 'Do not error if the network does not exist') },
  *run(cli, f, args) {
    let failed = false;
    for (const name of args) {
      try {
        yield* cli.engine.networkRemove(name);
        yield* cli.out(name + '\n');
      } catch (error) {
        if (f.force && error instanceof ApiError && error.kind === 'notFound') continue;
        yield* cli.err(errorText(error) + '\n');
        failed = true;
      }
    }
    if (failed) throw new CliError('exit status 1');
  },
});
