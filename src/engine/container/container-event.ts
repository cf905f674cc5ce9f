// Events about a container: its labels, image and name go into the attributes, sorted by key.

import type { EngineContext } from '../engine-context.ts';
import type { Container } from './container.ts';

export function containerEvent(context: EngineContext, container: Container, action: string, attributes: Record<string, string> = {}): void {
  if (container.hidden) return;
  context.emit('container', action, container.id, {
    ...container.config.Labels,
    ...attributes,
    image: container.config.Image,
    name: container.name.slice(1),
  });
}
