// `docker network ls`.

import { command, noArgs } from '../../command.ts';
import { bool, filter, tableFormat } from '../../flags/values.ts';
import { NETWORK_HEADERS, NETWORK_TABLE, networkRow } from '../../formatter/network.ts';
import { naturalCompare, printRows } from '../../formatter/table.ts';

export const ls = command({
  name: 'ls', usage: '[OPTIONS]', short: 'List networks', aliases: ['list'], args: noArgs,
  flags: {
    filter: filter('f', 'Provide filter values (e.g. "driver=bridge")'),
    format: tableFormat(),
    'no-trunc': bool('', 'Do not truncate the output'),
    quiet: bool('q', 'Only display network IDs'),
  },
  *run(cli, f) {
    const networks = (yield* cli.engine.networkList(f.filter)).toSorted((a, b) => naturalCompare(a.Name, b.Name));
    const format = f.format && f.format !== 'table' ? f.format : f.quiet ? '{{.ID}}' : NETWORK_TABLE;
    yield* printRows(cli, format, NETWORK_HEADERS, networks.map((network) => networkRow(network, !f['no-trunc'])));
  },
});
