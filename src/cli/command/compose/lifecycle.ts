// Verbs on the containers there are: start, stop, restart, kill, pause, unpause, rm, wait, down.

import type { ContainerSummary } from '../../../api/container.ts';
import type { Task } from '../../../base/task.ts';
import { CliError, unmodified } from '../../errors.ts';
import { bool, int, string } from '../../flags/values.ts';
import { downProject } from '../../compose/down.ts';
import { label, nameOf, projectContainers, serviceOf, type Selection } from '../../compose/labels.ts';
import { noSuchService } from '../../compose/load.ts';
import { inOrder, parallel } from '../../compose/parallel.ts';
import type { Dependency, Project, Service } from '../../compose/project.ts';
import type { Session } from '../../compose/session.ts';
import { startProject } from '../../compose/start.ts';
import { stopServices } from '../../compose/stop.ts';
import { timeoutOf, verb } from './verb.ts';

const id = (container: ContainerSummary): string => `Container ${nameOf(container)}`;

/** A project as the labels of its containers tell it. */
export function projectOf(name: string, containers: readonly ContainerSummary[]): Project {
  const services: Record<string, Service> = {};
  for (const container of containers) {
    const service = (services[serviceOf(container)] ??= { name: serviceOf(container), image: container.Image, scale: 0 });
    service.scale = (service.scale ?? 0) + 1;
    for (const text of (container.Labels[label('depends_on')] ?? '').split(',').filter(Boolean)) {
      const [dependency = '', condition = 'service_started', restart] = text.split(':');
      (service.depends_on ??= {})[dependency] = { condition: condition as Dependency['condition'], required: true, ...(restart === 'true' && { restart: true }) };
    }
  }
  return { name, directory: '', files: [], environment: {}, services, disabled: {}, volumes: {}, networks: {}, configs: {}, secrets: {}, extensions: {} };
}

export interface Actual {
  readonly project: Project;
  readonly declared: boolean;
  readonly containers: ContainerSummary[];
}

/** The project, declared or known by its containers, and its containers of the services named. @throws CliError */
export function* actualProject(session: Session, services: readonly string[], selection: Selection = {}): Task<Actual> {
  const { name, project } = yield* session.named();
  const containers = yield* projectContainers(session.cli, name, { ...selection, services: [] });
  const whole = project ?? projectOf(name, containers);
  for (const each of services) if (!whole.services[each] && !whole.disabled[each]) throw noSuchService(each);
  return { project: whole, declared: project !== undefined, containers: containers.filter((each) => !services.length || services.includes(serviceOf(each))) };
}

/** Services with those that they depend on. */
function withDependencies(project: Project, names: readonly string[]): Project {
  if (!names.length) return project;
  const kept = new Set<string>();
  const add = (name: string): void => {
    if (kept.has(name) || !project.services[name]) return;
    kept.add(name);
    for (const next of Object.keys(project.services[name]!.depends_on ?? {})) add(next);
  };
  for (const name of names) add(name);
  return { ...project, services: Object.fromEntries(Object.entries(project.services).filter(([name]) => kept.has(name))) };
}

export const start = verb({
  name: 'start', usage: '[SERVICE...]', short: 'Start services', flags: {},
  *run(session, _, args) {
    const { project } = yield* actualProject(session, args);
    yield* session.under('Running', () => startProject(session, withDependencies(project, args)));
  },
});

export const stop = verb({
  name: 'stop', usage: '[OPTIONS] [SERVICE...]', short: 'Stop services', flags: { timeout: int('t', 'Specify a shutdown timeout in seconds') },
  *run(session, f, args, changed) {
    const { project, containers } = yield* actualProject(session, args);
    yield* session.under('Stopping', () => stopServices(session, project, containers, timeoutOf(f, changed)));
  },
});

export const restart = verb({
  name: 'restart', usage: '[OPTIONS] [SERVICE...]', short: 'Restart service containers',
  flags: { 'no-deps': bool('', "Don't restart dependent services"), timeout: int('t', 'Specify a shutdown timeout in seconds') },
  *run(session, f, args, changed) {
    const { project, containers } = yield* actualProject(session, []);
    for (const name of args) if (!project.services[name]) throw noSuchService(name);
    // Those that asked for it restart with what they depend on.
    const follows = (name: string): boolean => !f['no-deps'] && Object.entries(project.services[name]?.depends_on ?? {}).some(([each, dependency]) => dependency.restart && (args.includes(each) || follows(each)));
    const names = Object.keys(project.services).filter((name) => !args.length || args.includes(name) || follows(name));
    yield* session.under('Restarting', () => inOrder(session.cli, names, (name) => Object.keys(project.services[name]!.depends_on ?? {}), (name) =>
      parallel(session.cli, containers.filter((each) => serviceOf(each) === name).map((each) => function* () {
        yield* session.progress.working(id(each), 'Restarting');
        yield* session.cli.engine.containerRestart(each.Id, timeoutOf(f, changed));
        yield* session.progress.done(id(each), 'Started');
      }))));
  },
});

/** One call for each container, at the same time. */
const all = (session: Session, containers: readonly ContainerSummary[], under: string, done: string, call: (id: string) => Task<void>): Task<void> =>
  parallel(session.cli, containers.map((each) => function* () {
    if (under) yield* session.progress.working(id(each), under);
    yield* unmodified(call(each.Id));
    yield* session.progress.done(id(each), done);
  }));

