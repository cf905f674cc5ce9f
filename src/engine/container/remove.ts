// Removes a container: its layer, its directory, its hold on volumes, its name.

import { ApiError } from '../../api/errors.ts';
import type { Task } from '../../base/task.ts';
import type { EngineContext } from '../engine-context.ts';
import { removeTree } from '../files.ts';
import { disconnect } from '../network/endpoint.ts';
import type { Container } from './container.ts';
import { containerEvent } from './container-event.ts';
import { mountHome } from './mount-home.ts';
import { killContainer } from './kill.ts';

/** @param shown the container as the caller named it. @throws conflict (running, paused, already under way) */
export function* forceRemove(context: EngineContext, container: Container, shown: string, { force = false, removeVolumes = false }): Task<void> {
  if (container.removing) throw new ApiError('conflict', `removal of container ${shown} is already in progress`);
  if (container.running) {
    if (!force) {
      const why = container.paused
        ? 'container is paused and must be unpaused first'
        : `container is ${container.restarting ? 'restarting' : 'running'}: stop the container before removing or force remove`;
      throw new ApiError('conflict', `cannot remove container "${shown}": ${why}`);
    }
    container.removing = true;
    yield* killContainer(context, container);
  }
  removeContainer(context, container, { removeVolumes });
}

/** One that does not run. */
export function removeContainer(context: EngineContext, container: Container, { removeVolumes = false }): void {
  if (container.removed) return;
  container.removing = true;
  dismantle(context, container, removeVolumes);
  context.containers.drop(container);
  container.removed = true;
  containerEvent(context, container, 'destroy');
  container.changed.wakeAll();
}

/** Layers, directory and volume references; also of a container whose creation failed half-way. */
export function dismantle(context: EngineContext, container: Container, removeVolumes: boolean): void {
  const { driver, sys, volumes } = context;
  disconnect(context, container);
  for (const exec of context.execs.values()) if (exec.container === container) context.execs.delete(exec.id);
  for (const layer of [container.layer, `${container.layer}-init`]) if (driver.exists(layer)) driver.remove(layer);
  for (const directory of [`${context.root}/containers/${container.id}`, mountHome(context.root, container.id)]) removeTree(sys, directory);
  for (const mount of container.mounts.values()) {
    // It may have come by --volumes-from.
    const shared = mount.layer && context.containers.all().some((other) => other !== container && [...other.mounts.values()].some(({ layer }) => layer === mount.layer));
    if (mount.layer && !shared && driver.exists(mount.layer)) driver.remove(mount.layer);
    if (mount.type !== 'volume') continue;
    volumes.release(mount.name, container.id);
    const volume = volumes.find(mount.name);
    if (removeVolumes && !mount.spec.Source && volume && !volume.references.size) volumes.remove(mount.name);
  }
}
