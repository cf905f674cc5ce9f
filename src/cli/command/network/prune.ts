// `docker network prune`.

import { command, noArgs } from '../../command.ts';
import { bool, filter } from '../../flags/values.ts';
import { prune as pruneObjects, pruneNetworks } from '../../prune.ts';

export const prune = command({
  name: 'prune', usage: '[OPTIONS]', short: 'Remove all unused networks', args: noArgs,
  flags: { filter: filter('', 'Provide filter values (e.g. "until=<timestamp>")'), force: bool('f', 'Do not prompt for confirmation') },
  *run(cli, f) {
    yield* pruneObjects(cli, f.force, 'WARNING! This will remove all custom networks not used by at least one container.', () => pruneNetworks(cli, f.filter), false);
  },
});
