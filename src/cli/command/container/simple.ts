// Verbs that do one thing to each container named: kill, pause, unpause, stop, restart, wait.

import type { Task } from '../../../base/task.ts';
import type { Cli } from '../../cli.ts';
import { command, type Completion, each, minArgs } from '../../command.ts';
import { unmodified } from '../../errors.ts';
import { alias, int, string } from '../../flags/values.ts';

const verb = (name: string, short: string, completes: Completion) => ({
  name, short, completes, args: minArgs(1), fullNames: `docker container ${name}, docker ${name}`,
});

/** Act on each and print its name. */
const named = (cli: Cli, args: readonly string[], act: (name: string) => Task<void>): Task<number> =>
  each(args, function* (name) {
    yield* unmodified(act(name));
    yield* cli.out(name + '\n');
  });

export const kill = command({
  ...verb('kill', 'Kill one or more running containers', 'running'), usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  flags: { signal: string('s', 'Signal to send to the container') },
  *run(cli, f, args) {
    return yield* named(cli, args, (name) => cli.engine.containerKill(name, f.signal || undefined));
  },
});

export const pause = command({
  ...verb('pause', 'Pause all processes within one or more containers', 'running'), usage: 'CONTAINER [CONTAINER...]', flags: {},
  *run(cli, _, args) {
    return yield* named(cli, args, (name) => cli.engine.containerPause(name));
  },
});

export const unpause = command({
  ...verb('unpause', 'Unpause all processes within one or more containers', 'running'), usage: 'CONTAINER [CONTAINER...]', flags: {},
  *run(cli, _, args) {
    return yield* named(cli, args, (name) => cli.engine.containerUnpause(name));
  },
});

const stopFlags = {
  signal: string('s', 'Signal to send to the container'),
  timeout: int('t', 'Seconds to wait before killing the container'),
  time: alias('timeout', '', { deprecated: 'use --timeout instead' }),
};
const stopOptions = (f: { signal: string; timeout: number }, changed: ReadonlySet<string>) => ({
  ...(f.signal && { signal: f.signal }), ...(changed.has('timeout') && { timeout: f.timeout }),
});

export const stop = command({
  ...verb('stop', 'Stop one or more running containers', 'running'), usage: '[OPTIONS] CONTAINER [CONTAINER...]', flags: stopFlags,
  *run(cli, f, args, changed) {
    return yield* named(cli, args, (name) => cli.engine.containerStop(name, stopOptions(f, changed)));
  },
});

export const restart = command({
  ...verb('restart', 'Restart one or more containers', 'container'), usage: '[OPTIONS] CONTAINER [CONTAINER...]', flags: stopFlags,
  *run(cli, f, args, changed) {
    return yield* named(cli, args, (name) => cli.engine.containerRestart(name, stopOptions(f, changed)));
  },
});

export const wait = command({
  ...verb('wait', 'Block until one or more containers stop, then print their exit codes', 'container'), usage: 'CONTAINER [CONTAINER...]', flags: {},
  *run(cli, _, args) {
    return yield* each(args, function* (name) {
      const exit = yield* cli.engine.containerWait(name, 'not-running');
      yield* cli.out(`${(yield* exit.wait()).StatusCode}\n`);
    });
  },
});
