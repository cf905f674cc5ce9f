// `docker container run`.

import type { Task } from '../../../base/task.ts';
import { checkTty, followSize, forwardSignals, pipe } from '../../attach.ts';
import type { Cli } from '../../cli.ts';
import { command, minArgs } from '../../command.ts';
import { checkPull, createContainer } from '../../create-container.ts';
import { CliError, errorText } from '../../errors.ts';
import { bool, string } from '../../flags/values.ts';
import { containerRequest } from '../../opts/container-config.ts';
import { containerFlags } from '../../opts/container-flags.ts';

const flags = {
  ...containerFlags,
  detach: bool('d', 'Run container in background and print container ID'),
  'detach-keys': string('', 'Override the key sequence for detaching a container'),
  pull: string('', 'Pull image before running ("always", "missing", "never")', 'missing', { choices: ['always', 'missing', 'never'] }),
  'sig-proxy': bool('', 'Proxy received signals to the process', true),
};

/** As runStartContainerErr: 127 not found, 126 not executable, else 125. */
function startStatus(text: string): number {
  if (/executable file not found|no such file or directory|system cannot find the file specified/.test(text)) return 127;
  return /permission denied|is a directory/.test(text) ? 126 : 125;
}

function* reported<T>(task: Task<T>, status: (text: string) => number): Task<T> {
  try {
    return yield* task;
  } catch (error) {
    const text = errorText(error);
    throw new CliError(`docker: ${text}\n\nRun 'docker run --help' for more information`, status(text.replace('Error response from daemon: ', '')));
  }
}

export const run = command({
  name: 'run', usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]', short: 'Create and run a new container from an image', fullNames: 'docker container run, docker run',
  args: minArgs(1), stopAtArgument: true, completes: 'image', completesFirst: 1, top: 1, flags,
  *run(cli, f, args, changed) {
    const request = yield* reported((function* () {
      checkPull(f.pull);
      return yield* containerRequest(cli, f, changed, args);
    })(), () => 125);
    const config = request.Config;
    if (f.detach) {
      if (f.attach.length) throw new CliError('conflicting options: cannot specify both --attach and --detach');
      Object.assign(config, { AttachStdin: false, AttachStdout: false, AttachStderr: false, StdinOnce: false });
    } else checkTty(cli, config.AttachStdin!, f.tty);
    const id = yield* reported(createContainer(cli, request, f), startStatus);
    const stopForwarding = f['sig-proxy'] && !f.detach ? forwardSignals(cli, id) : () => {};
    try {
      return yield* start(cli, id, f, { stdin: config.AttachStdin!, stdout: config.AttachStdout!, stderr: config.AttachStderr! });
    } finally {
      stopForwarding();
    }
  },
});

interface Streams {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
}

function* start(cli: Cli, id: string, f: { tty: boolean; rm: boolean; 'detach-keys': string }, streams: Streams): Task<number> {
  const { engine } = cli;
  const attached = streams.stdin || streams.stdout || streams.stderr;
  const foreground = streams.stdout || streams.stderr;
  if (!foreground) yield* cli.out(id + '\n');
  const keys = f['detach-keys'];
  const stream = attached ? yield* engine.containerAttach(id, { stream: true, ...streams, ...(keys && { detachKeys: keys }) }) : undefined;
  const exit = yield* engine.containerWait(id, f.rm ? 'removed' : 'next-exit');
  try {
    yield* reported(engine.containerStart(id), startStatus);
  } catch (error) {
    stream?.close();
    if (f.rm) yield* exit.wait();
    throw error;
  }
  if (!stream) return 0;
  const unfollow = f.tty && cli.isTerminal(1) ? yield* followSize(cli, (size) => engine.containerResize(id, size)) : () => {};
  try {
    if ((yield* pipe(cli, stream, { stdin: streams.stdin, tty: f.tty, detachKeys: keys })) === 'detached') return 0;
  } finally {
    unfollow();
  }
  return foreground ? (yield* exit.wait()).StatusCode : 0;
}
