// `docker container rm`.

import { ApiError } from '../../../api/errors.ts';
import { command, each, minArgs } from '../../command.ts';
import { CliError, errorText } from '../../errors.ts';
import { bool } from '../../flags/values.ts';

export const rm = command({
  name: 'rm', usage: '[OPTIONS] CONTAINER [CONTAINER...]', short: 'Remove one or more containers', fullNames: 'docker container rm, docker container remove, docker rm',
  aliases: ['remove'], args: minArgs(1), completes: 'container',
  flags: {
    force: bool('f', 'Force the removal of a running container (uses SIGKILL)'),
    link: bool('l', 'Remove the specified link'),
    volumes: bool('v', 'Remove anonymous volumes associated with the container'),
  },
  *run(cli, f, args) {
    return yield* each(args, function* (arg) {
      const name = arg.replace(/^\/+|\/+$/g, '');
      if (!name) throw new CliError('container name cannot be empty');
      try {
        yield* cli.engine.containerRemove(name, { force: f.force, removeVolumes: f.volumes, removeLinks: f.link });
      } catch (error) {
        if (!f.force || !(error instanceof ApiError) || error.kind !== 'notFound') throw error;
        yield* cli.err(errorText(error) + '\n');
        return;
      }
      yield* cli.out(arg + '\n');
    });
  },
});
