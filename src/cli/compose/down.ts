// `down`: containers, then networks, volumes and images.

import { ApiError } from '../../api/errors.ts';
import type { Task } from '../../base/task.ts';
import { familiarTagged, parseReference } from '../opts/reference.ts';
import { isOrphan } from './converge.ts';
import { imageOf } from './images.ts';
import { byProject, compare, isOneOff, projectContainers } from './labels.ts';
import { parallel } from './parallel.ts';
import { imageName, type Project } from './project.ts';
import { existing } from './resources.ts';
import type { Session } from './session.ts';
import { byService, stopAndRemove } from './stop.ts';

export interface DownOptions {
  readonly volumes: boolean;
  readonly removeOrphans: boolean;
  /** '' keeps them. */
  readonly images: string;
  readonly timeout?: number;
  readonly services: readonly string[];
}

/** @param declared false for a project known by its containers only */
export function* downProject(session: Session, project: Project, options: DownOptions, declared: boolean): Task<void> {
  const { cli } = session;
  const all = yield* projectContainers(cli, project.name, { oneOff: 'include' });
  const regular = all.filter((each) => !isOneOff(each) || options.removeOrphans);
  const stop = { ...(options.timeout !== undefined && { timeout: options.timeout }), volumes: options.volumes };
  yield* byService(session, project, regular, (own) => stopAndRemove(session, own, stop));
  if (options.services.length) return;
  // As the real one: those of `run` are gone by now, and are told of twice.
  if (options.removeOrphans) yield* stopAndRemove(session, all.filter((each) => isOrphan(project, each)), stop);
  const works: (() => Task<void>)[] = [];
  if (options.images) for (const name of yield* imagesOf(session, project, options.images)) works.push(() => removeImage(session, name));
  if (options.volumes) for (const name of yield* volumesOf(session, project, declared)) works.push(() => removeVolume(session, name));
  for (const name of yield* networksOf(session, project, declared)) works.push(() => removeNetwork(session, name));
  if (!works.length && !all.length && !declared) yield* session.warn(`Warning: No resource found to remove for project ${JSON.stringify(project.name)}.`);
  yield* parallel(cli, works);
}

function* networksOf(session: Session, project: Project, declared: boolean): Task<string[]> {
  const found = yield* session.cli.engine.networkList(byProject(project.name));
  const names = declared ? Object.values(project.networks).filter((each) => !each.external).map((each) => each.name) : found.map((each) => each.Name);
  return names.filter((name) => found.some((each) => each.Name === name)).sort(compare);
}

function* volumesOf(session: Session, project: Project, declared: boolean): Task<string[]> {
  const { Volumes } = yield* session.cli.engine.volumeList(declared ? {} : byProject(project.name));
  const names = declared ? Object.values(project.volumes).filter((each) => !each.external).map((each) => each.name) : Volumes.map((each) => each.Name);
  return names.filter((name) => Volumes.some((each) => each.Name === name)).sort(compare);
}

function* imagesOf(session: Session, project: Project, which: string): Task<string[]> {
  const names = Object.values(project.services).filter((each) => which === 'all' || each.build !== undefined || !each.image).map((each) => imageName(project, each));
  const present: string[] = [];
  for (const name of new Set(names)) if (yield* imageOf(session, name)) present.push(familiarTagged(parseReference(name)));
  return present;
}

function* removeVolume(session: Session, name: string): Task<void> {
  const id = `Volume ${name}`;
  yield* session.progress.working(id, 'Removing');
  try {
    yield* session.cli.engine.volumeRemove(name, { force: true });
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind !== 'conflict') throw error;
    return yield* session.progress.event(id, { status: 'Resource is still in use', state: 'warning' });
  }
  yield* session.progress.done(id, 'Removed');
}

function* removeNetwork(session: Session, name: string): Task<void> {
  const id = `Network ${name}`;
  yield* session.progress.working(id, 'Removing');
  const { Containers } = yield* session.cli.engine.networkInspect(name);
  if (Object.keys((Containers ?? {}) as object).length) return yield* session.progress.event(id, { status: 'Resource is still in use', state: 'warning' });
  yield* existing(session.cli.engine.networkRemove(name));
  yield* session.progress.done(id, 'Removed');
}

function* removeImage(session: Session, name: string): Task<void> {
  const id = `Image ${name}`;
  yield* session.progress.working(id, 'Removing');
  try {
    yield* session.cli.engine.imageRemove(name, {});
  } catch (error) {
    if (!(error instanceof ApiError) || !['conflict', 'notFound'].includes(error.kind)) throw error;
    return yield* session.progress.event(id, { status: error.kind === 'conflict' ? 'Resource is still in use' : 'Warning: No resource found to remove', state: 'warning' });
  }
  yield* session.progress.done(id, 'Removed');
}

