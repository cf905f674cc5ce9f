// `docker container create`.

import type { ContainerCreateRequest } from '../../../api/container.ts';
import type { Task } from '../../../base/task.ts';
import type { Cli } from '../../cli.ts';
import { command, minArgs } from '../../command.ts';
import { checkPull, createContainer } from '../../create-container.ts';
import { CliError, errorText } from '../../errors.ts';
import { string } from '../../flags/values.ts';
import { type ContainerFlags, containerRequest } from '../../opts/container-config.ts';
import { containerFlags } from '../../opts/container-flags.ts';

const flags = {
  ...containerFlags,
  pull: string('', 'Pull image before creating ("always", "|missing", "never")', 'missing', { choices: ['always', 'missing', 'never'] }),
};

export const create = command({
  name: 'create', usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]', short: 'Create a new container', fullNames: 'docker container create, docker create',
  args: minArgs(1), stopAtArgument: true, completes: 'image', completesFirst: 1, flags,
  *run(cli, f, args, changed) {
    const request = yield* local(cli, f, args, changed);
    yield* cli.out(`${yield* createContainer(cli, request, f)}\n`);
  },
});

/** What the client itself refuses comes with a hint and status 125; the daemon's refusals do not. */
function* local(cli: Cli, f: ContainerFlags & { pull: string }, args: readonly string[], changed: ReadonlySet<string>): Task<ContainerCreateRequest> {
  try {
    checkPull(f.pull);
    return yield* containerRequest(cli, f, changed, args);
  } catch (error) {
    throw new CliError(`docker: ${errorText(error)}\n\nRun 'docker create --help' for more information`, 125);
  }
}
