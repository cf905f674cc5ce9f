// `docker system df`.

import { command, noArgs } from '../../command.ts';
import { bool, tableFormat } from '../../flags/values.ts';
import { USAGE_HEADERS, USAGE_RAW, USAGE_TABLE, usageRows, verboseTables, verboseUsage, VERBOSE_RAW } from '../../formatter/disk-usage.ts';
import { compileFormat, printRows, refusing } from '../../formatter/table.ts';
import { execute } from '../../template/execute.ts';
import { plain, Struct } from '../../template/value.ts';

export const df = command({
  name: 'df', usage: '[OPTIONS]', short: 'Show docker disk usage', args: noArgs,
  flags: { format: tableFormat(), verbose: bool('v', 'Show detailed information on space usage') },
  *run(cli, f) {
    const usage = yield* cli.engine.diskUsage();
    const table = !f.format || f.format === 'table';
    if (!f.verbose) return yield* printRows(cli, table ? USAGE_TABLE : f.format === 'raw' ? USAGE_RAW : f.format, USAGE_HEADERS, usageRows(usage));
    const now = cli.sys.now();
    if (table) return yield* cli.out(verboseTables(usage, now));
    // Escapes are replaced before the template is read, so that "\n" inside of it breaks a string.
    const source = (f.format === 'json' ? '{{json .}}' : f.format === 'raw' ? VERBOSE_RAW : f.format.replace(/^table/, '')).trim().replaceAll('\\t', '\t').replaceAll('\\n', '\n');
    const template = compileFormat(source);
    const all = verboseUsage(usage, now, f.format.startsWith('table'));
    const json = Object.fromEntries(Object.entries(all).map(([list, rows]) => [list, plain(rows)]));
    return yield* cli.out(refusing('', () => execute(template, new Struct('*formatter.diskUsageContext', all, json))));
  },
});
