// `docker volume rm`.

import { command, each, minArgs } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { bool } from '../../flags/values.ts';

export const rm = command({
  name: 'rm', usage: '[OPTIONS] VOLUME [VOLUME...]', short: 'Remove one or more volumes', aliases: ['remove'], args: minArgs(1), completes: 'volume',
  long: 'Remove one or more volumes. You cannot remove a volume that is in use by a container.',
  flags: { force: bool('f', 'Force the removal of one or more volumes') },
  *run(cli, flags, args) {
    return yield* each(args, function* (name) {
      if (!name) throw new CliError('invalid volume name or ID: value is empty');
      yield* cli.engine.volumeRemove(name, flags.force ? { force: true } : {});
      yield* cli.out(name + '\n');
    });
  },
});
