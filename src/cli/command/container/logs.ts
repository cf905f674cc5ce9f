// `docker container logs`.

import { command, exactArgs } from '../../command.ts';
import { bool, string } from '../../flags/values.ts';
import { timestamp } from '../../opts/timestamp.ts';

export const logs = command({
  name: 'logs', usage: '[OPTIONS] CONTAINER', short: 'Fetch the logs of a container', fullNames: 'docker container logs, docker logs', args: exactArgs(1), completes: 'container', completesFirst: 1,
  flags: {
    details: bool('', 'Show extra details provided to logs'),
    follow: bool('f', 'Follow log output'),
    since: string('', 'Show logs since timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)'),
    until: string('', 'Show logs before a timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)'),
    tail: string('n', 'Number of lines to show from the end of the logs', 'all'),
    timestamps: bool('t', 'Show timestamps'),
  },
  *run(cli, f, [name]) {
    const { Id } = yield* cli.engine.containerInspect(name!);
    const now = cli.sys.now();
    const stream = yield* cli.engine.containerLogs(Id, {
      stdout: true, stderr: true, follow: f.follow, timestamps: f.timestamps, details: f.details, tail: f.tail,
      ...(f.since && { since: timestamp(f.since, now, 'invalid value for "since": ') }), ...(f.until && { until: timestamp(f.until, now, 'invalid value for "until": ') }),
    });
    try {
      for (let chunk = yield* stream.next(); chunk; chunk = yield* stream.next()) yield* chunk.stream === 'stderr' ? cli.err(chunk.data) : cli.out(chunk.data);
    } finally {
      stream.close();
    }
  },
});
