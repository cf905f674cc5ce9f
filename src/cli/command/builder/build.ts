// `docker build`: BuildKit through buildx, or the legacy builder with DOCKER_BUILDKIT=0.

import type { BuildOptions } from '../../../api/engine-client.ts';
import { parseReference as parseApiReference } from '../../../api/reference.ts';
import { type Bytes, concat } from '../../../base/bytes.ts';
import type { Task } from '../../../base/task.ts';
import type { Cli } from '../../cli.ts';
import { command, exactArgs, type LeafCommand } from '../../command.ts';
import { CliError, errorText, notSimulated } from '../../errors.ts';
import { FlagValueError, unsimulated } from '../../flags/flag.ts';
import { bool, bytes, cut, int, list, string, strings } from '../../flags/values.ts';
import { humanSize } from '../../formatter/units.ts';
import { csvRecord } from '../../opts/csv.ts';
import { showMessages } from '../../progress.ts';
import { buildContext } from './context.ts';
import { parseOutputs, writeOutput } from './output.ts';

const array = (shorthand: string, usage: string, options = {}) => list(shorthand, usage, undefined, { type: 'stringArray', ...options });

const ulimit = () => list('', 'Ulimit options', undefined, { type: 'ulimit', shown: '[]' });

const buildxFlags = {
  'build-arg': array('', 'Set build-time variables'),
  'build-context': array('', 'Additional build contexts (e.g., name=path)'),
  debug: bool('D', 'Enable debug logging'),
  file: string('f', 'Name of the Dockerfile (default: "PATH/Dockerfile")', '', { completes: 'file' }),
  iidfile: string('', 'Write the image ID to a file', '', { completes: 'file' }),
  label: array('', 'Set metadata for an image'),
  load: bool('', 'Shorthand for "--output=type=docker"'),
  'no-cache': bool('', 'Do not use cache when building the image'),
  network: string('', 'Set the networking mode for the "RUN" instructions during build', 'default'),
  output: array('o', 'Output destination (format: "type=local,dest=path")'),
  progress: string('', 'Set type of progress output ("auto", "none",  "plain", "quiet", "rawjson", "tty"). Use plain to show container output', 'auto'),
  pull: bool('', 'Always attempt to pull all referenced images'),
  quiet: bool('q', 'Suppress the build output and print image ID on success'),
  secret: array('', 'Secret to expose to the build (format: "id=mysecret[,src=/local/secret]")'),
  tag: array('t', 'Name and optionally a tag (format: "name:tag")'),
  target: string('', 'Set the target build stage to build'),
  rm: bool('', '', true, { hidden: true }),
  'force-rm': bool('', '', false, { hidden: true }),
  compress: bool('', '', false, { hidden: true }),
  ...unsimulated({
    'add-host': strings('', 'Add a custom host-to-IP mapping (format: "host:ip")'),
    allow: array('', 'Allow extra privileged entitlement (e.g., "network.host", "security.insecure", "device")'),
    annotation: array('', 'Add annotation to the image'),
    attest: array('', 'Attestation parameters (format: "type=sbom,generator=image")'),
    builder: string('', 'Override the configured builder instance', 'default'),
    'cache-from': array('', 'External cache sources (e.g., "user/app:cache", "type=local,src=path/to/dir")'),
    'cache-to': array('', 'Cache export destinations (e.g., "user/app:cache", "type=local,dest=path/to/dir")'),
    call: string('', 'Set method for evaluating build ("check", "outline", "targets")', 'build'),
    'cgroup-parent': string('', 'Set the parent cgroup for the "RUN" instructions during build'),
    check: bool('', 'Shorthand for "--call=check"'),
    'metadata-file': string('', 'Write build result metadata to a file'),
    'no-cache-filter': array('', 'Do not cache specified stages'),
    platform: array('', 'Set target platform for build'),
    provenance: string('', 'Shorthand for "--attest=type=provenance"'),
    push: bool('', 'Shorthand for "--output=type=registry"'),
    sbom: string('', 'Shorthand for "--attest=type=sbom"'),
    'shm-size': bytes('', 'Shared memory size for build containers'),
    ssh: array('', 'SSH agent socket or keys to expose to the build (format: "default|<id>[=<socket>|<key>[,<key>]]")'),
    ulimit: ulimit(),
    ...Object.fromEntries(['cpu-period', 'cpu-quota', 'cpu-shares', 'cpuset-cpus', 'cpuset-mems', 'isolation', 'memory', 'memory-swap', 'security-opt'].map((name) => [name, string('', '', '', { hidden: true })])),
    squash: bool('', '', false, { hidden: true }),
  }),
};

