// `docker image push`: there is no registry to push to.

import { familiarName, withDefaultTag } from '../../../api/reference.ts';
import { command, exactArgs } from '../../command.ts';
import { CliError, notSimulated } from '../../errors.ts';
import { bool, string } from '../../flags/values.ts';
import { parseReference } from '../../opts/reference.ts';

export const push = command({
  name: 'push', usage: '[OPTIONS] NAME[:TAG]', short: 'Upload an image to a registry', fullNames: 'docker image push, docker push', args: exactArgs(1),
  completes: 'image', completesFirst: 1, top: 7,
  flags: {
    'all-tags': bool('a', 'Push all tags of an image to the repository', false, { notSimulated: true }),
    'disable-content-trust': bool('', 'Skip image signing', true),
    platform: string('', `Push a platform-specific manifest as a single-platform image to the registry.
Image index won't be pushed, meaning that other manifests, including attestations won't be preserved.
'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)`, '', { notSimulated: true }),
    quiet: bool('q', 'Suppress verbose output'),
  },
  *run(cli, f, [name]) {
    const reference = parseReference(name!);
    const { domain, path, tag } = withDefaultTag(reference);
    if (!f.quiet) yield* cli.out(`${reference.tag ? '' : 'Using default tag: latest\n'}The push refers to repository [${domain}/${path}]\n`);
    const wanted = `${familiarName(reference)}:${tag}`;
    const images = yield* cli.engine.imageList({ filters: { reference: [wanted] } });
    if (!images.length) throw new CliError(`An image does not exist locally with the tag: ${familiarName(reference)}`);
    throw notSimulated('pushing to a registry');
  },
});
