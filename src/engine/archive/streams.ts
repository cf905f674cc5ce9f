// Streams of the Engine API made from generators and lists, and read to their end.

import type { Stream } from '../../api/engine-client.ts';
import { concat, EMPTY, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';

const BLOCK = 1 << 15;

/** Bytes as a generator makes them, in blocks of some size, letting others run in between. `end` runs once, at the end or at `close`. */
export function byteStream(sys: Syscalls, parts: Iterator<Bytes, void, void>, end?: () => void): Stream<Bytes> {
  const state = { ended: false };
  const close = () => {
    if (state.ended) return;
    state.ended = true;
    parts.return?.();
    end?.();
  };
  return {
    close,
    *next() {
      const block: Bytes[] = [];
      let size = 0;
      while (!state.ended && size < BLOCK) {
        const part = parts.next();
        if (part.done) break;
        block.push(part.value);
        size += part.value.length;
      }
      if (size < BLOCK) close();
      if (!block.length) return undefined;
      yield* sys.step();
      return concat(block);
    },
  };
}

/**
 * A stream that a task fills while it is read. A message that is there is handed out before the task's wait is taken
 * up: the task then sees an early wake-up, which every task allows for.
 */
export function taskStream<T>(run: (emit: (value: T) => void) => Task<void>): Stream<T> {
  const ready: T[] = [];
  const task = run((value) => void ready.push(value));
  let done = false;
  return {
    close() {
      if (!done) task.return();
      done = true;
      ready.length = 0;
    },
    *next() {
      while (!ready.length && !done) {
        const step = task.next();
        if (step.done) done = true;
        else if (!ready.length) yield step.value;
      }
      return ready.shift();
    },
  };
}

/** All bytes of a stream. */
export function* readAll(stream: Stream<Bytes>): Task<Bytes> {
  const parts: Bytes[] = [];
  for (let chunk = yield* stream.next(); chunk; chunk = yield* stream.next()) parts.push(chunk);
  return parts.length ? concat(parts) : EMPTY;
}
