// Where an interactive shell gets its lines: the seam for line editing, and the plain reading of a cooked terminal.

import type { Task } from '../base/task.ts';
import { KernelError } from '../kernel/errno.ts';
import type { Shell } from './shell.ts';
import { toText } from './text.ts';

export interface LineReader {
  /** One line without its newline. `prompt` is expanded; \x01 and \x02 enclose what takes no room on the screen. `continuation` is PS2's turn. */
  readLine(prompt: string, continuation: boolean): Task<{ readonly line: string } | 'eof' | 'interrupted'>;
}

/** Reads what the terminal driver hands over, line by line. */
export function cookedReader(sh: Shell): LineReader {
  return {
    *readLine(prompt) {
      yield* sh.complain(prompt.replace(/[\x01\x02]/g, ''));
      let text = '';
      for (;;) {
        try {
          const bytes = yield* sh.sys.read(0, 4096);
          if (!bytes.length) return text ? { line: text } : 'eof';
          text += toText(bytes);
          if (text.endsWith('\n')) return { line: text.slice(0, -1) };
        } catch (error) {
          if (!(error instanceof KernelError)) throw error;
          if (error.errno === 'EIO') return 'eof';
          if (error.errno !== 'EINTR') throw error;
          if (sh.traps.pending) yield* sh.traps.run();
          if (!sh.interrupted) continue;
          sh.interrupted = false;
          return 'interrupted';
        }
      }
    },
  };
}
