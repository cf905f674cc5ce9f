// `docker image load`.

import { command, noArgs } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/values.ts';
import { showMessages } from '../../progress.ts';

export const load = command({
  name: 'load', usage: '[OPTIONS]', short: 'Load an image from a tar archive or STDIN', fullNames: 'docker image load, docker load', args: noArgs,
  flags: {
    input: string('i', 'Read from tar archive file, instead of STDIN', '', { completes: 'file' }),
    platform: string('', 'Load only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")', '', { notSimulated: true }),
    quiet: bool('q', 'Suppress the load output'),
  },
  *run(cli, f) {
    if (!f.input && cli.isTerminal(0)) throw new CliError('requested load from stdin, but stdin is empty');
    const fd = f.input ? cli.open(f.input) : 0;
    try {
      const messages = yield* cli.engine.imageLoad(cli.stream(fd), { quiet: f.quiet || !cli.isTerminal(1) });
      yield* showMessages(cli, messages, 1);
    } finally {
      if (fd) cli.sys.close(fd);
    }
  },
});
