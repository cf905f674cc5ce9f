// `docker volume update`: for volumes of a swarm, which the local driver's are never.

import { command, exactArgs } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { string } from '../../flags/values.ts';

export const update = command({
  name: 'update', usage: '[OPTIONS] [VOLUME]', short: 'Update a volume (cluster volumes only)', args: exactArgs(1), completes: 'volume', hidden: true,
  flags: { availability: string('', 'Cluster Volume availability ("active", "pause", "drain")', 'active', { hidden: true }) },
  *run(cli, _, [name]) {
    yield* cli.engine.volumeInspect(name!);
    throw new CliError('can only update cluster volumes');
  },
});
