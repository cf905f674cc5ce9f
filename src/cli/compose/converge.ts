// Bringing containers in line with the project: created, recreated, scaled; what depends on what comes in order.

import type { ContainerSummary } from '../../api/container.ts';
import type { Task } from '../../base/task.ts';
import { CliError, errorText } from '../errors.ts';
import { quote } from '../go.ts';
import { serviceHash } from './hash.ts';
import { ensureImages, type ImageOptions, imageOf } from './images.ts';
import { compare, isOneOff, label, nameOf, numberOf, projectContainers, serviceOf, shortName } from './labels.ts';
import { serviceMounts } from './mounts.ts';
import { inOrder, parallel } from './parallel.ts';
import { imageName, type Project, replicas, type Service } from './project.ts';
import { ensureNetworks, ensureVolumes } from './resources.ts';
import { networkOrder, serviceRequest } from './service-request.ts';
import { type Session, shown } from './session.ts';
import { removeOne, stopAndRemove, stopOne } from './stop.ts';

export type Recreate = 'diverged' | 'force' | 'never';

export interface CreateOptions extends ImageOptions {
  /** Those asked for; others come along as dependencies. Empty for all. */
  readonly services: readonly string[];
  readonly recreate: Recreate;
  readonly recreateDependencies: Recreate;
  readonly renewVolumes?: boolean;
  readonly removeOrphans?: boolean;
  readonly ignoreOrphans?: boolean;
  readonly timeout?: number;
  readonly assumeYes?: boolean;
}

/** @throws CliError, ApiError */
export function* createProject(session: Session, project: Project, options: CreateOptions): Task<void> {
  yield* ensureImages(session, project, options);
  const networks = yield* ensureNetworks(session, project);
  yield* ensureVolumes(session, project, options.assumeYes ?? false);
  const containers = yield* projectContainers(session.cli, project.name, { oneOff: 'include' });
  yield* handleOrphans(session, project, containers, options);
  const state = new Map<string, ContainerSummary[]>();
  for (const each of containers) if (!isOneOff(each)) state.set(serviceOf(each), [...(state.get(serviceOf(each)) ?? []), each]);
  yield* inOrder(session.cli, Object.keys(project.services), (name) => Object.keys(project.services[name]!.depends_on ?? {}), (name) => {
    const strategy = !options.services.length || options.services.includes(name) ? options.recreate : options.recreateDependencies;
    return new Convergence(session, project, options, state, networks).ensure(project.services[name]!, strategy);
  });
}

export function isOrphan(project: Project, container: ContainerSummary): boolean {
  if (isOneOff(container)) return ['exited', 'dead'].includes(container.State);
  return !project.services[serviceOf(container)] && !project.disabled[serviceOf(container)];
}

function* handleOrphans(session: Session, project: Project, containers: readonly ContainerSummary[], options: CreateOptions): Task<void> {
  const orphans = containers.filter((each) => isOrphan(project, each));
  if (!orphans.length || options.ignoreOrphans) return;
  if (options.removeOrphans) return yield* stopAndRemove(session, orphans, options);
  yield* session.warn(`Found orphan containers ([${orphans.map(nameOf).join(' ')}]) for this project. If you removed or renamed this service in your compose file, you can run this command with the --remove-orphans flag to clean it up.`);
}

/** @throws CliError */
export function checkScale(service: Service): number {
  const count = replicas(service);
  if (count > 1 && service.container_name) {
    throw new CliError(`WARNING: The ${quote(service.name)} service is using the custom container name ${quote(service.container_name)}. Docker requires each container to have a unique name. Remove the custom name to scale the service`);
  }
  return count;
}

/** `service:x` and services of `volumes_from` as containers. @throws CliError */
export function resolveReferences(service: Service, find: (name: string) => ContainerSummary | undefined): Service {
  const get = (name: string, what: string): string => {
    const found = find(name);
    if (!found) throw new CliError(`cannot share ${what} with service ${name}: container missing`);
    return found.Id;
  };
  const out: Service = { ...service };
  if (service.volumes_from) out.volumes_from = service.volumes_from.map((each) => (each.startsWith('container:') ? each.split(':')[1]! : get(each.split(':')[0]!, 'volume')));
  for (const [key, what] of [['network_mode', 'network namespace'], ['ipc', 'IPC namespace'], ['pid', 'PID namespace']] as const) {
    const value = out[key] as string | undefined;
    if (value?.startsWith('service:')) out[key] = `container:${get(value.slice(8), what)}`;
  }
  return out;
}

/** Create a container, telling of it. */
export function* createContainer(session: Session, project: Project, service: Service, how: { name: string; number: number; before?: ContainerSummary; oneOff?: boolean; autoRemove?: boolean; attachStdin?: boolean; aliases?: boolean; labels?: Record<string, string>; replaces?: string }): Task<ContainerSummary> {
  const { engine } = session.cli;
  const image = yield* imageOf(session, imageName(project, service));
  const mounts = yield* serviceMounts(session.cli, project, service, Object.keys(image?.Config?.Volumes ?? {}), how.before);
  const request = serviceRequest(project, service, mounts, {
    name: how.name, number: how.number, imageId: image?.Id ?? '', oneOff: how.oneOff ?? false, autoRemove: how.autoRemove ?? false, attachStdin: how.attachStdin ?? false,
    ...(how.aliases !== undefined && { aliases: how.aliases }), ...(how.labels && { labels: how.labels }), ...(how.replaces && { replaced: how.replaces }),
  });
  const created = yield* engine.containerCreate(request);
  for (const warning of created.Warnings ?? []) yield* session.progress.event(service.name, { text: warning, state: 'warning' });
  return (yield* engine.containerList({ all: true, filters: { id: [created.Id] } }))[0]!;
}

