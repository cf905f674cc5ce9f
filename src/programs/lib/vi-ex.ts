// The commands of vi that are typed behind a colon.

import type { EditBuffer } from './edit-buffer.ts';
import { reason, type Io } from './messages.ts';
import { Regex, RegexError } from './regex.ts';
import { toText } from './text.ts';

/** What those commands see and change of the editor. */
export interface ExEditor {
  readonly io: Io;
  readonly buffer: EditBuffer;
  readonly readonly: boolean;
  message: string;
  register: { readonly text: string; readonly lines: boolean };
  pattern: string;
  numbers: boolean;
  done: boolean;
  open(name: string): void;
}

/** Do what a line after `:` says. */
export function exCommand(editor: ExEditor, text: string): void {
  const { buffer } = editor;
  const { sys } = editor.io;
  const range = /^(%|(?:\d+|[.$])(?:,(?:\d+|[.$]))?)?\s*([a-z]*|=)(!?)\s*(.*)$/s.exec(text)!;
  const line = (word: string): number => (word === '.' ? buffer.row : word === '$' ? buffer.lines.length - 1 : Number(word) - 1);
  const [from, to] = range[1] === '%' ? [0, buffer.lines.length - 1] : range[1] ? [line(range[1].split(',')[0]!), line(range[1].split(',').at(-1)!)] : [buffer.row, buffer.row];
  const [, given, name = '', bang, argument = ''] = range;
  const write = (): boolean => {
    const file = argument || buffer.name;
    if (file === undefined) {
      editor.message = 'No current filename';
      return false;
    }
    if (editor.readonly && !bang) {
      editor.message = `'${file}' is read only`;
      return false;
    }
    try {
      const size = buffer.save(sys, file, given ? from : 0, given ? to + 1 : buffer.lines.length);
      buffer.name ??= file;
      if (file === buffer.name && !given) buffer.changed = false;
      editor.message = `'${file}' ${given ? to - from + 1 : buffer.lines.length}L, ${size}C`;
      return true;
    } catch (error) {
      editor.message = `'${file}' ${reason(error)}`;
      return false;
    }
  };
  if (name === '') buffer.row = from;
  else if (name === 's') substitute(editor, text.slice(text.indexOf('s') + 1), from, to);
  else if (/^(w|write)$/.test(name)) write();
  else if (/^(wq|x|xit|wn)$/.test(name)) {
    if (name.startsWith('x') && !buffer.changed || write()) editor.done = true;
  } else if (/^(q|quit|qa)$/.test(name)) {
    if (buffer.changed && !bang) editor.message = `No write since last change (:${name}! overrides)`;
    else editor.done = true;
  } else if (name === 'e' || name === 'edit') {
    if (buffer.changed && !bang) editor.message = `No write since last change (:e! overrides)`;
    else if (argument || buffer.name) editor.open(argument || buffer.name!);
  } else if (name === 'r' || name === 'read') {
    try {
      const lines = toText(sys.readFile(argument || buffer.name || '')).replace(/\n$/, '').split('\n');
      buffer.mark();
      buffer.lines.splice(buffer.row + 1, 0, ...lines);
      buffer.row++;
    } catch (error) {
      editor.message = `'${argument}' ${reason(error)}`;
    }
  } else if (name === 'd' || name === 'delete') {
    buffer.mark();
    editor.register = { text: buffer.lines.splice(from, to - from + 1).join('\n'), lines: true };
    if (!buffer.lines.length) buffer.lines.push('');
    buffer.row = from;
  } else if (name === 'y' || name === 'yank') editor.register = { text: buffer.lines.slice(from, to + 1).join('\n'), lines: true };
  else if (name === 'set' || name === 'se') {
    if (/^(nu|number)$/.test(argument)) editor.numbers = true;
    else if (/^(nonu|nonumber)$/.test(argument)) editor.numbers = false;
  } else if (name === '=') editor.message = String(buffer.lines.length);
  else editor.message = `':${text}' is not implemented`;
}

function substitute(editor: ExEditor, text: string, from: number, to: number): void {
  const delimiter = text[0] ?? '/';
  const [, pattern = '', replacement = '', flags = ''] = text.split(new RegExp(`(?<!\\\\)\\${delimiter}`));
  try {
    const regex = Regex.posix(pattern || editor.pattern, { ignoreCase: flags.includes('i') });
    let count = 0;
    editor.buffer.mark();
    for (let row = Math.max(0, from); row <= to && row < editor.buffer.lines.length; row++) {
      let line = editor.buffer.lines[row]!;
      for (let match = regex.exec(line), at = 0; match; match = flags.includes('g') && at <= line.length ? regex.exec(line, at) : null) {
        const found = match;
        const text2 = replacement.replace(/\\(\d)|\\(.)|&/g, (whole, group?: string, escaped?: string) => (group ? found[Number(group)] ?? '' : escaped ?? (whole === '&' ? found[0] : whole)));
        line = line.slice(0, match.index) + text2 + line.slice(match.index + match[0].length);
        at = match.index + text2.length + (match[0] ? 0 : 1);
        count++;
        editor.buffer.row = row;
      }
      editor.buffer.lines[row] = line;
    }
    editor.message = count ? `${count} substitutions` : `'${pattern}' not found`;
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    editor.message = `bad search pattern '${pattern}': ${error.message}`;
  }
}
