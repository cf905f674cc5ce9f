// `docker image history`.

import { command, exactArgs } from '../../command.ts';
import { bool, string, tableFormat } from '../../flags/values.ts';
import { HISTORY_HEADERS, historyRow, historyTable } from '../../formatter/image.ts';
import { printRows } from '../../formatter/table.ts';

export const history = command({
  name: 'history', usage: '[OPTIONS] IMAGE', short: 'Show the history of an image', fullNames: 'docker image history, docker history', args: exactArgs(1),
  completes: 'image', completesFirst: 1,
  flags: {
    format: tableFormat(),
    human: bool('H', 'Print sizes and dates in human readable format', true),
    'no-trunc': bool('', "Don't truncate output"),
    platform: string('', 'Show history for the given platform. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")', '', { notSimulated: true }),
    quiet: bool('q', 'Only show image IDs'),
  },
  *run(cli, f, [name]) {
    const items = yield* cli.engine.imageHistory(name!);
    const now = cli.sys.now();
    const format = f.format && f.format !== 'table' ? f.format : f.quiet ? '{{.ID}}' : historyTable(f.human);
    yield* printRows(cli, format, HISTORY_HEADERS, items.map((item) => historyRow(item, now, !f['no-trunc'], f.human)));
  },
});
