// `docker container export`.

import { command, exactArgs } from '../../command.ts';
import { string } from '../../flags/values.ts';
import { sendArchive } from '../../output-file.ts';

export const exportCommand = command({
  name: 'export', usage: '[OPTIONS] CONTAINER', short: "Export a container's filesystem as a tar archive", fullNames: 'docker container export, docker export',
  args: exactArgs(1), completes: 'container', completesFirst: 1,
  flags: { output: string('o', 'Write to a file, instead of STDOUT', '', { completes: 'file' }) },
  *run(cli, f, [name]) {
    yield* sendArchive(cli, f.output, 'failed to export container', () => cli.engine.containerExport(name!));
  },
});
