// Asking the person at standard input.

import type { Task } from '../../base/task.ts';
import type { Io } from './messages.ts';

/** `name: text` as a prompt; true for an answer that begins with y. A byte at a time, so that what follows stays for the next question. */
export function* confirm(io: Io, text: string, named = true): Task<boolean> {
  io.err(named ? `${io.name}: ${text}` : text);
  yield* io.flush();
  let answer = '';
  for (;;) {
    const [byte] = yield* io.sys.read(0, 1);
    if (byte === undefined || byte === 10) return /^y/i.test(answer);
    answer += String.fromCharCode(byte);
  }
}
