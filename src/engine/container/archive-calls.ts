// The calls that look at a container's files from outside: diff, export, commit, and the three of `docker cp`.

import type { EngineClient } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import { changesOf } from '../archive/changes.ts';
import { copyFrom, copyTo, exportTree, statPath } from '../archive/container-paths.ts';
import type { ArchiveTarget } from '../archive-target.ts';
import type { EngineContext } from '../engine-context.ts';
import { lookupUser } from '../runtime/lookup-user.ts';
import { byDepth } from '../runtime/runtime-mount.ts';
import { acquireMounts, releaseMounts } from '../runtime/set-up-mounts.ts';
import { commitContainer } from './commit.ts';
import { statOf } from '../files.ts';
import type { Container } from './container.ts';
import { containerEvent } from './container-event.ts';

type ArchiveCalls = Pick<EngineClient, 'containerDiff' | 'containerExport' | 'containerCommit' | 'containerStatPath' | 'copyFromContainer' | 'copyToContainer'>;

export function archiveCalls(context: EngineContext): ArchiveCalls {
  const { containers, driver, sys } = context;
  return {
    *containerDiff(id) {
      const { layer } = containers.get(id);
      const merged = driver.get(layer);
      const lower = driver.get(`${layer}-init`);
      try {
        return changesOf(sys, { upper: driver.diffPath(layer), merged, lower });
      } finally {
        driver.put(`${layer}-init`);
        driver.put(layer);
      }
    },
    *containerExport(id) {
      const container = containers.get(id);
      const root = driver.get(container.layer);
      containerEvent(context, container, 'export');
      return exportTree(sys, root, () => driver.put(container.layer));
    },
    *containerCommit(id, options) {
      return { Id: commitContainer(context, containers.get(id), options) };
    },
    *containerStatPath(id, path) {
      requirePath(path);
      const container = find(context, id);
      const { target, end } = openTarget(context, container, id);
      try {
        return statPath(sys, target, path);
      } finally {
        end();
      }
    },
    *copyFromContainer(id, path) {
      requirePath(path);
      const container = find(context, id);
      const { target, end } = openTarget(context, container, id);
      try {
        const copy = copyFrom(sys, target, path, end);
        containerEvent(context, container, 'archive-path');
        return copy;
      } catch (error) {
        end();
        throw error;
      }
    },
    *copyToContainer(id, path, content, options) {
      const container = find(context, id);
      const { target, end } = openTarget(context, container, id);
      try {
        const user = options.copyUidGid && container.config.User ? lookupUser(sys, target.rootDirectory, container.config.User) : undefined;
        yield* copyTo(sys, target, path, content, { noOverwriteDirNonDir: !options.allowOverwriteDirWithFile, ...(user && { owner: user }) });
        containerEvent(context, container, 'extract-to-dir');
      } finally {
        end();
      }
    },
  };
}

function requirePath(path: string): void {
  if (!path) throw new ApiError('invalidParameter', 'bad parameter: pathcannot be empty');
}

function find(context: EngineContext, id: string): Container {
  const container = context.containers.get(id);
  if (container.removing) throw new ApiError('conflict', `container is marked for removal: ${id}`);
  return container;
}

function openTarget(context: EngineContext, container: Container, name: string): { target: ArchiveTarget; end(): void } {
  const rootDirectory = context.driver.get(container.layer);
  try {
    const mounts = acquireMounts(context, container)
      .filter((mount) => mount.type === '')
      .map(({ source, destination, flags }) => ({ source, destination, readonly: !!flags.readonly }));
    const files: typeof mounts = [];
    for (const name of ['resolv.conf', 'hostname', 'hosts']) {
      const source = `${context.root}/containers/${container.id}/${name}`, destination = `/etc/${name}`;
      // It is written at the first start.
      if (!container.mounts.has(destination) && statOf(context.sys, source)) files.push({ source, destination, readonly: container.hostConfig.ReadonlyRootfs });
    }
    let open = true;
    return {
      target: { rootDirectory, mounts: [...mounts.sort(byDepth), ...files], readonlyRoot: container.hostConfig.ReadonlyRootfs, name },
      end() {
        if (!open) return;
        open = false;
        releaseMounts(context, container);
        context.driver.put(container.layer);
      },
    };
  } catch (error) {
    context.driver.put(container.layer);
    throw error;
  }
}
