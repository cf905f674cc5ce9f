// `docker volume ls`.

import { command, noArgs } from '../../command.ts';
import { bool, filter, tableFormat } from '../../flags/values.ts';
import { naturalCompare, printRows } from '../../formatter/table.ts';
import { VOLUME_HEADERS, VOLUME_RAW, VOLUME_TABLE, volumeRow } from '../../formatter/volume.ts';

export const ls = command({
  name: 'ls', usage: '[OPTIONS]', short: 'List volumes', aliases: ['list'], args: noArgs,
  flags: {
    quiet: bool('q', 'Only display volume names'),
    format: tableFormat(),
    filter: filter('f', 'Provide filter values (e.g. "dangling=true")'),
    cluster: bool('', 'Display only cluster volumes, and use cluster volume list formatting', false, { hidden: true }),
  },
  *run(cli, flags) {
    const { Volumes } = yield* cli.engine.volumeList(flags.filter);
    // There are no cluster volumes without a swarm.
    const volumes = flags.cluster ? [] : (Volumes ?? []).toSorted((a, b) => naturalCompare(a.Name, b.Name));
    const format = !flags.cluster ? flags.format : flags.quiet ? 'table' : 'table {{.Name}}\t{{.Group}}\t{{.Driver}}\t{{.Availability}}\t{{.Status}}';
    const table = format === 'table' || !format;
    const raw = flags.quiet ? 'name: {{.Name}}' : VOLUME_RAW;
    const shown = format === 'raw' ? raw : table ? (flags.quiet ? '{{.Name}}' : VOLUME_TABLE) : format;
    yield* printRows(cli, shown, VOLUME_HEADERS, volumes.map(volumeRow));
  },
});
