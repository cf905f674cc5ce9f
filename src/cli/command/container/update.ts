// `docker container update`.

import { command, each, minArgs } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { string } from '../../flags/values.ts';
import { resources, restartPolicy } from '../../opts/container-config.ts';
import { resourceFlags } from '../../opts/container-flags.ts';

const period = (flag: 'cpu-rt-period' | 'cpu-rt-runtime') => ({ ...resourceFlags[flag], usage: resourceFlags[flag].usage.replace('Limit', 'Limit the') });

export const update = command({
  name: 'update', usage: '[OPTIONS] CONTAINER [CONTAINER...]', short: 'Update configuration of one or more containers',
  fullNames: 'docker container update, docker update', args: minArgs(1), completes: 'container',
  flags: {
    ...resourceFlags,
    'cpu-rt-period': period('cpu-rt-period'),
    'cpu-rt-runtime': period('cpu-rt-runtime'),
    'memory-swap': { ...resourceFlags['memory-swap'], usage: 'Swap limit equal to memory plus swap: -1 to enable unlimited swap' },
    restart: string('', 'Restart policy to apply when a container exits', '', { choices: ['no', 'always', 'on-failure', 'unless-stopped'] }),
  },
  *run(cli, f, args, changed) {
    if (!changed.size) throw new CliError('you must provide one or more flags when using this command');
    const change = { ...resources(f), ...(f.restart && { RestartPolicy: restartPolicy(f.restart) }) };
    const warnings: string[] = [];
    try {
      return yield* each(args, function* (name) {
        warnings.push(...((yield* cli.engine.containerUpdate(name, change)).Warnings ?? []));
        yield* cli.out(name + '\n');
      });
    } finally {
      if (warnings.length) yield* cli.out(warnings.join('\n') + '\n');
    }
  },
});
