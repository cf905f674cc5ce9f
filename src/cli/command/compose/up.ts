// `docker compose up`, `create` and `scale`.

import type { Task } from '../../../base/task.ts';
import { CliError } from '../../errors.ts';
import { bool, int, list, string } from '../../flags/values.ts';
import { runAttached } from '../../compose/attached.ts';
import { checkScale, type CreateOptions, createProject, type Recreate } from '../../compose/converge.ts';
import type { Project } from '../../compose/project.ts';
import type { Session } from '../../compose/session.ts';
import { startProject } from '../../compose/start.ts';
import { array, parseScale, timeoutOf, verb } from './verb.ts';

const scaleFlag = list('', 'Scale SERVICE to NUM instances. Overrides the scale setting in the Compose file if present.', undefined, { type: 'scale' });
const shared = {
  build: bool('', 'Build images before starting containers'),
  'force-recreate': bool('', "Recreate containers even if their configuration and image haven't changed"),
  'no-build': bool('', "Don't build an image, even if it's policy"),
  'no-recreate': bool('', "If containers already exist, don't recreate them. Incompatible with --force-recreate."),
  'quiet-pull': bool('', 'Pull without printing progress information'),
  'remove-orphans': bool('', 'Remove containers for services not defined in the Compose file'),
  scale: scaleFlag,
  yes: bool('y', 'Assume "yes" as answer to all prompts and run non-interactively'),
};

interface Shared {
  readonly build: boolean;
  readonly 'force-recreate': boolean;
  readonly 'no-build': boolean;
  readonly 'no-recreate': boolean;
  readonly 'quiet-pull': boolean;
  readonly 'remove-orphans': boolean;
  readonly pull: string;
  readonly yes: boolean;
}

function checkShared(f: Shared): void {
  if (f.build && f['no-build']) throw new CliError('--build and --no-build are incompatible');
  if (f['force-recreate'] && f['no-recreate']) throw new CliError('--force-recreate and --no-recreate are incompatible');
}

function createOptions(session: Session, f: Shared, services: readonly string[]): CreateOptions {
  const recreate: Recreate = f['no-recreate'] ? 'never' : f['force-recreate'] ? 'force' : 'diverged';
  return {
    services, recreate, recreateDependencies: recreate === 'never' ? 'never' : 'diverged', pull: f.pull, build: f.build, noBuild: f['no-build'], quietPull: f['quiet-pull'],
    removeOrphans: f['remove-orphans'], ignoreOrphans: session.cli.sys.env['COMPOSE_IGNORE_ORPHANS'] === 'true', assumeYes: f.yes,
  };
}

/** @throws CliError */
function applyScale(project: Project, texts: readonly string[]): void {
  for (const [name, scale] of parseScale(texts)) {
    const service = project.services[name];
    if (!service) throw new CliError(`no such service: ${name}: not found`);
    const { deploy } = service;
    project.services[name] = { ...service, scale, ...(deploy && { deploy: { ...deploy, replicas: scale } }) };
  }
  for (const service of Object.values(project.services)) checkScale(service);
}

function* loadServices(session: Session, names: readonly string[], dependencies = true): Task<Project> {
  const project = yield* session.project(names, dependencies);
  if (!Object.keys(project.services).length) throw new CliError('no service selected');
  return project;
}

