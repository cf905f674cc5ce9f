// Incremental search through the history: Ctrl-R and Ctrl-S.

import type { Task } from '../../base/task.ts';
import type { Editor } from './editor.ts';

/**
 * Runs until a key ends it. 'accept' on Enter; 'interrupted' on Ctrl-C; 'edit' when the found line is now in the buffer
 * and editing goes on. Ctrl-G gives the line back as it was.
 */
export function* searchHistory(editor: Editor, first: -1 | 1): Task<'accept' | 'edit' | 'interrupted'> {
  const { buffer, history, screen, keys } = editor;
  const original = buffer.text;
  let wanted = '', at = history.length - 1, direction: -1 | 1 = first, line = original, failed = false;
  const look = (from: number): void => {
    const found = history.search(wanted, from, direction);
    failed = !found;
    if (found) ({ index: at, line } = found);
  };
  for (;;) {
    const label = `(${failed ? 'failed ' : ''}${direction < 0 ? 'reverse-' : ''}i-search)\`${wanted}': `;
    const found = line.indexOf(wanted);
    yield* screen.draw(label, line, found < 0 ? [...line].length : [...line.slice(0, found)].length);
    const key = yield* keys.next();
    switch (key.name) {
      case 'text':
        wanted += key.text;
        look(at);
        break;
      case 'backspace':
        wanted = [...wanted].slice(0, -1).join('');
        look(history.length - 1);
        break;
      case 'ctrl-r':
      case 'ctrl-s':
        direction = key.name === 'ctrl-r' ? -1 : 1;
        look(at + direction);
        break;
      case 'ctrl-g':
        buffer.set(original);
        return 'edit';
      case 'ctrl-c':
      case 'eof':
        return 'interrupted';
      default: {
        buffer.set(line, found < 0 ? undefined : [...line.slice(0, found)].length);
        if (!failed) history.jump(at);
        if (key.name === 'enter') return 'accept';
        if (key.name === 'ctrl-e' || key.name === 'end') buffer.moveTo(buffer.characters.length);
        if (key.name === 'ctrl-a' || key.name === 'home') buffer.moveTo(0);
        return 'edit';
      }
    }
  }
}