const tagged = (text: string): string => {
  const reference = parseApiReference(text);
  if (typeof reference === 'string') throw new FlagValueError(reference);
  return text;
};

const legacyFlags = {
  'build-arg': list('', 'Set build-time variables'),
  'disable-content-trust': bool('', 'Skip image verification', true, { notSimulated: true }),
  file: string('f', 'Name of the Dockerfile (Default is "PATH/Dockerfile")', '', { completes: 'file' }),
  'force-rm': bool('', 'Always remove intermediate containers'),
  iidfile: string('', 'Write the image ID to the file', '', { completes: 'file' }),
  label: list('', 'Set metadata for an image'),
  'no-cache': bool('', 'Do not use cache when building the image'),
  pull: bool('', 'Always attempt to pull a newer version of the image'),
  quiet: bool('q', 'Suppress the build output and print image ID on success'),
  rm: bool('', 'Remove intermediate containers after a successful build', true),
  tag: list('t', 'Name and optionally a tag in the "name:tag" format', tagged),
  target: string('', 'Set the target build stage to build.'),
  ...unsimulated({
    'add-host': list('', 'Add a custom host-to-IP mapping ("host:ip")'),
    'cache-from': strings('', 'Images to consider as cache sources'),
    'cgroup-parent': string('', 'Set the parent cgroup for the "RUN" instructions during build'),
    compress: bool('', 'Compress the build context using gzip'),
    'cpu-period': int('', 'Limit the CPU CFS (Completely Fair Scheduler) period'),
    'cpu-quota': int('', 'Limit the CPU CFS (Completely Fair Scheduler) quota'),
    'cpu-shares': int('c', 'CPU shares (relative weight)'),
    'cpuset-cpus': string('', 'CPUs in which to allow execution (0-3, 0,1)'),
    'cpuset-mems': string('', 'MEMs in which to allow execution (0-3, 0,1)'),
    isolation: string('', 'Container isolation technology'),
    memory: bytes('m', 'Memory limit'),
    'memory-swap': bytes('', 'Swap limit equal to memory plus swap: -1 to enable unlimited swap'),
    network: string('', 'Set the networking mode for the RUN instructions during build', 'default'),
    platform: string('', 'Set platform if server is multi-platform capable'),
    'security-opt': strings('', 'Security options'),
    'shm-size': bytes('', 'Size of "/dev/shm"'),
    ulimit: ulimit(),
  }),
  squash: bool('', 'Squash newly built layers into a single new layer', false, { hidden: true }),
};

interface CommonFlags {
  readonly 'build-arg': readonly string[];
  readonly file: string;
  readonly 'force-rm': boolean;
  readonly label: readonly string[];
  readonly 'no-cache': boolean;
  readonly pull: boolean;
  readonly quiet: boolean;
  readonly rm: boolean;
  readonly tag: readonly string[];
  readonly target: string;
}

const options = (cli: Cli, f: CommonFlags, dockerfile: string, version: '1' | '2', secrets?: Record<string, Bytes>): BuildOptions => ({
  dockerfile, tags: [...f.tag], version, target: f.target, noCache: f['no-cache'], pull: f.pull, quiet: f.quiet, remove: f.rm, forceRemove: f['force-rm'],
  buildArgs: Object.fromEntries(f['build-arg'].map((text) => {
    const [name, value, given] = cut(text, '=');
    return [name, given ? value : cli.sys.env[name] ?? null];
  })),
  labels: Object.fromEntries(f.label.map((text) => cut(text, '='))),
  ...(secrets && { secrets }),
});

/** The directory, by its absolute path. */
const sharedKey = (cli: Cli, path: string): string => (cli.sys.can(path, '') ? cli.sys.realpath(path) : path);

const imageId = (aux: unknown): string => (aux as { ID?: string }).ID ?? '';

