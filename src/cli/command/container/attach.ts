// `docker container attach`.

import { checkTty, followSize, forwardSignals, pipe } from '../../attach.ts';
import { command, exactArgs } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/values.ts';

export const attach = command({
  name: 'attach', usage: '[OPTIONS] CONTAINER', short: 'Attach local standard input, output, and error streams to a running container',
  fullNames: 'docker container attach, docker attach', args: exactArgs(1), completes: 'running', completesFirst: 1,
  flags: {
    'no-stdin': bool('', 'Do not attach STDIN'),
    'sig-proxy': bool('', 'Proxy all received signals to the process', true),
    'detach-keys': string('', 'Override the key sequence for detaching a container'),
  },
  *run(cli, f, [name]) {
    const { engine } = cli;
    const { Id, State, Config } = yield* engine.containerInspect(name!);
    if (!State.Running) throw new CliError('You cannot attach to a stopped container, start it first');
    if (State.Paused) throw new CliError('You cannot attach to a paused container, unpause it first');
    if (State.Restarting) throw new CliError('You cannot attach to a restarting container, wait until it is running');
    const stdin = !f['no-stdin'] && Config.OpenStdin;
    const detachKeys = f['detach-keys'];
    checkTty(cli, !f['no-stdin'], Config.Tty);
    const stop = f['sig-proxy'] && !Config.Tty ? forwardSignals(cli, Id) : () => {};
    let unfollow = () => {};
    try {
      const exit = yield* engine.containerWait(Id, 'not-running');
      const stream = yield* engine.containerAttach(Id, { stream: true, stdin, stdout: true, stderr: true, ...(detachKeys && { detachKeys }) });
      if (Config.Tty && cli.isTerminal(1)) unfollow = yield* followSize(cli, (size) => engine.containerResize(Id, size));
      if ((yield* pipe(cli, stream, { stdin, tty: Config.Tty, detachKeys })) === 'detached') throw new CliError('read escape sequence');
      return (yield* exit.wait()).StatusCode;
    } finally {
      unfollow();
      stop();
    }
  },
});
