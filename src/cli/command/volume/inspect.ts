// `docker volume inspect`.

import { command, minArgs } from '../../command.ts';
import { inspectFormat } from '../../flags/values.ts';
import { inspect as inspectObjects } from '../../inspect.ts';

export const inspect = command({
  name: 'inspect', usage: '[OPTIONS] VOLUME [VOLUME...]', short: 'Display detailed information on one or more volumes', args: minArgs(1), completes: 'volume',
  flags: { format: inspectFormat() },
  *run(cli, flags, args) {
    return yield* inspectObjects(cli, args, flags.format, function* (name) {
      return { type: 'volume.Volume', json: yield* cli.engine.volumeInspect(name), raw: false };
    });
  },
});
