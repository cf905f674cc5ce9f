// A Dockerfile as logical lines: parser directives, comments, continuations and heredocs.

import { DockerfileError } from './dockerfile-error.ts';

export interface Heredoc {
  readonly name: string;
  readonly content: string;
  /** False when the name was quoted: nothing in it is expanded. */
  readonly expand: boolean;
}

export interface LogicalLine {
  readonly text: string;
  /** 1-based. */
  readonly first: number;
  readonly last: number;
  readonly heredocs: readonly Heredoc[];
}

export interface DockerfileLines {
  readonly lines: readonly LogicalLine[];
  readonly escape: '\\' | '`';
  /** The physical lines, for excerpts. */
  readonly source: readonly string[];
}

const HEREDOC_COMMANDS = /^\s*(?:onbuild\s+)?(?:run|copy|add)\s/i;

export function logicalLines(text: string): DockerfileLines {
  const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n').split('\n');
  const lines: LogicalLine[] = [];
  let at = 0;
  let escape: '\\' | '`' = '\\';
  for (; at < source.length; at++) {
    const directive = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(source[at]!);
    if (!directive) break;
    if (directive[1]!.toLowerCase() === 'escape' && (directive[2] === '`' || directive[2] === '\\')) escape = directive[2];
  }
  const continued = escape === '\\' ? /^(|.*[^\\])\\[ \t]*$/ : /^(|.*[^`])`[ \t]*$/;
  const isComment = (line: string) => /^\s*#/.test(line);
  while (at < source.length) {
    const first = at + 1;
    let line = source[at++]!.trimStart();
    if (!line.trim() || isComment(line)) continue;
    let whole = '';
    for (;;) {
      const match = continued.exec(line);
      whole += match ? match[1]! : line;
      if (!match) break;
      while (at < source.length && (isComment(source[at]!) || !source[at]!.trim())) at++;
      if (at >= source.length) break;
      line = source[at++]!;
    }
    const heredocs: Heredoc[] = [];
    if (HEREDOC_COMMANDS.test(whole)) {
      for (const [, strip, quote, name] of whole.matchAll(/(?<=\s)\d*<<(-?)(["']?)([^\s<"']+)\2(?=\s|$)/g)) {
        let content = '';
        for (;;) {
          if (at >= source.length) throw new DockerfileError('unterminated heredoc', first, source.length - (source.at(-1) ? 0 : 1));
          const body = strip ? source[at]!.replace(/^\t+/, '') : source[at]!;
          at++;
          if (body === name) break;
          content += `${body}\n`;
        }
        heredocs.push({ name: name!, content, expand: !quote });
      }
    }
    lines.push({ text: whole.trim(), first, last: at, heredocs });
  }
  return { lines, escape, source };
}
