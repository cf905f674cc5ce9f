// `docker compose run`: a container of its own for one command of a service; and `exec` in one that runs.

import type { Task } from '../../../base/task.ts';
import { checkTty, followSize, forwardSignals, pipe } from '../../attach.ts';
import { bool, int, list, string } from '../../flags/values.ts';
import { createContainer, createProject, resolveReferences } from '../../compose/converge.ts';
import { injectFiles } from '../../compose/files.ts';
import { ensureImages } from '../../compose/images.ts';
import { projectContainers, serviceOf } from '../../compose/labels.ts';
import { parseVolume } from '../../compose/volume-spec.ts';
import { canonicalService, toMapping } from '../../compose/canonical.ts';
import type { Service, ServicePort, ServiceVolume } from '../../compose/project.ts';
import type { Session } from '../../compose/session.ts';
import { shellWords } from '../../compose/shell-words.ts';
import { startProject } from '../../compose/start.ts';
import { CliError, errorText } from '../../errors.ts';
import { oneContainer } from './ps.ts';
import { array, verb } from './verb.ts';

interface RunFlags {
  readonly entrypoint: string;
  readonly env: readonly string[];
  readonly label: readonly string[];
  readonly name: string;
  readonly publish: readonly string[];
  readonly user: string;
  readonly volume: readonly string[];
  readonly workdir: string;
  readonly interactive: boolean;
  readonly 'service-ports': boolean;
  readonly 'cap-add': readonly string[];
  readonly 'cap-drop': readonly string[];
}

/** The service as this one run has it. */
function overridden(session: Session, service: Service, f: RunFlags, command: readonly string[], tty: boolean, changed: ReadonlySet<string>): Service {
  const { ports: declared, container_name: _c, restart: _r, scale: _s, ...rest } = service;
  const { restart_policy: _p, replicas: _n, ...deploy } = service['deploy'] ?? {};
  const ports = f.publish.length ? canonicalService({ ports: [...f.publish] }, '')['ports'] as ServicePort[] : f['service-ports'] ? declared : undefined;
  const volumes = f.volume.map((spec) => {
    const volume = parseVolume(spec) as ServiceVolume;
    return volume.type === 'bind' ? { ...volume, source: session.cli.absolute(volume.source!) } : volume;
  });
  const environment = Object.fromEntries(Object.entries(toMapping([...f.env], 'env')).map(([name, value]) => [name, value ?? session.cli.sys.env[name] ?? null]));
  return {
    ...rest, tty, stdin_open: f.interactive, ...(service['deploy'] && { deploy }), ...(ports && { ports }),
    ...(command.length && { command: [...command] }), ...(f.user && { user: f.user }), ...(f.workdir && { working_dir: f.workdir }),
    ...(changed.has('entrypoint') && { entrypoint: shellWords(f.entrypoint), command: [...command] }),
    ...(f.env.length && { environment: { ...service.environment, ...environment } }), ...(f.label.length && { labels: { ...service.labels, ...toMapping([...f.label], 'label', '') as Record<string, string> } }),
    ...(volumes.length && { volumes: [...(service.volumes ?? []).filter((each) => !volumes.some((other) => other.target === each.target)), ...volumes] }),
    ...(f['cap-add'].length && { cap_add: [...service['cap_add'] ?? [], ...f['cap-add']] }), ...(f['cap-drop'].length && { cap_drop: [...service['cap_drop'] ?? [], ...f['cap-drop']] }),
  } as Service;
}

