// Stopping and removing containers.

import type { ContainerSummary } from '../../api/container.ts';
import { ApiError } from '../../api/errors.ts';
import type { Task } from '../../base/task.ts';
import { unmodified } from '../errors.ts';
import { nameOf, serviceOf } from './labels.ts';
import { inOrder, parallel } from './parallel.ts';
import { dependents, type Project } from './project.ts';
import type { Session } from './session.ts';

export interface StopOptions {
  /** Seconds. */
  readonly timeout?: number;
  readonly volumes?: boolean;
}

const id = (container: ContainerSummary): string => `Container ${nameOf(container)}`;

export function* stopOne(session: Session, container: ContainerSummary, { timeout }: StopOptions): Task<void> {
  yield* session.progress.working(id(container), 'Stopping');
  try {
    yield* unmodified(session.cli.engine.containerStop(container.Id, timeout === undefined ? {} : { timeout }));
  } catch (error) {
    yield* session.progress.event(id(container), { status: 'Error while Stopping', state: 'error' });
    throw error;
  }
  yield* session.progress.done(id(container), 'Stopped');
}

export function* removeOne(session: Session, container: ContainerSummary, { volumes = false }: StopOptions): Task<void> {
  yield* session.progress.working(id(container), 'Removing');
  try {
    yield* session.cli.engine.containerRemove(container.Id, { force: true, removeVolumes: volumes });
  } catch (error) {
    yield* session.progress.event(id(container), { status: 'Error while Removing', state: 'error' });
    throw error;
  }
  yield* session.progress.done(id(container), 'Removed');
}

export const stopAll = (session: Session, containers: readonly ContainerSummary[], options: StopOptions): Task<void> =>
  parallel(session.cli, containers.map((each) => () => stopOne(session, each, options)));

/** Stop and remove all at once, whatever they depend on. */
export const stopAndRemove = (session: Session, containers: readonly ContainerSummary[], options: StopOptions): Task<void> =>
  parallel(session.cli, containers.map((each) => function* () {
    try {
      yield* stopOne(session, each, options);
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind !== 'notFound') throw error;
      return yield* session.progress.done(id(each), 'Removed');
    }
    yield* removeOne(session, each, options);
  }));

/** By service, those first that nothing else needs. */
export function byService(session: Session, project: Project, containers: readonly ContainerSummary[], act: (containers: ContainerSummary[]) => Task<void>): Task<void> {
  return inOrder(session.cli, Object.keys(project.services), (name) => dependents(project, name), (name) => act(containers.filter((each) => serviceOf(each) === name)));
}

export const stopServices = (session: Session, project: Project, containers: readonly ContainerSummary[], options: StopOptions): Task<void> =>
  byService(session, project, containers, (own) => stopAll(session, own, options));
