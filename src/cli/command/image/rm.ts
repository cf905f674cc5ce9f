// `docker image rm`, `docker rmi`.

import { ApiError } from '../../../api/errors.ts';
import { command, minArgs } from '../../command.ts';
import { CliError, errorText } from '../../errors.ts';
import { bool, strings } from '../../flags/values.ts';

export const rm = command({
  name: 'rm', usage: '[OPTIONS] IMAGE [IMAGE...]', short: 'Remove one or more images', fullNames: 'docker image rm, docker image remove, docker rmi', aliases: ['rmi', 'remove'],
  args: minArgs(1), completes: 'image',
  flags: {
    force: bool('f', 'Force removal of the image'),
    'no-prune': bool('', 'Do not delete untagged parents'),
    platform: strings('', 'Remove only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")', { notSimulated: true }),
  },
  *run(cli, f, args) {
    const errors: string[] = [];
    let fatal = false;
    for (const name of args) {
      try {
        // Without a name the path of the request leads nowhere.
        if (!name) throw new CliError('Error response from daemon: page not found');
        for (const item of yield* cli.engine.imageRemove(name, { force: f.force, noPrune: f['no-prune'] })) {
          yield* cli.out(item.Deleted ? `Deleted: ${item.Deleted}\n` : `Untagged: ${item.Untagged}\n`);
        }
      } catch (error) {
        errors.push(errorText(error));
        if (!(error instanceof ApiError) || error.kind !== 'notFound') fatal = true;
      }
    }
    if (!errors.length) return;
    const text = errors.join('\n');
    if (!f.force || fatal) throw new CliError(text);
    yield* cli.err(text + '\n');
  },
});
