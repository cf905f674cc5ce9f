// `docker container diff`.

import { command, exactArgs } from '../../command.ts';
import { CliError } from '../../errors.ts';

export const diff = command({
  name: 'diff', usage: 'CONTAINER', short: "Inspect changes to files or directories on a container's filesystem", fullNames: 'docker container diff, docker diff',
  args: exactArgs(1), completes: 'container', completesFirst: 1, flags: {},
  *run(cli, _, [name]) {
    if (!name) throw new CliError('invalid container name or ID: value is empty');
    const changes = yield* cli.engine.containerDiff(name);
    yield* cli.out(changes.map(({ Kind, Path }) => `${'CAD'[Kind]} ${Path}\n`).join(''));
  },
});
