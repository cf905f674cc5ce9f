// placeholder
import type { JsonMessage } from '../../api/image.ts';
import type { Task } from '../../base/task.ts';
import type { EngineContext } from '../engine-context.ts';
import { ApiError } from '../../api/errors.ts';
import type { BuildCache } from './build-cache.ts';
import type { BuildJob } from './build-image.ts';
export function buildKit(_context: EngineContext, _cache: BuildCache, _job: BuildJob, _emit: (message: JsonMessage) => void): Task<void> {
  throw new ApiError('notSimulated', 'BuildKit');
}
