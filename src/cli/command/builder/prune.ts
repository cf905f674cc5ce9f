// `docker builder prune`.

import { command, noArgs } from '../../command.ts';
import { unsimulated } from '../../flags/flag.ts';
import { bool, bytes, filter, string } from '../../flags/values.ts';
import { humanDuration, humanSize } from '../../formatter/units.ts';
import { parseTime } from '../../go.ts';

export const prune = command({
  name: 'prune', usage: '', short: 'Remove build cache', args: noArgs, plugin: true, path: 'docker buildx prune',
  flags: {
    all: bool('a', 'Include internal/frontend images'),
    debug: bool('D', 'Enable debug logging'),
    filter: filter('', 'Provide filter values'),
    force: bool('f', 'Do not prompt for confirmation'),
    verbose: bool('', 'Provide a more verbose output'),
    ...unsimulated({
      builder: string('', 'Override the configured builder instance', 'default'),
      'max-used-space': bytes('', 'Maximum amount of disk space allowed to keep for cache'),
      'min-free-space': bytes('', 'Target amount of free disk space after pruning'),
      'reserved-space': bytes('', 'Amount of disk space always allowed to keep for cache'),
    }),
  },
  *run(cli, f) {
    const what = f.all ? 'WARNING! This will remove all build cache.' : 'WARNING! This will remove all dangling build cache.';
    if (!f.force && !(yield* cli.confirm(`${what} Are you sure you want to continue?`))) return;
    const { SpaceReclaimed, Records } = yield* cli.engine.buildCachePrune({ all: f.all, filters: f.filter });
    // Each row is printed as it comes: only the first is aligned with the head.
    for (const [at, { ID, Type, Size, LastUsedAt }] of (Records ?? []).entries()) {
      const id = `${ID}${Type === 'regular' ? '' : '*'}`.padEnd(40), ago = LastUsedAt ? `${humanDuration(cli.sys.now() - parseTime(LastUsedAt))} ago` : '';
      yield* cli.out(`${at ? '' : 'ID\t\t\t\t\t\tRECLAIMABLE\tSIZE\t\tLAST ACCESSED\n'}${id}\ttrue ${at ? '' : '\t'}\t${humanSize(Size).padEnd(10)}\t${ago}\n`);
    }
    yield* cli.out(`Total:\t${humanSize(SpaceReclaimed)}\n`);
  },
});

export const buildxPrune = { ...prune, flags: { ...prune.flags, builder: string('', prune.flags['builder']!.usage, '', { notSimulated: true }) } };
