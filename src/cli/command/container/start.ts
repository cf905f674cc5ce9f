// `docker container start`.

import { followSize, forwardSignals, pipe } from '../../attach.ts';
import type { Cli } from '../../cli.ts';
import { command, minArgs } from '../../command.ts';
import { CliError, errorText, unmodified } from '../../errors.ts';
import { bool, string } from '../../flags/values.ts';
import type { Task } from '../../../base/task.ts';

export const start = command({
  name: 'start', usage: '[OPTIONS] CONTAINER [CONTAINER...]', short: 'Start one or more stopped containers', fullNames: 'docker container start, docker start',
  args: minArgs(1), completes: 'stopped',
  flags: {
    attach: bool('a', 'Attach STDOUT/STDERR and forward signals'),
    interactive: bool('i', "Attach container's STDIN"),
    'detach-keys': string('', 'Override the key sequence for detaching a container'),
    checkpoint: string('', 'Restore from this checkpoint', '', { hidden: true, notSimulated: true }),
    'checkpoint-dir': string('', 'Use a custom checkpoint storage directory', '', { hidden: true, notSimulated: true }),
  },
  *run(cli, f, args) {
    if (f.attach || f.interactive) {
      if (args.length > 1) throw new CliError('you cannot start and attach multiple containers at once');
      return yield* attached(cli, args[0]!, f.interactive, f['detach-keys']);
    }
    const failed: string[] = [];
    for (const name of args) {
      try {
        yield* unmodified(cli.engine.containerStart(name));
        yield* cli.out(name + '\n');
      } catch (error) {
        yield* cli.err(errorText(error) + '\n');
        failed.push(name);
      }
    }
    if (failed.length) throw new CliError(`Error: failed to start containers: ${failed.join(', ')}`);
    return 0;
  },
});

function* attached(cli: Cli, name: string, interactive: boolean, detachKeys: string): Task<number> {
  const { engine } = cli;
  const { Id, Config, HostConfig } = yield* engine.containerInspect(name);
  const stop = Config.Tty ? () => {} : forwardSignals(cli, Id);
  let unfollow = () => {};
  try {
    const stdin = interactive && Config.OpenStdin;
    const stream = yield* engine.containerAttach(Id, { stream: true, stdin, stdout: true, stderr: true, ...(detachKeys && { detachKeys }) });
    const exit = yield* engine.containerWait(Id, HostConfig.AutoRemove ? 'removed' : 'next-exit');
    try {
      yield* unmodified(engine.containerStart(Id));
    } catch (error) {
      stream.close();
      throw error;
    }
    if (Config.Tty && cli.isTerminal(1)) unfollow = yield* followSize(cli, (size) => engine.containerResize(Id, size));
    if ((yield* pipe(cli, stream, { stdin, tty: Config.Tty, detachKeys })) === 'detached') return 0;
    return (yield* exit.wait()).StatusCode;
  } finally {
    unfollow();
    stop();
  }
}

