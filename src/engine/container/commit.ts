// Makes an image of a container's writable layer, pausing it meanwhile.

import type { EngineClient } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import { applyChanges } from '../build/changes.ts';
import type { EngineContext } from '../engine-context.ts';
import type { Container } from './container.ts';
import { containerEvent } from './container-event.ts';
import { pauseContainer, unpauseContainer } from './freeze.ts';

type CommitOptions = Parameters<EngineClient['containerCommit']>[1];

/** @returns the image's id. @throws conflict, invalidParameter (reference, changes) */
export function commitContainer(context: EngineContext, container: Container, options: CommitOptions): string {
  if (container.removing || container.dead) throw new ApiError('conflict', `You cannot commit container ${container.id} which is ${container.dead ? 'Dead' : 'being removed'}`);
  const pause = options.pause !== false && container.running && !container.paused;
  if (pause) pauseContainer(context, container);
  // Mounted meanwhile, like every layer that is read.
  context.driver.get(container.layer);
  try {
    const image = context.images.createFromDiff({
      parent: container.imageId,
      diffPath: context.driver.diffPath(container.layer),
      config: applyChanges(container.config, options.changes ?? []),
      comment: options.comment ?? '',
      author: options.author ?? '',
      createdBy: (container.config.Cmd ?? []).join(' '),
      reference: options.reference,
    });
    containerEvent(context, container, 'commit', { comment: options.comment ?? '', imageID: image, imageRef: options.reference ?? '' });
    return image;
  } finally {
    context.driver.put(container.layer);
    if (pause) unpauseContainer(context, container);
  }
}
