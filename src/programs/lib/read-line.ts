// A line that is typed at the bottom of the screen.

import type { Task } from '../../base/task.ts';
import type { Screen } from './screen.ts';

/** A line typed at the bottom; undefined when it was given up. */
export function* readLine(screen: Screen, prompt: string, start = ''): Task<string | undefined> {
  let text = start;
  for (;;) {
    yield* screen.write(`\u001b[${screen.rows};1H${prompt}${text}\u001b[K`);
    const key = yield* screen.key();
    if (key === undefined || key === 'escape' || key === 'ctrl-c' || key === 'ctrl-g') return undefined;
    if (key === 'enter') return text;
    if (key === 'backspace') {
      if (!text) return undefined;
      text = text.slice(0, -1);
    } else if (key === 'ctrl-u') text = '';
    else if (key.length === 1 || [...key].length === 1) text += key;
  }
}
