// `docker compose commit`.

import { nameOf } from '../../compose/labels.ts';
import { bool, int, list, string } from '../../flags/values.ts';
import { parseReference } from '../../opts/reference.ts';
import { oneContainer } from './ps.ts';
import { verb } from './verb.ts';

export const commit = verb({
  name: 'commit', usage: '[OPTIONS] SERVICE [REPOSITORY[:TAG]]', short: "Create a new image from a service container's changes", args: [1, 2],
  flags: {
    author: string('a', 'Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")'),
    change: list('c', 'Apply Dockerfile instruction to the created image'),
    index: int('', 'index of the container if service has multiple replicas.'),
    message: string('m', 'Commit message'),
    pause: bool('p', 'Pause container during commit', true),
  },
  *run(session, f, [service = '', reference]) {
    const container = yield* oneContainer(session, service, f.index);
    const name = nameOf(container);
    const tell = (status: string, state: 'working' | 'done') => session.progress.event(name, { text: `Commit ${name}`, status, state });
    yield* session.under('Committing', function* () {
      yield* tell('Committing', 'working');
      if (reference) parseReference(reference);
      const { Id } = yield* session.cli.engine.containerCommit(container.Id, { ...(reference && { reference }), comment: f.message, author: f.author, pause: f.pause, changes: f.change });
      yield* tell(`Committed as ${Id}`, 'done');
    });
  },
});
