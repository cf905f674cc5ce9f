// Renames a container.

import { ApiError } from '../../api/errors.ts';
import type { EngineContext } from '../engine-context.ts';
import type { Container } from './container.ts';
import { containerEvent } from './container-event.ts';
import { saveConfig } from './create.ts';

/** @throws invalidParameter, conflict */
export function renameContainer(context: EngineContext, container: Container, name: string): void {
  if (name === '') throw new ApiError('invalidParameter', 'Neither old nor new names may be empty');
  const full = name.startsWith('/') ? name : `/${name}`;
  const old = container.name;
  if (full === old) throw new ApiError('invalidParameter', 'Renaming a container with the same name as its current name');
  try {
    container.name = context.containers.reserveName(full, container.id);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new ApiError(error.kind, `Error when allocating new name: ${error.message}`);
  }
  context.containers.releaseName(old);
  for (const network of context.networks.all()) {
    const member = network.members.get(container.id);
    if (member) network.members.set(container.id, { ...member, name: container.name.slice(1) });
  }
  saveConfig(context, container);
  containerEvent(context, container, 'rename', { oldName: old });
}
