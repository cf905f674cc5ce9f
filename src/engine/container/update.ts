// Changes a container's restart policy and resource limits; its data and layer stay.

import type { HostConfig } from '../../api/container.ts';
import { ApiError } from '../../api/errors.ts';
import type { EngineContext } from '../engine-context.ts';
import { containerEvent } from './container-event.ts';
import { saveConfig, saveHostConfig } from './create.ts';
import { checkResources, checkRestartPolicy } from './host-config.ts';

/** What was asked is looked at before the container is. @throws invalidParameter, notFound, conflict */
export function updateContainer(context: EngineContext, id: string, update: Partial<HostConfig>): void {
  const { RestartPolicy, ...resources } = update;
  if (RestartPolicy?.Name) checkRestartPolicy(RestartPolicy);
  checkResources(resources, context.sys.system().processors, true);
  const container = context.containers.get(id);
  const refuse = (why: string) => new ApiError('invalidParameter', `Cannot update container ${container.id}: ${why}`);
  if (RestartPolicy?.Name && RestartPolicy.Name !== 'no' && container.hostConfig.AutoRemove) {
    throw refuse('Restart policy cannot be updated because AutoRemove is enabled for the container');
  }
  const changes = Object.fromEntries(Object.entries(resources).filter(([, value]) => value !== undefined && value !== null && value !== 0 && value !== '' && !(Array.isArray(value) && !value.length)));
  const swap = Number(container.hostConfig['MemorySwap']);
  if (Number(resources.Memory) > swap && !resources['MemorySwap']) {
    throw refuse('Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time');
  }
  if (container.removing || container.dead) throw new ApiError('system', `cannot update container ${container.id}: container is marked for removal and cannot be "update"`);
  Object.assign(container.hostConfig, changes);
  if (RestartPolicy?.Name) container.hostConfig.RestartPolicy = { Name: RestartPolicy.Name, MaximumRetryCount: RestartPolicy.MaximumRetryCount ?? 0 };
  saveConfig(context, container);
  saveHostConfig(context, container);
  containerEvent(context, container, 'update');
}
