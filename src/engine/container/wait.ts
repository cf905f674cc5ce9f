// Waiting for a container's end, registered before it can be missed.

import type { PendingExit, WaitCondition } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import type { Container } from './container.ts';

export function waitContainer(container: Container, condition: WaitCondition): PendingExit {
  if (!['not-running', 'next-exit', 'removed', ''].includes(condition)) throw new ApiError('invalidParameter', `invalid condition: "${condition as string}"`);
  const exits = container.exits;
  const stopped = condition === 'not-running' && !container.running;
  const done = () => {
    if (condition === 'removed') return container.removed;
    return stopped || container.exits > exits || container.removed;
  };
  return {
    *wait() {
      yield* container.changed.until(done);
      return { StatusCode: container.exitCode };
    },
  };
}
