// `docker buildx du`.

import type { BuildCacheRecord } from '../../../api/system.ts';
import { command, noArgs } from '../../command.ts';
import { bool, filter, string } from '../../flags/values.ts';
import { render } from '../../formatter/table.ts';
import { tabwriter } from '../../formatter/tabwriter.ts';
import { humanDuration, humanSize } from '../../formatter/units.ts';
import { dateTime, parseTime } from '../../go.ts';
import { Struct } from '../../template/value.ts';

const debug = bool('D', 'Enable debug logging');
const builder = string('', 'Override the configured builder instance', '', { notSimulated: true });

const mutable = ({ Type, Description }: BuildCacheRecord): boolean => Type !== 'regular' || Description.startsWith('[internal]');
const total = (records: readonly BuildCacheRecord[]): string => humanSize(records.reduce((sum, { Size }) => sum + Size, 0));

/** Whether a record has what `--filter` names. */
function matches(record: BuildCacheRecord, key: string, value: string): boolean {
  switch (key) {
    case 'id': return record.ID.startsWith(value);
    case 'type': return record.Type === value;
    case 'description': return record.Description.includes(value);
    case 'shared': case 'private': return record.Shared === (key === 'shared');
    case 'inuse': return record.InUse;
    case 'mutable': case 'immutable': return mutable(record) === (key === 'mutable');
    default: return false;
  }
}

export const du = command({
  name: 'du', usage: '', short: 'Disk usage', args: noArgs, plugin: true, path: 'docker buildx du',
  flags: { builder, debug, filter: filter('', 'Provide filter values'), format: string('', 'Format the output'), verbose: bool('', 'Shorthand for "--format=pretty"') },
  *run(cli, f) {
    const now = cli.sys.now();
    const ago = (time: string | null) => (time ? `${humanDuration(now - parseTime(time))} ago` : '');
    const usage = yield* cli.engine.diskUsage();
    const filters = Object.entries(f.filter);
    const records = usage.BuildCache.filter((each) => filters.every(([key, values]) => values.some((value) => matches(each, key, value)))).toSorted((a, b) => a.Size - b.Size || (a.ID < b.ID ? -1 : 1));
    const created = ({ CreatedAt }: BuildCacheRecord) => `${dateTime(parseTime(CreatedAt), ' ')}${/\.\d+/.exec(CreatedAt)?.[0].replace(/0+$/, '') ?? ''} +0000 UTC`;
    if (f.verbose || f.format === 'pretty') {
      for (const each of records) {
        const { ID, Parents = [], InUse, Shared, Size, Description, UsageCount, LastUsedAt, Type } = each;
        yield* cli.out(tabwriter(`ID:\t${ID}\n${Parents?.length ? `Parents:\n${Parents.map((parent) => ` - ${parent}\n`).join('')}` : ''}`
          + `Created at:\t${created(each)}\nMutable:\t${mutable(each)}\nReclaimable:\t${!InUse}\nShared:\t${Shared}\nSize:\t${humanSize(Size)}\n`
          + `${Description ? `Description:\t${Description}\n` : ''}Usage count:\t${UsageCount}\n${LastUsedAt ? `Last used:\t${ago(LastUsedAt)}\n` : ''}Type:\t${Type}\n`, 14, 0) + '\n');
      }
    } else {
      const table = !f.format || f.format === 'table';
      const rows = records.map((each) => new Struct('*commands.diskusageContext', {
        ID: each.ID + (table && mutable(each) ? '*' : ''), Parents: each.Parents ?? null, CreatedAt: created(each), Mutable: mutable(each), Reclaimable: !each.InUse, Shared: each.Shared,
        Size: humanSize(each.Size) + (table && each.Shared ? '*' : ''), Description: each.Description, UsageCount: each.UsageCount, LastUsedAt: ago(each.LastUsedAt), Type: each.Type,
      }));
      yield* cli.out(render(table ? 'table {{.ID}}\t{{.Reclaimable}}\t{{.Size}}\t{{.LastUsedAt}}' : f.format, { ID: 'ID', Reclaimable: 'RECLAIMABLE', Size: 'SIZE', LastUsedAt: 'LAST ACCESSED' }, rows));
      if (f.format && !table) return;
    }
    if (filters.length) return;
    const shared = records.filter((each) => each.Shared);
    yield* cli.out(`${shared.some(({ Size }) => Size) ? `Shared:\t\t${total(shared)}\nPrivate:\t${total(records.filter((each) => !each.Shared))}\n` : ''}Reclaimable:\t${total(records.filter((each) => !each.InUse))}\nTotal:\t\t${total(records)}\n`);
  },
});
