// placeholder
import type { JsonMessage } from '../../api/image.ts';
import type { Task } from '../../base/task.ts';
import type { EngineContext } from '../engine-context.ts';
import { ApiError } from '../../api/errors.ts';
import type { BuildJob } from './build-image.ts';
export function prepareLegacy(_context: EngineContext, _job: BuildJob): (emit: (message: JsonMessage) => void) => Task<void> {
  throw new ApiError('notSimulated', 'the legacy builder');
}
