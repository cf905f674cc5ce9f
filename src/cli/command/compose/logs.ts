// `docker compose logs`.

import type { Task } from '../../../base/task.ts';
import { bool, int, string } from '../../flags/values.ts';
import { timestamp } from '../../opts/timestamp.ts';
import { shortName } from '../../compose/labels.ts';
import { LogView } from '../../compose/log-view.ts';
import { parallel } from '../../compose/parallel.ts';
import { CliError } from '../../errors.ts';
import { actualProject } from './lifecycle.ts';
import { oneContainer } from './ps.ts';
import { verb } from './verb.ts';

export const logs = verb({
  name: 'logs', usage: '[OPTIONS] [SERVICE...]', short: 'View output from containers',
  flags: {
    follow: bool('f', 'Follow log output'),
    index: int('', 'index of the container if service has multiple replicas'),
    'no-color': bool('', 'Produce monochrome output'),
    'no-log-prefix': bool('', "Don't print prefix in logs"),
    since: string('', 'Show logs since timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for 42 minutes)'),
    tail: string('n', 'Number of lines to show from the end of the logs for each container', 'all'),
    timestamps: bool('t', 'Show timestamps'),
    until: string('', 'Show logs before a timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for 42 minutes)'),
  },
  *run(session, f, args) {
    const { cli } = session;
    if (f.index && args.length !== 1) throw new CliError('--index requires one service to be selected');
    const { containers } = yield* actualProject(session, args, { oneOff: 'include' });
    const chosen = f.index ? [yield* oneContainer(session, args[0]!, f.index, true)] : containers;
    const view = new LogView(cli, { prefixed: !f['no-log-prefix'], colored: session.colored && !f['no-color'] });
    const now = cli.sys.now();
    const works = chosen.map((each) => function* (): Task<void> {
      const stream = yield* cli.engine.containerLogs(each.Id, {
        stdout: true, stderr: true, follow: f.follow, timestamps: f.timestamps, tail: f.tail, ...(f.since && { since: timestamp(f.since, now) }), ...(f.until && { until: timestamp(f.until, now) }),
      });
      yield* view.show(shortName(each), stream);
      if (!f.follow) return;
      const { State } = yield* cli.engine.containerInspect(each.Id);
      yield* view.tell(shortName(each), `exited with code ${State.ExitCode}`);
    });
    if (f.follow) yield* parallel(cli, works);
    else for (const work of works) yield* work();
  },
});
