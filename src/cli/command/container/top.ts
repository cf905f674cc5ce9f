// `docker container top`.

import { command, minArgs } from '../../command.ts';
import { tabwriter } from '../../formatter/tabwriter.ts';

export const top = command({
  name: 'top', usage: 'CONTAINER [ps OPTIONS]', short: 'Display the running processes of a container', fullNames: 'docker container top, docker top',
  args: minArgs(1), stopAtArgument: true, completes: 'running', completesFirst: 1, flags: {},
  *run(cli, _, [name, ...options]) {
    const { Titles, Processes } = yield* cli.engine.containerTop(name!, options);
    yield* cli.out(tabwriter([Titles, ...Processes].map((row) => row.join('\t') + '\n').join(''), 20));
  },
});
