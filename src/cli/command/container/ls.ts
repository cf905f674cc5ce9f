// `docker container ls`, `docker ps`.

import { command, noArgs } from '../../command.ts';
import { bool, filter, int, tableFormat } from '../../flags/values.ts';
import { CONTAINER_HEADERS, CONTAINER_RAW, CONTAINER_TABLE, containerRow } from '../../formatter/container.ts';
import { printRows, refusing } from '../../formatter/table.ts';
import { compile, execute } from '../../template/execute.ts';

const NOTHING = {
  Id: '', Names: [], Image: '', ImageID: '', Command: '', Created: 0, Ports: [], Labels: {}, State: 'created' as const, Status: '',
  HostConfig: { NetworkMode: '' }, NetworkSettings: { Networks: {} }, Mounts: [],
};

export const ls = command({
  name: 'ls', usage: '[OPTIONS]', short: 'List containers', fullNames: 'docker container ls, docker container list, docker container ps, docker ps',
  aliases: ['ps', 'list'], args: noArgs, top: 3,
  flags: {
    all: bool('a', 'Show all containers (default shows just running)'),
    filter: filter('f', 'Filter output based on conditions provided'),
    format: tableFormat(),
    last: int('n', 'Show n last created containers (includes all states)', -1),
    latest: bool('l', 'Show the latest created container (includes all states)'),
    'no-trunc': bool('', "Don't truncate output"),
    quiet: bool('q', 'Only display container IDs'),
    size: bool('s', 'Display total file sizes'),
  },
  *run(cli, f, _args, changed) {
    let size = f.size;
    if (f.format && f.format !== 'table' && f.format !== 'raw' && f.format !== 'json' && !f.quiet) {
      // Whether the template asks for Size is found out by a first run on nothing.
      const template = refusing('failed to parse template', () => compile(f.format.replaceAll('\\t', '\t')));
      refusing('failed to execute template', () => execute(template, containerRow(NOTHING, 0, true, () => {
        size ||= !changed.has('size');
      })));
    }
    if (f.quiet && f.format) yield* cli.err('WARNING: Ignoring custom format, because both --format and --quiet are set.\n');
    const limit = f.latest && f.last === -1 ? 1 : f.last;
    const containers = yield* cli.engine.containerList({
      ...(f.all && { all: true }), ...(limit > 0 && { limit }), ...(size && { size: true }), ...(Object.keys(f.filter).length && { filters: f.filter }),
    });
    const now = cli.sys.now();
    const format = f.quiet ? '{{.ID}}' : f.format === 'raw' ? CONTAINER_RAW + (f.size ? 'size: {{.Size}}\n' : '')
      : f.format === '' || f.format === 'table' ? CONTAINER_TABLE + (f.size ? '\t{{.Size}}' : '') : f.format;
    yield* printRows(cli, format, CONTAINER_HEADERS, containers.map((each) => containerRow(each, now, !f['no-trunc'])));
  },
});
