// `docker image inspect`.

import { command, minArgs } from '../../command.ts';
import { inspectFormat, string } from '../../flags/values.ts';
import { inspect as inspectObjects } from '../../inspect.ts';

export const inspect = command({
  name: 'inspect', usage: '[OPTIONS] IMAGE [IMAGE...]', short: 'Display detailed information on one or more images', args: minArgs(1), completes: 'image',
  flags: {
    format: inspectFormat(),
    platform: string('', 'Inspect a specific platform of the multi-platform image.\nIf the image or the server is not multi-platform capable, the command will error out if the platform does not match.\n\'os[/arch[/variant]]\': Explicit platform (eg. linux/amd64)', '', { notSimulated: true }),
  },
  *run(cli, f, args) {
    return yield* inspectObjects(cli, args, f.format, function* (name) {
      return { type: 'image.InspectResponse', json: yield* cli.engine.imageInspect(name) };
    });
  },
});