/** `id=x,src=path`; also from an environment variable. @throws CliError */
function* readSecrets(cli: Cli, texts: readonly string[]): Task<Record<string, Bytes>> {
  const secrets: Record<string, Bytes> = {};
  for (const text of texts) {
    const fields = Object.fromEntries(csvRecord(text).map((field) => {
      const [key, value, given] = cut(field, '=');
      if (!given) throw new CliError(`invalid field '${field}' must be a key=value pair`);
      if (!['type', 'id', 'source', 'src', 'env'].includes(key.toLowerCase())) throw new CliError(`unexpected key '${key}' in '${field}'`);
      if (key === 'type' && value !== 'file' && value !== 'env') throw new CliError(`unsupported secret type ${JSON.stringify(value)}`);
      return [key.toLowerCase(), value];
    }));
    const id = fields['id'] ?? '';
    if (!id) throw new CliError('secret missing ID');
    const variable = fields['env'] ?? (fields['type'] === 'env' ? id : !fields['src'] && !fields['source'] && cli.sys.env[id] !== undefined ? id : undefined);
    if (variable !== undefined) {
      secrets[id] = new TextEncoder().encode(cli.sys.env[variable] ?? '');
      continue;
    }
    const path = fields['src'] ?? fields['source'] ?? id;
    if (!cli.sys.can(path, '')) throw new CliError(`failed to stat ${path}: stat ${path}: no such file or directory`);
    secrets[id] = yield* cli.readFile(path);
  }
  return secrets;
}

/** `name=directory`, or `name=docker-image://reference`. @throws CliError */
function* readContexts(cli: Cli, texts: readonly string[]): Task<NonNullable<BuildOptions['contexts']>> {
  const contexts: NonNullable<BuildOptions['contexts']> = {};
  for (const text of texts) {
    const [name, value, given] = cut(text, '=');
    if (!given) throw new CliError(`invalid context value: ${text}, expected key=value`);
    const image = /^docker-image:\/\/(.*)/.exec(value);
    if (!image && /^[\w-]+:/.test(value)) throw notSimulated(`buildx build --build-context ${text}`);
    if (!image && !cli.sys.can(value, '')) throw new CliError(`failed to get build context ${name}: stat ${value}: no such file or directory`);
    contexts[name] = image ? image[1]! : (yield* buildContext(cli, value, '', false)).content;
  }
  return contexts;
}

const buildx = command({
  name: 'build', usage: '[OPTIONS] PATH | URL | -', short: 'Start a build', fullNames: 'docker build, docker builder build, docker image build, docker buildx b',
  args: exactArgs(1), completes: 'file', plugin: true, path: 'docker buildx build', flags: buildxFlags,
  *run(cli, f, [path]) {
    if (!['auto', 'none', 'plain', 'quiet', 'rawjson', 'tty'].includes(f.progress)) throw new CliError(`invalid progress mode ${f.progress}`);
    if (f.quiet && !['auto', 'none', 'quiet'].includes(f.progress)) throw new CliError(`progress=${f.progress} and quiet cannot be used together`);
    let sent = false;
    try {
      for (const tag of f.tag) {
        const reference = parseApiReference(tag);
        if (typeof reference === 'string') throw new CliError(`invalid tag ${JSON.stringify(tag)}: ${reference.replace(/^invalid reference format: repository name \(.*\) must/, 'repository name must')}`);
      }
      const outputs = parseOutputs(f.output);
      const [first] = outputs.files;
      if (first && f.iidfile) throw new CliError('local and tar exporters are incompatible with image ID file');
      const secrets = f.secret.length ? yield* readSecrets(cli, f.secret) : undefined;
      if (f.network === 'host') throw notSimulated('buildx build --network host');
      if (f.network !== 'default' && f.network !== 'none') throw new CliError(`network mode ${JSON.stringify(f.network)} not supported by buildkit - you can define a custom network for your builder using the network driver-opt in buildx create`);
      const contexts = f['build-context'].length ? yield* readContexts(cli, f['build-context']) : undefined;
      const context = yield* buildContext(cli, path!, f.file, false);
      const quiet = f.quiet || f.progress === 'quiet' || f.progress === 'none';
      if (!quiet) yield* cli.err('#0 building with "default" instance using docker driver\n\n');
      sent = true;
      const messages = yield* cli.engine.imageBuild(context.content, {
        ...options(cli, { ...f, quiet, tag: [...f.tag, ...outputs.names] }, context.dockerfile, '2', secrets), sharedKey: path === '-' ? '' : sharedKey(cli, path!),
        ...(first && { archive: first.type }), ...(f.network === 'none' && { network: 'none' }), ...(contexts && { contexts }),
      });
      let id = '';
      const parts: Bytes[] = [];
      yield* showMessages(cli, messages, 2, (aux) => {
        const { ID, Archive } = aux as { ID?: string; Archive?: Bytes };
        if (Archive) parts.push(Archive);
        else id = ID || id;
      });
      for (const output of outputs.files) yield* writeOutput(cli, output, concat(parts));
      if (f.iidfile) cli.sys.writeFile(f.iidfile, id);
      if (f.quiet) yield* cli.out(id + '\n');
    } catch (error) {
      const text = errorText(error).replace(/^Error response from daemon: /, '');
      if (!sent && PLAIN.test(text)) throw new CliError(text);
      const local = /^(failed to solve|unable to prepare|invalid tag|failed to stat|failed to get|not simulated|docker: |secret missing|dest is required|network mode|resolve |\w+ exporter is not)/.test(text);
      throw new CliError(text.startsWith('docker: ') ? text : `failed to build: ${local ? '' : 'failed to solve: '}${text}`);
    }
  },
});

