// `docker network inspect`.

import { command, minArgs } from '../../command.ts';
import { bool, inspectFormat } from '../../flags/values.ts';
import { inspect as inspectObjects } from '../../inspect.ts';

export const inspect = command({
  name: 'inspect', usage: '[OPTIONS] NETWORK [NETWORK...]', short: 'Display detailed information on one or more networks', args: minArgs(1), completes: 'network',
  flags: { format: inspectFormat(), verbose: bool('v', 'Verbose output for diagnostics') },
  *run(cli, f, args) {
    return yield* inspectObjects(cli, args, f.format, function* (name) {
      return { type: 'network.Inspect', json: yield* cli.engine.networkInspect(name) };
    });
  },
});
