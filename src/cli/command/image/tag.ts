// `docker image tag`.

import { command, exactArgs } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { parseReference } from '../../opts/reference.ts';

export const tag = command({
  name: 'tag', usage: 'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]', short: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
  fullNames: 'docker image tag, docker tag', args: exactArgs(2), completes: 'image', completesFirst: 2, flags: {},
  *run(cli, _, [source, target]) {
    for (const [i, name] of [source!, target!].entries()) {
      if (i === 0 && /^(sha256:)?[0-9a-f]{64}$/.test(name)) continue;
      try {
        parseReference(name);
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        throw new CliError(`Error parsing reference: ${JSON.stringify(name)} is not a valid repository/tag: ${error.message}`);
      }
    }
    yield* cli.engine.imageTag(source!, target!);
  },
});