export const kill = verb({
  name: 'kill', usage: '[OPTIONS] [SERVICE...]', short: 'Force stop service containers',
  flags: { 'remove-orphans': bool('', 'Remove containers for services not defined in the Compose file'), signal: string('s', 'SIGNAL to send to the container', 'SIGKILL') },
  *run(session, f, args) {
    const { project, containers } = yield* actualProject(session, args, { all: false });
    const chosen = containers.filter((each) => f['remove-orphans'] || project.services[serviceOf(each)]);
    if (!chosen.length) return yield* session.cli.err('no container to kill');
    yield* session.under('Killing', () => all(session, chosen, 'Killing', 'Killed', (each) => session.cli.engine.containerKill(each, f.signal)));
  },
});

export const pause = verb({
  name: 'pause', usage: '[SERVICE...]', short: 'Pause services', flags: {},
  *run(session, _, args) {
    const { containers } = yield* actualProject(session, args, { all: false });
    yield* session.under('Pausing', () => all(session, containers, '', 'Paused', (each) => session.cli.engine.containerPause(each)));
  },
});

export const unpause = verb({
  name: 'unpause', usage: '[SERVICE...]', short: 'Unpause services', flags: {},
  *run(session, _, args) {
    const { containers } = yield* actualProject(session, args, { all: false });
    yield* session.under('Unpausing', () => all(session, containers, '', 'Unpaused', (each) => session.cli.engine.containerUnpause(each)));
  },
});

export const rm = verb({
  name: 'rm', usage: '[OPTIONS] [SERVICE...]', short: 'Removes stopped service containers',
  long: `Removes stopped service containers

By default, anonymous volumes attached to containers will not be removed. You
can override this with -v. To list all volumes, use "docker volume ls".

Any data which is not in a volume will be lost.`,
  flags: { force: bool('f', "Don't ask to confirm removal"), stop: bool('s', 'Stop the containers, if required, before removing'), volumes: bool('v', 'Remove any anonymous volumes attached to containers') },
  *run(session, f, args) {
    const { cli } = session;
    const { project, containers } = yield* actualProject(session, args, { newestFirst: true });
    if (f.stop) yield* session.under('Stopping', () => stopServices(session, project, containers, {}));
    const fresh = f.stop ? yield* projectContainers(cli, project.name, { services: args, newestFirst: true }) : containers;
    const stopped = fresh.filter((each) => each.State !== 'running' && each.State !== 'paused');
    if (!stopped.length) return yield* cli.err('No stopped containers\n');
    const text = `Going to remove ${stopped.map(nameOf).join(', ')}`;
    if (f.force) yield* cli.out(`${text}\n`);
    else if (!cli.isTerminal(0)) return yield* cli.out(text);
    else if (!(yield* cli.confirm(`? ${text}`))) return;
    yield* session.under('Removing', () => all(session, stopped, 'Removing', 'Removed', (each) => cli.engine.containerRemove(each, { removeVolumes: f.volumes, force: f.force })));
  },
});

export const wait = verb({
  name: 'wait', usage: 'SERVICE [SERVICE...] [OPTIONS]', short: 'Block until containers of all (or specified) services stop.', args: [1, Infinity], dockerArgs: true,
  flags: { 'down-project': bool('', 'Drops project when the first container stops', false, { notSimulated: true }) },
  *run(session, _, args) {
    const { name } = yield* session.named();
    const containers = yield* projectContainers(session.cli, name, { all: false, services: args });
    if (!containers.length) throw new CliError(`no containers for project ${JSON.stringify(name)}`);
    let status = 0;
    yield* parallel(session.cli, containers.map((each) => function* () {
      const exit = yield* session.cli.engine.containerWait(each.Id, 'not-running');
      const { StatusCode } = yield* exit.wait();
      yield* session.cli.out(`container ${JSON.stringify(nameOf(each))} exited with status code ${StatusCode}\n`);
      status ||= StatusCode;
    }));
    return status;
  },
});

export const down = verb({
  name: 'down', usage: '[OPTIONS] [SERVICES]', short: 'Stop and remove containers, networks',
  flags: {
    'remove-orphans': bool('', 'Remove containers for services not defined in the Compose file'),
    rmi: string('', 'Remove images used by services. "local" remove only images that don\'t have a custom tag ("local"|"all")'),
    timeout: int('t', 'Specify a shutdown timeout in seconds'),
    volumes: bool('v', 'Remove named volumes declared in the "volumes" section of the Compose file and anonymous volumes attached to containers'),
  },
  *run(session, f, args, changed) {
    if (f.rmi && !['all', 'local'].includes(f.rmi)) throw new CliError(`invalid value for --rmi: ${JSON.stringify(f.rmi)}`);
    const { project, declared } = yield* actualProject(session, args);
    const chosen = args.length ? { ...project, services: Object.fromEntries(Object.entries(project.services).filter(([name]) => args.includes(name))) } : project;
    const orphans = f['remove-orphans'] || session.cli.sys.env['COMPOSE_REMOVE_ORPHANS'] === 'true';
    yield* session.under('Running', () => downProject(session, chosen, { volumes: f.volumes, images: f.rmi, removeOrphans: orphans, services: args, ...timeoutOf(f, changed) }, declared));
  },
});
