// `docker buildx version`.

import { command, noArgs } from '../../command.ts';
import { bool } from '../../flags/values.ts';

export const version = command({
  name: 'version', usage: '', short: 'Show buildx version information', args: noArgs, plugin: true, path: 'docker buildx version', flags: { debug: bool('D', 'Enable debug logging') },
  *run(cli) {
    yield* cli.out('github.com/docker/buildx 0.29.1+ds1 0.29.1+ds1-4\n');
  },
});
