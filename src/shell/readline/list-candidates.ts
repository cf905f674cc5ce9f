// The list of candidates below the line, in columns as readline prints it.

import type { Task } from '../../base/task.ts';
import type { WindowSize } from '../../kernel/syscalls.ts';
import type { Editor } from './editor.ts';
import { textWidth } from './width.ts';

/** Asks first when there are more than 100. The cursor stands on an empty line before and after. */
export function* listCandidates(editor: Editor, labels: readonly string[], size: WindowSize): Task<void> {
  const { screen, keys } = editor;
  if (labels.length > 100) {
    yield* screen.write(`Display all ${labels.length} possibilities? (y or n)`);
    let answer = '';
    while (!/^[yYnN ]$/.test(answer)) {
      const key = yield* keys.next();
      answer = key.name === 'text' ? key.text : key.name === 'backspace' || key.name === 'ctrl-c' || key.name === 'ctrl-g' || key.name === 'eof' ? 'n' : '';
    }
    yield* screen.write('\r\n');
    if (/[nN]/.test(answer)) return;
  }
  const width = Math.max(...labels.map(textWidth)) + 2;
  const columns = Math.max(1, Math.floor(size.columns / width));
  const rows = Math.ceil(labels.length / columns);
  let out = '';
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const label = labels[column * rows + row];
      if (label === undefined) break;
      const isLast = labels[(column + 1) * rows + row] === undefined;
      out += isLast ? label : label + ' '.repeat(width - textWidth(label));
    }
    out += '\r\n';
  }
  yield* screen.write(out);
}
