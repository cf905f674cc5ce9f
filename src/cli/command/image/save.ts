// `docker image save`.

import { command, minArgs } from '../../command.ts';
import { string } from '../../flags/values.ts';
import { sendArchive } from '../../output-file.ts';

export const save = command({
  name: 'save', usage: '[OPTIONS] IMAGE [IMAGE...]', short: 'Save one or more images to a tar archive (streamed to STDOUT by default)',
  fullNames: 'docker image save, docker save', args: minArgs(1), completes: 'image',
  flags: {
    output: string('o', 'Write to a file, instead of STDOUT', '', { completes: 'file' }),
    platform: string('', 'Save only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")', '', { notSimulated: true }),
  },
  *run(cli, f, args) {
    yield* sendArchive(cli, f.output, 'failed to save image', () => cli.engine.imageSave([...args]));
  },
});
