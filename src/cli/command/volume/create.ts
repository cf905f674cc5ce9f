// `docker volume create`.

import { command, maxArgs } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { label, list, keyValues, map, string } from '../../flags/values.ts';

const CLUSTER = ['availability', 'group', 'limit-bytes', 'required-bytes', 'scope', 'secret', 'sharing', 'topology-preferred', 'topology-required', 'type'];

export const create = command({
  name: 'create', usage: '[OPTIONS] [VOLUME]', short: 'Create a volume', args: maxArgs(1),
  flags: {
    driver: string('d', 'Specify volume driver name', 'local'),
    label: list('', 'Set metadata for a volume', label),
    name: string('', 'Specify volume name', '', { hidden: true }),
    opt: map('o', 'Set driver specific options'),
    ...Object.fromEntries(CLUSTER.map((name) => [name, string('', '', '', { hidden: true, notSimulated: true })])),
  },
  *run(cli, flags, args) {
    if (args.length && flags.name) throw new CliError('conflicting options: cannot specify a volume-name through both --name and as a positional arg');
    const name = args[0] ?? flags.name;
    const volume = yield* cli.engine.volumeCreate({
      Driver: flags.driver,
      ...(name && { Name: name }),
      ...(Object.keys(flags.opt).length ? { DriverOpts: flags.opt } : {}),
      ...(flags.label.length ? { Labels: keyValues(flags.label) } : {}),
    });
    yield* cli.out(volume.Name + '\n');
  },
});