/** What is wrong with the command line itself. */
const PLAIN = /^(invalid value |invalid field |invalid context value|unexpected key |unsupported secret|local and tar)/;

const legacy = command({
  name: 'build', usage: '[OPTIONS] PATH | URL | -', short: 'Build an image from a Dockerfile', fullNames: 'docker image build, docker build, docker builder build',
  args: exactArgs(1), completes: 'file', flags: legacyFlags,
  *run(cli, f, [path]) {
    if (f.squash) throw new CliError('"--squash" is only supported on a Docker daemon with experimental features enabled');
    const context = yield* buildContext(cli, path!, f.file, true);
    const total = { sent: 0 };
    const content = {
      *next() {
        const part = yield* context.content.next();
        total.sent = context.sent();
        if (!part && !f.quiet) yield* cli.out(`Sending build context to Docker daemon  ${humanSize(total.sent)}\r\r\n`);
        return part;
      },
      close: () => context.content.close(),
    };
    const messages = yield* cli.engine.imageBuild(content, options(cli, f, context.dockerfile, '1'));
    let id = '';
    yield* showMessages(cli, messages, 1, (aux) => void (id = imageId(aux) || id));
    // What it would have printed is what goes there.
    if (f.iidfile) cli.sys.writeFile(f.iidfile, f.quiet ? `${id}\n` : id);
  },
});

const DEPRECATED = `DEPRECATED: The legacy builder is deprecated and will be removed in a future release.
            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0
            environment-variable.

`;

/** Which of the two is meant: told by the environment when the command line is read. */
export function* chooseBuilder(cli: Cli): Task<LeafCommand> {
  const wanted = cli.sys.env['DOCKER_BUILDKIT'];
  if (wanted === undefined || wanted === '' || /^(1|t|T|true|TRUE|True)$/.test(wanted)) return buildx;
  if (!/^(0|f|F|false|FALSE|False)$/.test(wanted)) throw new CliError(`DOCKER_BUILDKIT environment variable expects boolean value: strconv.ParseBool: parsing ${JSON.stringify(wanted)}: invalid syntax`);
  yield* cli.err(DEPRECATED);
  return legacy;
}

/** In the tree under `docker`, `docker image` and `docker builder`. */
export const build: LeafCommand = { ...buildx, short: 'Build an image from a Dockerfile', long: buildx.short, choose: chooseBuilder };
export const builderBuild: LeafCommand = { ...buildx, choose: chooseBuilder };
export const buildxBuild: LeafCommand = { ...buildx, aliases: ['b'], flags: { ...buildxFlags, builder: string('', buildxFlags.builder.usage, '', { notSimulated: true }) } };

