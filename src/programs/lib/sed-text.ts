// What sed makes of texts: replacements, and lines shown without doubt.

import type { Piece } from './sed-script.ts';
import { toBytes } from './text.ts';

/** The replacement with its groups, and GNU's changes of case. */
export function replacement(pieces: readonly Piece[], match: RegExpExecArray): string {
  let text = '';
  let mode = '';
  let once = '';
  for (const piece of pieces) {
    if (typeof piece === 'object' && 'caseMode' in piece) {
      if (/[lu]/.test(piece.caseMode)) once = piece.caseMode;
      else {
        mode = piece.caseMode === 'E' ? '' : piece.caseMode;
        once = '';
      }
      continue;
    }
    let part = typeof piece === 'string' ? piece : match[piece.group] ?? '';
    if (mode) part = mode === 'U' ? part.toUpperCase() : part.toLowerCase();
    if (once && part) {
      part = (once === 'u' ? part[0]!.toUpperCase() : part[0]!.toLowerCase()) + part.slice(1);
      once = '';
    }
    text += part;
  }
  return text;
}

/** As the command `l` shows a text. @param most columns of a line */
export function visibly(text: string, most: number): string {
  const pieces = [...text].flatMap((character) => {
    const named = ({ '\\': '\\\\', '\u0007': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v' } as Record<string, string>)[character];
    if (named) return [named];
    if (character >= ' ' && character <= '~') return [character];
    return [...toBytes(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`);
  });
  let shown = '';
  let column = 0;
  for (const piece of pieces) {
    if (most > 1 && column + piece.length > most - 1) {
      shown += '\\\n';
      column = 0;
    }
    shown += piece;
    column += piece.length;
  }
  return `${shown}$`;
}
