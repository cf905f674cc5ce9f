// `docker image prune`.

import { command, noArgs } from '../../command.ts';
import { bool, filter } from '../../flags/values.ts';
import { prune as pruneObjects, pruneImages } from '../../prune.ts';

export const prune = command({
  name: 'prune', usage: '[OPTIONS]', short: 'Remove unused images', args: noArgs,
  flags: {
    all: bool('a', 'Remove all unused images, not just dangling ones'),
    force: bool('f', 'Do not prompt for confirmation'),
    filter: filter('', 'Provide filter values (e.g. "until=<timestamp>")'),
  },
  *run(cli, f) {
    const warning = f.all ? 'WARNING! This will remove all images without at least one container associated to them.' : 'WARNING! This will remove all dangling images.';
    yield* pruneObjects(cli, f.force, warning, () => pruneImages(cli, f.filter, f.all));
  },
});
