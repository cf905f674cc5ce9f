// `docker container exec`.

import { checkTty, followSize, pipe } from '../../attach.ts';
import { command, minArgs } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { bool, environment, list, string } from '../../flags/values.ts';
import { readKeyValues } from '../../opts/env-file.ts';

export const exec = command({
  name: 'exec', usage: '[OPTIONS] CONTAINER COMMAND [ARG...]', short: 'Execute a command in a running container', fullNames: 'docker container exec, docker exec',
  args: minArgs(2), stopAtArgument: true, completes: 'running', completesFirst: 1, top: 2,
  flags: {
    detach: bool('d', 'Detached mode: run command in the background'),
    'detach-keys': string('', 'Override the key sequence for detaching a container'),
    env: list('e', 'Set environment variables', environment, { completes: 'env' }),
    'env-file': list('', 'Read in a file of environment variables', undefined, { completes: 'file' }),
    interactive: bool('i', 'Keep STDIN open even if not attached'),
    privileged: bool('', 'Give extended privileges to the command'),
    tty: bool('t', 'Allocate a pseudo-TTY'),
    user: string('u', 'Username or UID (format: "<name|uid>[:<group|gid>]")'),
    workdir: string('w', 'Working directory inside the container'),
  },
  *run(cli, f, [name, ...Cmd]) {
    const { engine } = cli;
    const Env = yield* readKeyValues(cli, f['env-file'], f.env, cli.sys.env);
    yield* engine.containerInspect(name!);
    const attached = !f.detach;
    const stdin = attached && f.interactive;
    if (attached) checkTty(cli, stdin, f.tty);
    const size = f.tty && cli.isTerminal(1) ? cli.sys.windowSize(1) : undefined;
    const consoleSize = size && { ConsoleSize: [size.rows, size.columns] as [number, number] };
    const detachKeys = f['detach-keys'];
    const { Id } = yield* engine.execCreate(name!, {
      User: f.user, Privileged: f.privileged, Tty: f.tty, ...consoleSize, AttachStdin: stdin, AttachStdout: attached, AttachStderr: attached,
      ...(detachKeys && { DetachKeys: detachKeys }), Env, WorkingDir: f.workdir, Cmd,
    });
    const stream = yield* engine.execStart(Id, { detach: f.detach, tty: f.tty, ...(size && { consoleSize: [size.rows, size.columns] }) });
    if (!stream) return 0;
    const unfollow = size ? yield* followSize(cli, (each) => engine.execResize(Id, each)) : () => {};
    try {
      if ((yield* pipe(cli, stream, { stdin, tty: f.tty, detachKeys })) === 'detached') throw new CliError('read escape sequence');
    } finally {
      unfollow();
    }
    return (yield* engine.execInspect(Id)).ExitCode ?? 0;
  },
});
