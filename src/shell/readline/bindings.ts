// What keys do to the line: readline's emacs bindings, those that need nothing but the buffer and the history.

import type { Editor } from './editor.ts';

export type Command = (editor: Editor) => void;

const recall = (editor: Editor, line: string | undefined): void => {
  if (line !== undefined) editor.buffer.set(line);
};

const move = (to: (editor: Editor) => number): Command => (editor) => editor.buffer.moveTo(to(editor));
const left = move((editor) => editor.buffer.cursor - 1);
const right = move((editor) => editor.buffer.cursor + 1);
const home = move(() => 0);
const end = move((editor) => editor.buffer.characters.length);
const up: Command = (editor) => recall(editor, editor.history.move(-1, editor.buffer.text));
const down: Command = (editor) => recall(editor, editor.history.move(1, editor.buffer.text));

/** Change the case of the word ahead. */
const changeCase = (change: (word: string) => string): Command => ({ buffer }) => {
  const from = buffer.cursor, to = buffer.wordRight();
  const word = buffer.characters.slice(from, to).join('');
  buffer.delete(from, to);
  buffer.insert(change(word));
};

/** Alt-. : the last word of the command before, then of the one before that. */
const lastArgument: Command = (editor) => {
  const { buffer, history } = editor;
  const again = editor.lastCommand === 'alt-.' || editor.lastCommand === 'alt-_';
  const replaced = again ? history.lastWord(editor.lastArgument) : undefined;
  editor.lastArgument = again ? editor.lastArgument + 1 : 1;
  const word = history.lastWord(editor.lastArgument);
  if (word === undefined) {
    editor.lastArgument--;
    return;
  }
  if (replaced !== undefined) buffer.delete(buffer.cursor - [...replaced].length, buffer.cursor);
  buffer.insert(word);
};

export const bindings: Readonly<Record<string, Command>> = {
  left, right, home, end, up, down,
  'ctrl-b': left, 'ctrl-f': right, 'ctrl-a': home, 'ctrl-e': end, 'ctrl-p': up, 'ctrl-n': down,
  'alt-b': move((editor) => editor.buffer.wordLeft()),
  'alt-f': move((editor) => editor.buffer.wordRight()),
  'alt-<': (editor) => recall(editor, editor.history.toEnd('first', editor.buffer.text)),
  'alt->': (editor) => recall(editor, editor.history.toEnd('last', editor.buffer.text)),
  backspace: ({ buffer }) => buffer.delete(buffer.cursor - 1, buffer.cursor),
  delete: ({ buffer }) => buffer.delete(buffer.cursor, buffer.cursor + 1),
  'ctrl-k': ({ buffer }) => buffer.delete(buffer.cursor, buffer.characters.length, true),
  'ctrl-u': ({ buffer }) => buffer.delete(0, buffer.cursor, true),
  'ctrl-w': ({ buffer }) => buffer.delete(buffer.blankLeft(), buffer.cursor, true),
  'alt-backspace': ({ buffer }) => buffer.delete(buffer.wordLeft(), buffer.cursor, true),
  'alt-d': ({ buffer }) => buffer.delete(buffer.cursor, buffer.wordRight(), true),
  'ctrl-y': ({ buffer }) => buffer.yank(),
  'ctrl-t': ({ buffer }) => buffer.transpose(),
  'ctrl-_': ({ buffer }) => buffer.undo(),
  'alt-u': changeCase((word) => word.toUpperCase()),
  'alt-l': changeCase((word) => word.toLowerCase()),
  'alt-c': changeCase((word) => word.toLowerCase().replace(/[a-z]/, (letter) => letter.toUpperCase())),
  'alt-.': lastArgument,
  'alt-_': lastArgument,
  'alt-#': (editor) => editor.buffer.set(`#${editor.buffer.text}`),
};
