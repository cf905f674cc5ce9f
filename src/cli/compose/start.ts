// Starting a project's services, each when those it depends on are as far as it asks.

import type { ContainerSummary } from '../../api/container.ts';
import type { Task } from '../../base/task.ts';
import { CliError, unmodified } from '../errors.ts';
import { quote } from '../go.ts';
import { injectFiles } from './files.ts';
import { nameOf, projectContainers, serviceOf } from './labels.ts';
import { inOrder, parallel } from './parallel.ts';
import type { Dependency, Project } from './project.ts';
import type { Session } from './session.ts';

export interface StartOptions {
  /** Only these, when some are named. */
  readonly services?: readonly string[];
  /** Wait until all run or are healthy. */
  readonly wait?: boolean;
  /** Seconds. */
  readonly waitTimeout?: number;
  /** Told of each container before it starts. */
  onStart?(container: ContainerSummary): Task<void>;
}

const POLL = 500;
const id = (container: ContainerSummary): string => `Container ${nameOf(container)}`;

export function* startProject(session: Session, project: Project, options: StartOptions = {}): Task<void> {
  const containers = yield* projectContainers(session.cli, project.name);
  yield* inOrder(session.cli, Object.keys(project.services), (name) => Object.keys(project.services[name]!.depends_on ?? {}),
    (name) => startService(session, project, name, containers, options));
  if (!options.wait) return;
  const all = Object.fromEntries(Object.keys(project.services).map((name): [string, Dependency] => {
    const completes = Object.values(project.services).some((each) => each.depends_on?.[name]?.condition === 'service_completed_successfully');
    return [name, { condition: completes ? 'service_completed_successfully' : 'running_or_healthy', required: true }];
  }));
  yield* waitFor(session, project, project.name, all, containers, options.waitTimeout);
}

function* startService(session: Session, project: Project, name: string, containers: readonly ContainerSummary[], options: StartOptions): Task<void> {
  const service = project.services[name]!;
  yield* waitFor(session, project, name, service.depends_on ?? {}, containers);
  const own = containers.filter((each) => serviceOf(each) === name);
  if (!own.length) {
    if (service.scale === 0 || service['deploy']?.replicas === 0) return;
    throw new CliError(`service ${quote(name)} has no container to start`);
  }
  for (const container of own) {
    if (container.State === 'running') continue;
    yield* injectFiles(session, project, service, container.Id);
    yield* session.progress.working(id(container), 'Starting');
    yield* options.onStart?.(container) ?? nothing();
    yield* unmodified(session.cli.engine.containerStart(container.Id));
    yield* session.progress.done(id(container), 'Started');
  }
}

// oxlint-disable-next-line require-yield -- a task that has nothing to do
function* nothing(): Task<void> {}

/** @throws CliError, when one of them will not come that far */
export function* waitFor(session: Session, project: Project, dependant: string, dependencies: Readonly<Record<string, Dependency>>, containers: readonly ContainerSummary[], timeout?: number): Task<void> {
  const deadline = timeout ? session.cli.sys.now() + timeout * 1000 : Infinity;
  const works: (() => Task<void>)[] = [];
  for (const [name, dependency] of Object.entries(dependencies)) {
    if (dependency.condition === 'service_started' || !project.services[name]) continue;
    const own = containers.filter((each) => serviceOf(each) === name);
    for (const each of own) yield* session.progress.working(id(each), 'Waiting');
    if (!own.length) {
      if (dependency.required) throw new CliError(`${dependant} is missing dependency ${name}`);
      yield* session.warn(`${dependant} is missing dependency ${name}`);
      continue;
    }
    works.push(() => poll(session, name, dependency, own, deadline, timeout));
  }
  if (works.length) yield* parallel(session.cli, works);
}

function* poll(session: Session, name: string, { condition, required }: Dependency, containers: readonly ContainerSummary[], deadline: number, timeout = 0): Task<void> {
  const tell = function* (status: string, state: 'done' | 'error' | 'warning'): Task<void> {
    for (const each of containers) yield* session.progress.event(id(each), { status, state });
  };
  for (;;) {
    yield* session.cli.sys.sleep(POLL);
    if (session.cli.sys.now() > deadline) throw new CliError(`application not healthy after ${timeout}s`);
    if (condition === 'service_completed_successfully') {
      const code = yield* exitCode(session, containers);
      if (code === undefined) continue;
      if (code === 0) return yield* tell('Exited', 'done');
      const text = `service ${quote(name)} didn't complete successfully: exit ${code}`;
      yield* tell(required ? text : `optional dependency ${quote(name)} didn't complete successfully: exit ${code}`, required ? 'error' : 'warning');
      if (required) throw new CliError(text);
      return yield* session.warn(`optional dependency ${quote(name)} didn't complete successfully: exit ${code}`);
    }
    try {
      if (yield* healthy(session, containers, condition === 'running_or_healthy')) return yield* tell('Healthy', 'done');
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      const optional = `optional dependency ${quote(name)} ${condition === 'service_healthy' ? 'failed to start' : 'is not running or is unhealthy'}`;
      if (!required) {
        yield* tell(optional, 'warning');
        return yield* session.warn(`${optional}: ${error.message}`);
      }
      if (condition !== 'service_healthy') throw error;
      yield* tell('Error', 'error');
      throw new CliError(`dependency failed to start: ${error.message}`);
    }
  }
}

function* exitCode(session: Session, containers: readonly ContainerSummary[]): Task<number | undefined> {
  for (const each of containers) {
    const { State } = yield* session.cli.engine.containerInspect(each.Id);
    if (State.Status === 'exited') return State.ExitCode;
  }
  return undefined;
}

function* healthy(session: Session, containers: readonly ContainerSummary[], orRunning: boolean): Task<boolean> {
  for (const each of containers) {
    const { State, Config } = yield* session.cli.engine.containerInspect(each.Id);
    if (State.Status === 'exited') throw new CliError(`container ${nameOf(each)} exited (${State.ExitCode})`);
    const checked = Config.Healthcheck?.Test?.length && Config.Healthcheck.Test[0] !== 'NONE';
    if (!checked && orRunning) {
      if (State.Status !== 'running') return false;
      continue;
    }
    if (!State.Health) throw new CliError(`container ${nameOf(each)} has no healthcheck configured`);
    if (State.Health.Status === 'unhealthy') throw new CliError(`container ${nameOf(each)} is unhealthy`);
    if (State.Health.Status !== 'healthy') return false;
  }
  return true;
}
