// A lesson's file cut into front matter, prose and the blocks that the course knows, each with its line.

import { LessonError } from './lesson.ts';
import { blockSchemas, type BlockKind } from './schema.ts';

export type Part =
  | { readonly kind: 'prose'; readonly text: string; readonly line: number }
  | { readonly kind: BlockKind; readonly text: string; readonly line: number };

export interface Split {
  readonly frontMatter: string;
  readonly parts: readonly Part[];
}

const isBlock = (word: string): word is BlockKind => Object.hasOwn(blockSchemas, word);

/** Fences of other languages (`sh`, `text`) belong to the prose. @throws LessonError */
export function splitLesson(file: string, source: string): Split {
  const lines = source.replaceAll('\r\n', '\n').split('\n');
  if (lines[0] !== '---') throw new LessonError(file, 1, 'expected front matter: a line of --- first');
  const end = lines.indexOf('---', 1);
  if (end < 0) throw new LessonError(file, 1, 'the front matter does not end: expected a line of ---');
  const parts: Part[] = [];
  let prose: string[] = [], proseLine = end + 2;
  const flush = (): void => {
    if (prose.some((line) => line.trim())) parts.push({ kind: 'prose', text: prose.join('\n'), line: proseLine });
    prose = [];
  };
  for (let i = end + 1; i < lines.length; i++) {
    const fence = /^(`{3,}|~{3,})\s*([\w-]*)/.exec(lines[i]!);
    if (!fence) {
      if (!prose.length) proseLine = i + 1;
      prose.push(lines[i]!);
      continue;
    }
    const [, mark, word] = fence;
    const close = lines.findIndex((line, at) => at > i && line.startsWith(mark!) && !line.slice(mark!.length).trim());
    if (close < 0) throw new LessonError(file, i + 1, `this ${word || 'code'} block does not end: expected a line of ${mark}`);
    if (isBlock(word!)) {
      flush();
      parts.push({ kind: word, text: lines.slice(i + 1, close).join('\n'), line: i + 2 });
    } else prose.push(...lines.slice(i, close + 1));
    i = close;
  }
  flush();
  return { frontMatter: lines.slice(1, end).join('\n'), parts };
}
