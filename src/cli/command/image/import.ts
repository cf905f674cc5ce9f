// `docker image import`.

import { command, minArgs } from '../../command.ts';
import { list, string } from '../../flags/values.ts';
import { notSimulated } from '../../errors.ts';
import { parseReference } from '../../opts/reference.ts';
import { showMessages } from '../../progress.ts';

export const importCommand = command({
  name: 'import', usage: '[OPTIONS] file|URL|- [REPOSITORY[:TAG]]', short: 'Import the contents from a tarball to create a filesystem image',
  fullNames: 'docker image import, docker import', args: minArgs(1), completes: 'file',
  flags: {
    change: list('c', 'Apply Dockerfile instruction to the created image'),
    message: string('m', 'Set commit message for imported image'),
    platform: string('', 'Set platform if server is multi-platform capable', '', { notSimulated: true }),
  },
  *run(cli, f, [source, reference]) {
    if (/^https?:\/\//.test(source!)) throw notSimulated('importing from a URL');
    const fd = source === '-' ? 0 : cli.open(source!);
    try {
      if (reference) parseReference(reference);
      const messages = yield* cli.engine.imageImport(cli.stream(fd), {
        ...(reference && { reference }), ...(f.message && { message: f.message }), changes: f.change,
      });
      yield* showMessages(cli, messages, 1);
    } finally {
      if (fd) cli.sys.close(fd);
    }
  },
});
