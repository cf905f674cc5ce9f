// `docker container stats`.

import type { ContainerStats } from '../../../api/container.ts';
import { ApiError } from '../../../api/errors.ts';
import { command, minArgs } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { bool, tableFormat } from '../../flags/values.ts';
import { render, shortId, type Headers } from '../../formatter/table.ts';
import { bytesSize } from '../../formatter/units.ts';
import { Struct } from '../../template/value.ts';

const TABLE = 'table {{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}';
const HEADERS: Headers = { Container: 'CONTAINER', ID: 'CONTAINER ID', Name: 'NAME', CPUPerc: 'CPU %', MemUsage: 'MEM USAGE / LIMIT', MemPerc: 'MEM %', NetIO: 'NET I/O', BlockIO: 'BLOCK I/O', PIDs: 'PIDS' };
const SPAN = 1000;
const FRAME = 500;

export const stats = command({
  name: 'stats', usage: '[OPTIONS] [CONTAINER...]', short: 'Display a live stream of container(s) resource usage statistics', fullNames: 'docker container stats, docker stats',
  args: minArgs(0), completes: 'running',
  flags: {
    all: bool('a', 'Show all containers (default shows just running)'),
    format: tableFormat(),
    'no-stream': bool('', 'Disable streaming stats and only pull the first result'),
    'no-trunc': bool('', 'Do not truncate output'),
  },
  *run(cli, flags, names) {
    const once = flags['no-stream'];
    const format = flags.format && flags.format !== 'table' ? flags.format : TABLE;
    let before = new Map<string, ContainerStats>();
    for (;;) {
      const ids = names.length ? names : (yield* cli.engine.containerList({ ...(flags.all && { all: true }) })).map(({ Id }) => Id);
      const samples: [string, ContainerStats][] = [];
      const errors: string[] = [];
      for (const id of ids) {
        try {
          samples.push([id, yield* cli.engine.containerStats(id)]);
        } catch (error) {
          if (!(error instanceof ApiError) || error.kind !== 'notFound') throw error;
          if (before.size === 0) errors.push(`Error response from daemon: ${error.message}`);
        }
      }
      if (errors.length) throw new CliError(errors.join('\n'));
      if (names.length && !samples.length) return;
      const first = before.size === 0;
      const rows = samples.map(([given, now]) => row(names.length ? given : shortId(now.id), now, before.get(now.id), flags['no-trunc']));
      before = new Map(samples.map(([, sample]) => [sample.id, sample]));
      if (!once) yield* cli.out('\u001b[H' + render(format, HEADERS, rows).split('\n').map((line) => `${line} \u001b[K\n`).join('') + '\u001b[J');
      else if (!first || !samples.length) return yield* cli.out(render(format, HEADERS, rows));
      yield* cli.sys.sleep(once ? SPAN : FRAME);
    }
  },
});

/** @param before the sample that the use of the processor is counted from */
function row(given: string, now: ContainerStats, before: ContainerStats | undefined, whole: boolean): Struct {
  const cpu = before && now.read > before.read ? Math.max(0, (now.cpu - before.cpu) / (now.read - before.read)) * 100 : 0;
  const percent = (value: number): string => `${value.toFixed(2)}%`;
  return new Struct('*container.statsContext', {
    BlockIO: '0B / 0B', CPUPerc: percent(cpu), Container: given, ID: whole ? now.id : shortId(now.id), MemPerc: percent(now.limit ? (now.memory / now.limit) * 100 : 0),
    MemUsage: `${bytesSize(now.memory)} / ${bytesSize(now.limit)}`, Name: now.name.slice(1), NetIO: '0B / 0B', PIDs: String(now.pids),
  });
}
