// Networks and volumes of a project: made when they are missing, told of when they are not ours or have changed.

import { ApiError } from '../../api/errors.ts';
import type { NetworkSummary } from '../../api/system.ts';
import type { Volume } from '../../api/volume.ts';
import type { Task } from '../../base/task.ts';
import { CliError, notSimulated } from '../errors.ts';
import { quote } from '../go.ts';
import { networkHash, volumeHash } from './hash.ts';
import { compare, label, projectContainers, VERSION } from './labels.ts';
import type { Project, ProjectNetwork, ProjectVolume } from './project.ts';
import type { Session } from './session.ts';
import { stopAll, stopAndRemove } from './stop.ts';

/** undefined instead of a `notFound`. */
export function* existing<T>(call: Task<T>): Task<T | undefined> {
  try {
    return yield* call;
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'notFound') return undefined;
    throw error;
  }
}

const byKey = <T>(record: Record<string, T>): [string, T][] => Object.entries(record).sort(([a], [b]) => compare(a, b));

/** @param assumeYes `-y`: recreate what has changed without asking. @returns names of volumes by key */
export function* ensureVolumes(session: Session, project: Project, assumeYes: boolean): Task<void> {
  for (const [key, volume] of byKey(project.volumes)) yield* ensureVolume(session, project, key, volume, assumeYes);
}

function* ensureVolume(session: Session, project: Project, key: string, volume: ProjectVolume, assumeYes: boolean): Task<void> {
  const { engine } = session.cli;
  const found = yield* existing(engine.volumeInspect(volume.name));
  if (volume.external) {
    if (!found) throw new CliError(`external volume ${quote(volume.name)} not found`);
    return;
  }
  if (!found) return yield* createVolume(session, project, key, volume);
  const owner = found.Labels?.[label('project')];
  const hint = 'Use `external: true` to use an existing volume';
  if (owner === undefined) return yield* session.warn(`volume ${quote(volume.name)} already exists but was not created by Docker Compose. ${hint}`);
  if (owner !== project.name) return yield* session.warn(`volume ${quote(volume.name)} already exists but was created for project ${quote(owner)} (expected ${quote(project.name)}). ${hint}`);
  const hash = found.Labels?.[label('config-hash')];
  if (hash === undefined || hash === volumeHash(volume)) return;
  if (!(yield* confirm(session, `Volume ${quote(volume.name)} exists but doesn't match configuration in compose file. Recreate (data will be lost)?`, assumeYes))) return;
  yield* replaceVolume(session, project, key, volume, found);
}

function* replaceVolume(session: Session, project: Project, key: string, volume: ProjectVolume, found: Volume): Task<void> {
  const users = (yield* projectContainers(session.cli, project.name)).filter((each) => each.Mounts.some((mount) => mount.Type === 'volume' && mount.Name === found.Name));
  yield* stopAndRemove(session, users, {});
  yield* session.cli.engine.volumeRemove(found.Name, { force: true });
  yield* createVolume(session, project, key, volume);
}

function* createVolume(session: Session, project: Project, key: string, volume: ProjectVolume): Task<void> {
  const id = `Volume ${volume.name}`;
  yield* session.progress.working(id, 'Creating');
  const Labels = { ...volume.labels, [label('config-hash')]: volumeHash(volume), [label('project')]: project.name, [label('volume')]: key, [label('version')]: VERSION };
  try {
    yield* session.cli.engine.volumeCreate({ Name: volume.name, Labels, ...(volume.driver && { Driver: volume.driver }), ...(volume.driver_opts && { DriverOpts: { ...volume.driver_opts } }) });
  } catch (error) {
    yield* session.progress.event(id, { status: 'Error', state: 'error' });
    throw error;
  }
  yield* session.progress.done(id, 'Created');
}

/** A question of yes and no; without a terminal the answer is no. */
export function* confirm(session: Session, question: string, assumeYes: boolean): Task<boolean> {
  const { cli } = session;
  if (assumeYes) return true;
  if (!cli.isTerminal(0)) {
    yield* cli.out(question);
    return false;
  }
  yield* cli.out(`\u001B[0;1;92m? \u001B[0m\u001B[0;1;99m${question} \u001B[0m\u001B[0;37m(y/N) \u001B[0m`);
  let line = '';
  for (;;) {
    const bytes = yield* cli.sys.read(0, 1);
    if (!bytes.length || bytes[0] === 10) break;
    line += String.fromCharCode(bytes[0]!);
  }
  return /^y(es)?$/i.test(line.trim());
}

/** @returns ids by key */
export function* ensureNetworks(session: Session, project: Project): Task<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const [key, network] of byKey(project.networks)) ids[key] = yield* ensureNetwork(session, project, key, network);
  return ids;
}

function* ensureNetwork(session: Session, project: Project, key: string, network: ProjectNetwork): Task<string> {
  const { engine } = session.cli;
  const found = (yield* engine.networkList({ name: [network.name] })).find((each) => each.Name === network.name);
  if (network.external) {
    if (!found) throw new CliError(`network ${network.name} declared as external, but could not be found`);
    return found.Id;
  }
  if (!found) return yield* createNetwork(session, project, key, network);
  const { Labels } = found;
  if (Labels[label('project')] === undefined) {
    yield* session.warn(`a network with name ${network.name} exists but was not created by compose.\nSet \`external: true\` to use an existing network`);
  } else if (Labels[label('project')] !== project.name) {
    yield* session.warn(`a network with name ${network.name} exists but was not created for project ${quote(project.name)}.\nSet \`external: true\` to use an existing network`);
  }
  if (Labels[label('network')] !== key) throw new CliError(`network ${network.name} was found but has incorrect label ${label('network')} set to ${quote(Labels[label('network')] ?? '')} (expected: ${quote(key)})`);
  const hash = Labels[label('config-hash')];
  if (hash === undefined || hash === networkHash(network)) return found.Id;
  return yield* replaceNetwork(session, project, key, network, found);
}

function* replaceNetwork(session: Session, project: Project, key: string, network: ProjectNetwork, found: NetworkSummary): Task<string> {
  const users = (yield* projectContainers(session.cli, project.name)).filter((each) => network.name in each.NetworkSettings.Networks);
  yield* stopAll(session, users, {});
  yield* session.cli.engine.networkRemove(found.Id);
  yield* session.progress.done(`Network ${network.name}`, 'Removed');
  return yield* createNetwork(session, project, key, network);
}

function* createNetwork(session: Session, project: Project, key: string, network: ProjectNetwork): Task<string> {
  const unsimulated = ['ipam', 'internal', 'enable_ipv6', 'driver_opts'].find((each) => network[each]);
  if (unsimulated) throw notSimulated(`${unsimulated} of a network`);
  const id = `Network ${network.name}`;
  yield* session.progress.working(id, 'Creating');
  const Labels = { ...network.labels, [label('config-hash')]: networkHash(network), [label('network')]: key, [label('project')]: project.name, [label('version')]: VERSION };
  let created: { Id: string };
  try {
    created = yield* session.cli.engine.networkCreate({ Name: network.name, Driver: network.driver || 'bridge', Labels });
  } catch (error) {
    yield* session.progress.event(id, { status: 'Error', state: 'error' });
    throw error instanceof ApiError ? new CliError(`failed to create network ${network.name}: Error response from daemon: ${error.message}`) : error;
  }
  yield* session.progress.done(id, 'Created');
  return created.Id;
}

