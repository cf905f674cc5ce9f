// `docker container commit`.

import { command, rangeArgs } from '../../command.ts';
import { bool, list, string } from '../../flags/values.ts';
import { parseReference } from '../../opts/reference.ts';

export const commit = command({
  name: 'commit', usage: '[OPTIONS] CONTAINER [REPOSITORY[:TAG]]', short: "Create a new image from a container's changes",
  fullNames: 'docker container commit, docker commit', args: rangeArgs(1, 2), completes: 'container', completesFirst: 1,
  flags: {
    author: string('a', 'Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")'),
    change: list('c', 'Apply Dockerfile instruction to the created image'),
    message: string('m', 'Commit message'),
    pause: bool('p', 'Pause container during commit', true),
  },
  *run(cli, f, [name, reference]) {
    if (reference) parseReference(reference);
    const { Id } = yield* cli.engine.containerCommit(name!, {
      ...(reference && { reference }), comment: f.message, author: f.author, pause: f.pause, changes: f.change,
    });
    yield* cli.out(Id + '\n');
  },
});
