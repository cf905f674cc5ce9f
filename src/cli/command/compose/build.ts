// `docker compose build`, `pull`, `cp` and `export`.

import type { Task } from '../../../base/task.ts';
import { ApiError } from '../../../api/errors.ts';
import { CliError, errorText } from '../../errors.ts';
import { parseFlags } from '../../flags/parse.ts';
import { bool, int, string } from '../../flags/values.ts';
import { buildServices, imageOf, pullImage } from '../../compose/images.ts';
import { nameOf, numberOf, projectContainers } from '../../compose/labels.ts';
import { parallel } from '../../compose/parallel.ts';
import { imageName } from '../../compose/project.ts';
import { sendArchive } from '../../output-file.ts';
import { oneContainer } from './ps.ts';
import { array, verb } from './verb.ts';

const unsimulated = { notSimulated: true };

export const build = verb({
  name: 'build', usage: '[OPTIONS] [SERVICE...]', short: 'Build or rebuild services',
  flags: {
    'build-arg': array('', 'Set build-time variables for services'),
    builder: string('', 'Set builder to use', '', unsimulated),
    check: bool('', 'Check build configuration', false, unsimulated),
    memory: { ...string('m', 'Set memory limit for the build container. Not supported by BuildKit.', '', unsimulated), type: 'bytes' },
    'no-cache': bool('', 'Do not use cache when building the image'),
    print: bool('', 'Print equivalent bake file'),
    provenance: string('', 'Add a provenance attestation', '', unsimulated),
    pull: bool('', 'Always attempt to pull a newer version of the image'),
    push: bool('', 'Push service images', false, unsimulated),
    quiet: bool('q', 'Suppress the build output'),
    sbom: string('', 'Add a SBOM attestation', '', unsimulated),
    ssh: string('', "Set SSH authentications used when building service images. (use 'default' for using your default SSH Agent)", '', unsimulated),
    'with-dependencies': bool('', 'Also build dependencies (transitively)'),
  },
  *run(session, f, args) {
    const project = yield* session.project(args, f['with-dependencies'] || !args.length);
    yield* session.under('Building', () => buildServices(session, project, Object.values(project.services), { quiet: f.quiet, print: f.print, noCache: f['no-cache'], pull: f.pull, args: f['build-arg'] }));
  },
});

export const pull = verb({
  name: 'pull', usage: '[OPTIONS] [SERVICE...]', short: 'Pull service images',
  flags: {
    'ignore-buildable': bool('', 'Ignore images that can be built'),
    'ignore-pull-failures': bool('', 'Pull what it can and ignores images with pull failures'),
    'include-deps': bool('', 'Also pull services declared as dependencies'),
    policy: string('', 'Apply pull policy ("missing"|"always")'),
    quiet: bool('q', 'Pull without printing progress information'),
  },
  *run(session, f, args) {
    const project = yield* session.project(args, f['include-deps']);
    const mustBuild: string[] = [];
    yield* session.under('Pulling', function* () {
      const { progress } = session;
      const works: (() => Task<void>)[] = [];
      for (const service of Object.values(project.services)) {
        const skip = (text: string) => progress.event(service.name, { text: `Skipped - ${text}`, state: 'done' });
        const policy = f.policy || service.pull_policy;
        if (!service.image) yield* skip('No image to be pulled');
        else if (policy === 'never' || policy === 'build') yield* skip('Pull policy is set to ' + policy);
        else if (policy === 'missing' && (yield* imageOf(session, service.image))) yield* skip('Image is already present locally');
        else if (f['ignore-buildable'] && service.build) yield* skip('Image can be built');
        else {
          works.push(function* () {
            try {
              yield* pullImage(session, service, imageName(project, service), f.quiet, service.build ? 'Warning' : 'Error');
            } catch (error) {
              if (!(error instanceof ApiError)) throw error;
              if (service.build) mustBuild.push(service.name);
              if (!f['ignore-pull-failures']) throw error;
              yield* session.cli.err(`${errorText(error)}\n`);
            }
          });
        }
      }
      try {
        yield* parallel(session.cli, works);
      } finally {
        if (mustBuild.length) yield* session.cli.err(`WARNING: Some service image(s) must be built from source by running:\n    docker compose build ${mustBuild.join(' ')}\n`);
      }
    });
  },
});

export const cp = verb({
  name: 'cp', usage: '[OPTIONS] SERVICE:SRC_PATH DEST_PATH|-\n\tdocker compose cp [OPTIONS] SRC_PATH|- SERVICE:DEST_PATH', short: 'Copy files/folders between a service container and the local filesystem',
  args: [2, 2], dockerArgs: true,
  flags: {
    all: bool('', 'Include containers created by the run command'),
    archive: bool('a', 'Archive mode (copy all uid/gid information)'),
    'follow-link': bool('L', 'Always follow symbol link in SRC_PATH'),
    index: int('', 'Index of the container if service has multiple replicas'),
  },
  *run(session, f, [source = '', destination = '']) {
    if (!source) throw new CliError('source can not be empty');
    if (!destination) throw new CliError('destination can not be empty');
    const split = (text: string): [string, string] => {
      const at = text.startsWith('/') || text.startsWith('.') ? -1 : text.indexOf(':');
      return at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + 1)];
    };
    const [from, fromPath] = split(source);
    const [to, toPath] = split(destination);
    if (from && to) throw new CliError('copying between services is not supported');
    if (!from && !to) throw new CliError('unknown copy direction');
    const { name } = yield* session.named();
    const service = from || to;
    const found = (yield* projectContainers(session.cli, name, { services: [service], oneOff: f.all ? 'include' : 'exclude' })).filter((each) => !f.index || numberOf(each) === f.index).sort((a, b) => numberOf(a) - numberOf(b));
    if (!found.length) throw new CliError(`no container found for service ${JSON.stringify(service)}`);
    const chosen = from ? found.slice(0, 1) : found;
    const { copy } = session.borrowed;
    yield* session.under('Copying', function* () {
      for (const container of chosen) {
        const own = nameOf(container);
        const ends = (name: string) => (from ? [`${name}:${fromPath}`, toPath] : [fromPath, `${name}:${toPath}`]);
        const text = `copy ${ends(own).join(' to ')}`;
        const parsed = parseFlags(copy.flags, [...(f.archive ? ['-a'] : []), ...(f['follow-link'] ? ['-L'] : []), '-q', ...ends(container.Id)]);
        yield* session.progress.event(own, { text, status: 'Copying' });
        yield* copy.run(session.cli, parsed.values, parsed.args, parsed.changed);
        yield* session.progress.event(own, { text, status: 'Copied', state: 'done' });
      }
    });
  },
});

export const exportVerb = verb({
  name: 'export', usage: '[OPTIONS] SERVICE', short: "Export a service container's filesystem as a tar archive", args: [1, Infinity],
  flags: { index: int('', 'index of the container if service has multiple replicas.'), output: string('o', 'Write to a file, instead of STDOUT') },
  *run(session, f, [service = '']) {
    const container = yield* oneContainer(session, service, f.index);
    yield* sendArchive(session.cli, f.output, 'failed to export container', () => session.cli.engine.containerExport(container.Id));
  },
});