class Convergence {
  readonly #session: Session;
  readonly #project: Project;
  readonly #options: CreateOptions;
  readonly #state: Map<string, ContainerSummary[]>;
  readonly #networks: Readonly<Record<string, string>>;

  constructor(session: Session, project: Project, options: CreateOptions, state: Map<string, ContainerSummary[]>, networks: Readonly<Record<string, string>>) {
    this.#session = session;
    this.#project = project;
    this.#options = options;
    this.#state = state;
    this.#networks = networks;
  }

  *ensure(service: Service, recreate: Recreate): Task<void> {
    const session = this.#session;
    const expected = checkScale(service);
    const image = yield* imageOf(session, imageName(this.#project, service));
    const obsolete = (each: ContainerSummary): boolean => this.#mustRecreate(service, each, recreate, image?.Id ?? '');
    // Those that are up to date and low in number stay when there are too many.
    const found = [...(this.#state.get(service.name) ?? [])].sort((a, b) => Number(obsolete(a)) - Number(obsolete(b)) || numberOf(a) - numberOf(b));
    const resolved = resolveReferences(service, (name) => this.#state.get(name)?.[0]);
    const updated: ContainerSummary[] = [];
    const works: (() => Task<void>)[] = [];
    for (const [i, container] of found.entries()) {
      if (i >= expected) works.push(() => this.#drop(container));
      else if (obsolete(container)) {
        works.push(() => this.#recreate(service, resolved, container, (now) => void (updated[i] = now)));
      } else {
        updated[i] = container;
        if (container.State === 'running') yield* session.progress.done(`Container ${nameOf(container)}`, 'Running');
      }
    }
    let next = Math.max(0, ...found.map(numberOf));
    for (let i = found.length; i < expected; i++) {
      const number = ++next;
      works.push(() => this.#create(resolved, number, (now) => void (updated[i] = now)));
    }
    yield* parallel(session.cli, works);
    this.#state.set(service.name, updated.filter(Boolean).sort((a, b) => compare(nameOf(a), nameOf(b))));
  }

  #mustRecreate(service: Service, container: ContainerSummary, policy: Recreate, imageId: string): boolean {
    if (policy !== 'diverged') return policy === 'force';
    if (container.Labels[label('config-hash')] !== serviceHash(service)) return true;
    if (container.Labels[label('image')] !== imageId) return true;
    const { Networks } = container.NetworkSettings;
    if (container.State === 'running' && !service.network_mode && networkOrder(this.#project, service).some(([key, name]) => (Networks[name] as { NetworkID?: string } | undefined)?.NetworkID !== this.#networks[key])) return true;
    return (service.volumes ?? []).some((each) => each.type === 'volume' && each.source && !container.Mounts.some((mount) => mount.Type === 'volume' && mount.Name === this.#project.volumes[each.source!]?.name));
  }

  *#drop(container: ContainerSummary): Task<void> {
    yield* stopOne(this.#session, container, this.#options);
    yield* removeOne(this.#session, container, {});
  }

  *#create(service: Service, number: number, done: (container: ContainerSummary) => void): Task<void> {
    const name = service.container_name ?? `${this.#project.name}-${service.name}-${number}`;
    const id = `Container ${name}`;
    yield* this.#session.progress.working(id, 'Creating');
    done(yield* shown(this.#session, id, errorText, () => createContainer(this.#session, this.#project, service, { name, number })));
    yield* this.#session.progress.done(id, 'Created');
  }

  *#recreate(declared: Service, service: Service, before: ContainerSummary, done: (container: ContainerSummary) => void): Task<void> {
    const session = this.#session;
    const { engine } = session.cli;
    const name = nameOf(before);
    const id = `Container ${name}`;
    for (const each of Object.values(this.#project.services)) {
      if (!each.depends_on?.[declared.name]?.restart) continue;
      const running = (this.#state.get(each.name) ?? []).filter((other) => other.State === 'running');
      yield* parallel(session.cli, running.map((other) => () => stopOne(session, other, this.#options)));
      for (const other of running) other.State = 'exited';
    }
    yield* session.progress.working(id, 'Recreate');
    yield* shown(session, id, errorText, (function* (this: Convergence) {
      const number = numberOf(before);
      const created = yield* createContainer(session, this.#project, service, {
        name: `${before.Id.slice(0, 12)}_${name}`, number, replaces: shortName(before), ...(!this.#options.renewVolumes && { before }),
      });
      const { timeout } = this.#options;
      yield* engine.containerStop(before.Id, timeout === undefined ? {} : { timeout });
      yield* engine.containerRemove(before.Id, {});
      yield* engine.containerRename(created.Id, service.container_name ?? `${this.#project.name}-${service.name}-${number}`);
      done((yield* engine.containerList({ all: true, filters: { id: [created.Id] } }))[0]!);
    }).bind(this));
    yield* session.progress.done(id, 'Recreated');
  }
}
