// `docker container inspect`.

import { command, minArgs } from '../../command.ts';
import { bool, inspectFormat } from '../../flags/values.ts';
import { inspect as inspectObjects } from '../../inspect.ts';

export const inspect = command({
  name: 'inspect', usage: '[OPTIONS] CONTAINER [CONTAINER...]', short: 'Display detailed information on one or more containers', args: minArgs(1), completes: 'container',
  flags: { format: inspectFormat(), size: bool('s', 'Display total file sizes') },
  *run(cli, f, args) {
    return yield* inspectObjects(cli, args, f.format, function* (name) {
      return { type: 'container.InspectResponse', json: yield* cli.engine.containerInspect(name, f.size ? { size: true } : {}) };
    });
  },
});
