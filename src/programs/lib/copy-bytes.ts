// Moving bytes from one open descriptor to another.

import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import type { Io } from './messages.ts';

export const CHUNK = 65_536;

/** What failed while copying: which side, and why. */
export interface CopyFailure {
  readonly side: 'read' | 'write';
  readonly error: KernelError;
}

/** To the end of `from`. @returns what failed, if anything */
export function* copyBytes(io: Io, from: number, to: number): Task<CopyFailure | undefined> {
  let side: CopyFailure['side'] = 'read';
  try {
    for (;;) {
      side = 'read';
      const bytes = yield* io.sys.read(from, CHUNK);
      if (!bytes.length) return undefined;
      side = 'write';
      yield* io.sys.write(to, bytes);
      yield* io.sys.step();
    }
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    return { side, error };
  }
}