export const up = verb({
  name: 'up', usage: '[OPTIONS] [SERVICE...]', short: 'Create and start containers',
  flags: {
    ...shared,
    'abort-on-container-exit': bool('', 'Stops all containers if any container was stopped. Incompatible with -d'),
    'abort-on-container-failure': bool('', 'Stops all containers if any container exited with failure. Incompatible with -d'),
    'always-recreate-deps': bool('', 'Recreate dependent containers. Incompatible with --no-recreate.'),
    attach: array('', 'Restrict attaching to the specified services. Incompatible with --attach-dependencies.'),
    'attach-dependencies': bool('', 'Automatically attach to log output of dependent services'),
    detach: bool('d', 'Detached mode: Run containers in the background'),
    'exit-code-from': string('', 'Return the exit code of the selected service container. Implies --abort-on-container-exit'),
    menu: bool('', 'Enable interactive shortcuts when running attached. Incompatible with --detach. Can also be enable/disable by setting COMPOSE_MENU environment var.', false, { notSimulated: true }),
    'no-attach': array('', 'Do not attach (stream logs) to the specified services'),
    'no-color': bool('', 'Produce monochrome output'),
    'no-deps': bool('', "Don't start linked services"),
    'no-log-prefix': bool('', "Don't print prefix in logs"),
    'no-start': bool('', "Don't start the services after creating them"),
    pull: string('', 'Pull image before running ("always"|"missing"|"never")', 'policy'),
    'quiet-build': bool('', 'Suppress the build output'),
    'renew-anon-volumes': bool('V', 'Recreate anonymous volumes instead of retrieving data from the previous containers'),
    timeout: int('t', 'Use this timeout in seconds for container shutdown when attached or when containers are already running'),
    timestamps: bool('', 'Show timestamps'),
    wait: bool('', 'Wait for services to be running|healthy. Implies detached mode.'),
    'wait-timeout': int('', 'Maximum duration in seconds to wait for the project to be running|healthy'),
    watch: bool('w', 'Watch source code and rebuild/refresh containers when files are updated.', false, { notSimulated: true }),
  },
  *run(session, f, args, changed) {
    checkShared(f);
    const abort = f['abort-on-container-exit'] || f['exit-code-from'] !== '';
    if (f.wait) {
      if (f['attach-dependencies'] || abort || f.attach.length) throw new CliError('--wait cannot be combined with --abort-on-container-exit, --attach or --attach-dependencies');
    } else if (f.detach && (f['attach-dependencies'] || abort || f['abort-on-container-failure'] || f.attach.length)) {
      throw new CliError('--detach cannot be combined with --abort-on-container-exit, --abort-on-container-failure, --attach, --attach-dependencies or --watch');
    }
    if (f['renew-anon-volumes'] && f['no-recreate']) throw new CliError('--no-recreate and --renew-anon-volumes are incompatible');
    if (f['always-recreate-deps'] && f['no-recreate']) throw new CliError('--always-recreate-deps and --no-recreate are incompatible');
    const project = yield* loadServices(session, args, !f['no-deps']);
    applyScale(project, f.scale);
    const options: CreateOptions = {
      ...createOptions(session, f, args), ...(f['renew-anon-volumes'] && { renewVolumes: true, recreate: 'force' as const }), quietBuild: f['quiet-build'], ...timeoutOf(f, changed),
      ...(f['always-recreate-deps'] && { recreateDependencies: 'force' as const }),
    };
    const detached = f.detach || f.wait;
    if (f['exit-code-from'] && !project.services[f['exit-code-from']]) throw new CliError(`no such service: ${f['exit-code-from']}`);
    yield* session.under('Running', function* () {
      yield* createProject(session, project, options);
      if (detached && !f['no-start']) yield* startProject(session, project, { wait: f.wait, ...(f['wait-timeout'] && { waitTimeout: f['wait-timeout'] }) });
    });
    if (detached || f['no-start']) return 0;
    const named = args.length && !f['attach-dependencies'] ? args : Object.keys(project.services);
    const attach = (f.attach.length ? f.attach : named).filter((name) => !f['no-attach'].includes(name) && project.services[name]?.['attach'] !== false);
    return yield* runAttached(session, project, {
      attach, prefixed: !f['no-log-prefix'], colored: session.colored && !f['no-color'], timestamps: f.timestamps, ...timeoutOf(f, changed),
      ...(abort ? { abortOn: 'exit' as const } : f['abort-on-container-failure'] ? { abortOn: 'failure' as const } : {}), ...(f['exit-code-from'] && { exitCodeFrom: f['exit-code-from'] }),
    });
  },
});

export const create = verb({
  name: 'create', usage: '[OPTIONS] [SERVICE...]', short: 'Creates containers for a service',
  flags: { ...shared, pull: string('', 'Pull image before running ("always"|"missing"|"never"|"build")', 'policy') },
  *run(session, f, args) {
    checkShared(f);
    const project = yield* loadServices(session, args);
    applyScale(project, f.scale);
    yield* session.under('Creating', () => createProject(session, project, createOptions(session, f, args)));
  },
});

export const scale = verb({
  name: 'scale', usage: '[SERVICE=REPLICAS...]', short: 'Scale services ', long: 'Scale services', args: [1, Infinity],
  flags: { 'no-deps': bool('', "Don't start linked services") },
  *run(session, f, args) {
    const counts = new Map(args.map((text) => {
      const [name = '', count] = text.split('=');
      if (count === undefined || !/^\d+$/.test(count)) throw new CliError(count === undefined ? `invalid scale specifier: ${text}` : `invalid scale specifier: can't parse replica value as int: ${text}`);
      return [name, count];
    }));
    const names = [...counts.keys()];
    const project = yield* loadServices(session, names, !f['no-deps']);
    applyScale(project, [...counts].map(([name, count]) => `${name}=${count}`));
    yield* session.under('Running', function* () {
      yield* createProject(session, project, { services: names, recreate: 'diverged', recreateDependencies: 'diverged' });
      yield* startProject(session, project);
    });
  },
});
