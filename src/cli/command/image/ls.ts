// `docker image ls`, `docker images`.

import { command, maxArgs } from '../../command.ts';
import { bool, filter, tableFormat } from '../../flags/values.ts';
import { IMAGE_HEADERS, imageNames, imageRow, imageTable } from '../../formatter/image.ts';
import { printRows } from '../../formatter/table.ts';

export const ls = command({
  name: 'ls', usage: '[OPTIONS] [REPOSITORY[:TAG]]', short: 'List images', fullNames: 'docker image ls, docker image list, docker images', aliases: ['list'],
  args: maxArgs(1), completes: 'image', completesFirst: 1, top: 8,
  flags: {
    all: bool('a', 'Show all images (default hides intermediate images)'),
    digests: bool('', 'Show digests'),
    filter: filter('f', 'Filter output based on conditions provided'),
    format: tableFormat(),
    'no-trunc': bool('', "Don't truncate output"),
    quiet: bool('q', 'Only show image IDs'),
    tree: bool('', 'List multi-platform images as a tree (EXPERIMENTAL)', false, { notSimulated: true }),
  },
  *run(cli, f, [pattern]) {
    const filters = pattern ? { ...f.filter, reference: [...(f.filter['reference'] ?? []), pattern] } : f.filter;
    const images = yield* cli.engine.imageList({ ...(f.all && { all: true }), ...(Object.keys(filters).length && { filters }) });
    const now = cli.sys.now();
    const table = f.format === '' || f.format === 'table';
    const format = table ? (f.quiet ? '{{.ID}}' : imageTable(f.digests)) : f.format + (f.format.startsWith('table') && f.digests && !f.format.includes('{{.Digest}}') ? '\t{{.Digest}}' : '');
    const digests = f.digests || format.includes('{{.Digest}}');
    yield* printRows(cli, format, IMAGE_HEADERS, images.flatMap((image) => imageNames(image, digests).map((name) => imageRow(image, name, now, !f['no-trunc']))));
  },
});
