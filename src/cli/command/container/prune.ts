// `docker container prune`.

import { command, noArgs } from '../../command.ts';
import { bool, filter } from '../../flags/values.ts';
import { prune as pruneObjects, pruneContainers } from '../../prune.ts';

export const prune = command({
  name: 'prune', usage: '[OPTIONS]', short: 'Remove all stopped containers', args: noArgs,
  flags: { force: bool('f', 'Do not prompt for confirmation'), filter: filter('', 'Provide filter values (e.g. "until=<timestamp>")') },
  *run(cli, f) {
    yield* pruneObjects(cli, f.force, 'WARNING! This will remove all stopped containers.', () => pruneContainers(cli, f.filter));
  },
});