const slug = (session: Session): string => [...session.cli.sys.randomBytes(6)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export const run = verb({
  name: 'run', usage: '[OPTIONS] SERVICE [COMMAND] [ARGS...]', short: 'Run a one-off command on a service', args: [1, Infinity], stopAtArgument: true,
  flags: {
    build: bool('', 'Build image before starting container'),
    'cap-add': list('', 'Add Linux capabilities'),
    'cap-drop': list('', 'Drop Linux capabilities'),
    detach: bool('d', 'Run container in background and print container ID'),
    entrypoint: string('', 'Override the entrypoint of the image'),
    env: array('e', 'Set environment variables'),
    'env-from-file': { ...array('', 'Set environment variables from file'), notSimulated: true },
    interactive: bool('i', 'Keep STDIN open even if not attached', true),
    label: array('l', 'Add or override a label'),
    name: string('', 'Assign a name to the container'),
    'no-TTY': bool('T', 'Disable pseudo-TTY allocation (default: auto-detected)', false, { shown: 'true' }),
    'no-deps': bool('', "Don't start linked services"),
    publish: array('p', "Publish a container's port(s) to the host"),
    pull: string('', 'Pull image before running ("always"|"missing"|"never")', 'policy'),
    quiet: bool('q', "Don't print anything to STDOUT"),
    'quiet-build': bool('', 'Suppress progress output from the build process'),
    'quiet-pull': bool('', 'Pull without printing progress information'),
    'remove-orphans': bool('', 'Remove containers for services not defined in the Compose file'),
    rm: bool('', 'Automatically remove the container when it exits'),
    'service-ports': bool('P', "Run command with all service's ports enabled and mapped to the host"),
    'use-aliases': bool('', "Use the service's network useAliases in the network(s) the container connects to"),
    user: string('u', 'Run as specified username or uid'),
    volume: array('v', 'Bind mount a volume'),
    workdir: string('w', 'Working directory inside the container'),
  },
  *run(session, f, [name = '', ...command], changed) {
    const { cli } = session;
    if (f.publish.length && f['service-ports']) throw new CliError('--service-ports and --publish are incompatible');
    const project = yield* session.project([name]);
    const tty = changed.has('no-TTY') ? !f['no-TTY'] : cli.isTerminal(1) && !f.detach;
    const service = overridden(session, project.services[name]!, f, command, tty, changed);
    const { [name]: _, ...others } = project.services;
    const images = { pull: f.pull, quietPull: f['quiet-pull'], quietBuild: f['quiet-build'], build: f.build };
    yield* (f.quiet ? session.quietly.bind(session) : (body: () => Task<void>) => session.under('Creating', body))(function* () {
      yield* createProject(session, { ...project, services: f['no-deps'] ? {} : others, disabled: { ...project.disabled, ...project.services } }, {
        ...images, build: false, services: [], recreate: 'diverged', recreateDependencies: 'diverged', removeOrphans: f['remove-orphans'],
      });
      if (!f['no-deps'] && Object.keys(others).length) yield* startProject(session, { ...project, services: others });
      yield* ensureImages(session, { ...project, services: { [name]: service } }, images);
    });
    const containers = yield* projectContainers(cli, project.name);
    const resolved = resolveReferences(service, (each) => containers.find((other) => serviceOf(other) === each));
    const attachStdin = f.interactive && !f.detach;
    const created = yield* createContainer(session, project, resolved, {
      name: f.name || `${project.name}-${name}-run-${slug(session)}`, number: 1, oneOff: true, autoRemove: f.rm, attachStdin, aliases: f['use-aliases'],
    });
    yield* injectFiles(session, project, service, created.Id);
    return yield* runContainer(session, created.Id, { detach: f.detach, remove: f.rm, tty, stdin: attachStdin });
  },
});

interface RunOptions {
  readonly detach: boolean;
  readonly remove: boolean;
  readonly tty: boolean;
  readonly stdin: boolean;
}

function* runContainer(session: Session, id: string, { detach, remove, tty, stdin }: RunOptions): Task<number> {
  const { cli } = session;
  const { engine } = cli;
  if (detach) {
    yield* engine.containerStart(id);
    yield* cli.out(`${id}\n`);
    return 0;
  }
  checkTty(cli, stdin, tty);
  const stop = tty ? () => {} : forwardSignals(cli, id);
  let unfollow = () => {};
  try {
    const stream = yield* engine.containerAttach(id, { stream: true, stdin, stdout: true, stderr: true });
    const exit = yield* engine.containerWait(id, remove ? 'removed' : 'next-exit');
    try {
      yield* engine.containerStart(id);
    } catch (error) {
      stream.close();
      throw new CliError(errorText(error), 1);
    }
    if (tty && cli.isTerminal(1)) unfollow = yield* followSize(cli, (size) => engine.containerResize(id, size));
    if ((yield* pipe(cli, stream, { stdin, tty, detachKeys: '' })) === 'detached') return 0;
    const { StatusCode } = yield* exit.wait();
    if (StatusCode) yield* cli.err('\n');
    return StatusCode;
  } finally {
    unfollow();
    stop();
  }
}

export const exec = verb({
  name: 'exec', usage: '[OPTIONS] SERVICE COMMAND [ARGS...]', short: 'Execute a command in a running container', args: [2, Infinity], stopAtArgument: true,
  flags: {
    detach: bool('d', 'Detached mode: Run command in the background'),
    env: array('e', 'Set environment variables'),
    index: int('', 'Index of the container if service has multiple replicas'),
    interactive: bool('i', 'Keep STDIN open even if not attached', true, { hidden: true }),
    'no-tty': bool('T', "Disable pseudo-TTY allocation. By default 'docker compose exec' allocates a TTY.", false, { shown: 'true' }),
    privileged: bool('', 'Give extended privileges to the process'),
    tty: bool('t', 'Allocate a pseudo-TTY', true, { hidden: true }),
    user: string('u', 'Run the command as this user'),
    workdir: string('w', 'Path to workdir directory for this command'),
  },
  *run(session, f, [service = '', ...Cmd], changed) {
    const { cli } = session;
    const { engine } = cli;
    const container = yield* oneContainer(session, service, f.index);
    const tty = !f.detach && (changed.has('no-tty') ? !f['no-tty'] : cli.isTerminal(1));
    const stdin = !f.detach && f.interactive;
    checkTty(cli, stdin, tty);
    const size = tty && cli.isTerminal(1) ? cli.sys.windowSize(1) : undefined;
    const Env = f.env.map((text) => (text.includes('=') ? text : `${text}=${cli.sys.env[text] ?? ''}`));
    const { Id } = yield* engine.execCreate(container.Id, {
      User: f.user, Privileged: f.privileged, Tty: tty, ...(size && { ConsoleSize: [size.rows, size.columns] as [number, number] }),
      AttachStdin: stdin, AttachStdout: !f.detach, AttachStderr: !f.detach, Env, WorkingDir: f.workdir, Cmd,
    });
    const stream = yield* engine.execStart(Id, { detach: f.detach, tty, ...(size && { consoleSize: [size.rows, size.columns] }) });
    if (!stream) return 0;
    const unfollow = size ? yield* followSize(cli, (each) => engine.execResize(Id, each)) : () => {};
    try {
      if ((yield* pipe(cli, stream, { stdin, tty, detachKeys: '' })) === 'detached') throw new CliError('read escape sequence');
    } finally {
      unfollow();
    }
    return (yield* engine.execInspect(Id)).ExitCode ?? 0;
  },
});

