// `docker image pull`.

import { familiarReference, withDefaultTag } from '../../../api/reference.ts';
import { command, exactArgs } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/values.ts';
import { checkPlatform } from '../../opts/platform.ts';
import { parseReference } from '../../opts/reference.ts';
import { showMessages } from '../../progress.ts';

export const pull = command({
  name: 'pull', usage: '[OPTIONS] NAME[:TAG|@DIGEST]', short: 'Download an image from a registry', fullNames: 'docker image pull, docker pull', args: exactArgs(1), top: 6,
  flags: {
    'all-tags': bool('a', 'Download all tagged images in the repository', false, { notSimulated: true }),
    'disable-content-trust': bool('', 'Skip image verification', true, { notSimulated: true }),
    platform: string('', 'Set platform if server is multi-platform capable'),
    quiet: bool('q', 'Suppress verbose output'),
  },
  *run(cli, f, [name]) {
    const reference = parseReference(name!);
    const tagged = withDefaultTag(reference);
    if (tagged !== reference && !f.quiet) yield* cli.out('Using default tag: latest\n');
    checkPlatform(f.platform, 'Error response from daemon');
    const messages = yield* cli.engine.imagePull(familiarReference(tagged), f.platform ? { platform: f.platform } : {});
    if (f.quiet) for (let message = yield* messages.next(); message; message = yield* messages.next()) if (message.error !== undefined) throw new CliError(message.error);
    if (!f.quiet) yield* showMessages(cli, messages, 1);
    const { domain, path, tag, digest } = tagged;
    yield* cli.out(`${domain}/${path}${digest ? `@${digest}` : `:${tag}`}\n`);
  },
});
