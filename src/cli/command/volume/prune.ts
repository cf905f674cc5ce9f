// `docker volume prune`.

import { command, noArgs } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { bool, filter } from '../../flags/values.ts';
import { prune as pruneObjects, pruneVolumes } from '../../prune.ts';

export const prune = command({
  name: 'prune', usage: '[OPTIONS]', short: 'Remove unused local volumes', args: noArgs,
  flags: {
    all: bool('a', 'Remove all unused volumes, not just anonymous ones'),
    force: bool('f', 'Do not prompt for confirmation'),
    filter: filter('', 'Provide filter values (e.g. "label=<label>")'),
  },
  *run(cli, flags) {
    if (flags.all && flags.filter['all']) throw new CliError('conflicting options: cannot specify both --all and --filter all=1');
    const filters = flags.all ? { ...flags.filter, all: ['true'] } : flags.filter;
    const what = flags.all ? 'all local volumes' : 'anonymous local volumes';
    yield* pruneObjects(cli, flags.force, `WARNING! This will remove ${what} not used by at least one container.`, () => pruneVolumes(cli, filters));
  },
});
