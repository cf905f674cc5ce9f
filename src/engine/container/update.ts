// Changes a container's restart policy and resource limits; its data and layer stay.

import type { HostConfig } from '../../api/container.ts';
import { ApiError } from '../../api/errors.ts';
import type { EngineContext } from '../engine-context.ts';
import type { Container } from './container.ts';
import { containerEvent } from './container-event.ts';
import { saveConfig, saveHostConfig } from './create.ts';
import { checkHostConfig, checkRestartPolicy } from './host-config.ts';

/** @throws invalidParameter, conflict */
export function updateContainer(context: EngineContext, container: Container, update: Partial<HostConfig>): void {
  const { RestartPolicy, ...resources } = update;
  const refuse = (why: string) => new ApiError('invalidParameter', `Cannot update container ${container.id}: ${why}`);
  if (RestartPolicy?.Name) {
    checkRestartPolicy(RestartPolicy);
    if (container.hostConfig.AutoRemove && RestartPolicy.Name !== 'no') throw refuse('Restart policy cannot be updated because AutoRemove is enabled for the container');
  }
  const changes = Object.fromEntries(Object.entries(resources).filter(([, value]) => value !== undefined && value !== null && value !== 0 && value !== '' && !(Array.isArray(value) && !value.length)));
  const swap = Number(container.hostConfig['MemorySwap']);
  if (Number(resources.Memory) > swap && swap !== -1 && !resources['MemorySwap']) {
    throw refuse('Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time');
  }
  checkHostConfig(container.config, { ...container.hostConfig, ...changes, RestartPolicy: RestartPolicy?.Name ? RestartPolicy : container.hostConfig.RestartPolicy } as HostConfig, context.sys.system().processors);
  if (container.removing || container.dead) throw new ApiError('system', `cannot update container ${container.id}: container is marked for removal and cannot be "update"`);
  Object.assign(container.hostConfig, changes);
  if (RestartPolicy?.Name) container.hostConfig.RestartPolicy = { Name: RestartPolicy.Name, MaximumRetryCount: RestartPolicy.MaximumRetryCount ?? 0 };
  saveConfig(context, container);
  saveHostConfig(context, container);
  containerEvent(context, container, 'update');
}
