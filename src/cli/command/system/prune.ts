// `docker system prune`.

import { command, noArgs } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { bool, filter } from '../../flags/values.ts';
import { naturalCompare } from '../../formatter/table.ts';
import { humanSize } from '../../formatter/units.ts';
import { pruneContainers, pruneImages, pruneNetworks, type PruneReport, pruneVolumes } from '../../prune.ts';

export const prune = command({
  name: 'prune', usage: '[OPTIONS]', short: 'Remove unused data', args: noArgs,
  flags: {
    all: bool('a', 'Remove all unused images not just dangling ones'),
    filter: filter('', 'Provide filter values (e.g. "label=<key>=<value>")'),
    force: bool('f', 'Do not prompt for confirmation'),
    volumes: bool('', 'Prune anonymous volumes'),
  },
  *run(cli, f) {
    if (f.volumes && f.filter['until']) throw new CliError('ERROR: The "until" filter is not supported with "--volumes"');
    const what = [
      'all stopped containers', 'all networks not used by at least one container',
      ...(f.volumes ? ['all anonymous volumes not used by at least one container'] : []),
      f.all ? 'all images without at least one container associated to them' : 'all dangling images',
      f.all ? 'all build cache' : 'unused build cache',
    ];
    const filters = ['label', 'label!', 'until'].flatMap((name) => (f.filter[name] ?? []).map((value) => `${name}=${value}`)).toSorted(naturalCompare);
    const items = (lines: readonly string[]) => lines.map((each) => `  - ${each}\n`).join('');
    const note = filters.length ? `\n  Items to be pruned will be filtered with:\n${items(filters)}` : '';
    if (!f.force && !(yield* cli.confirm(`WARNING! This will remove:\n${items(what)}${note}\nAre you sure you want to continue?`))) return;
    let reclaimed = 0;
    const tell = function* (report: PruneReport) {
      reclaimed += report.reclaimed;
      if (report.text) yield* cli.out(report.text + '\n');
    };
    yield* tell(yield* pruneContainers(cli, f.filter));
    yield* tell(yield* pruneNetworks(cli, f.filter));
    if (f.volumes) yield* tell(yield* pruneVolumes(cli, f.filter));
    yield* tell(yield* pruneImages(cli, f.filter, f.all));
    const cache = yield* cli.engine.buildCachePrune({ all: f.all, filters: f.filter });
    if (cache.CachesDeleted?.length) yield* cli.out(`Deleted build cache objects:\n${cache.CachesDeleted.join('\n')}\n\n`);
    yield* cli.out(`Total reclaimed space: ${humanSize(reclaimed + cache.SpaceReclaimed)}\n`);
  },
});
