// Errors of the YAML reader in the words and with the line numbers of go-yaml.

import type { LineCounter, YAMLParseError } from 'yaml';

const indentationOf = (line: string): number => line.length - line.trimStart().length;

/** The first line (from 0) of the block collection that a line at this column would belong to. */
function blockStart(lines: readonly string[], line: number, column: number, inclusive = false): number {
  let level = -1;
  let start = 0;
  for (let i = inclusive ? line : line - 1; i >= 0; i--) {
    const text = lines[i]!;
    if (!text.trim() || text.trim().startsWith('#')) continue;
    const indent = indentationOf(text);
    if (level < 0 && indent <= column) level = indent;
    if (level < 0 || indent > level) continue;
    if (indent < level) break;
    start = i;
  }
  return start;
}

/** Where the bracket that is still open at a position was opened. */
function openBracket(text: string, at: number): number {
  let depth = 0;
  for (let i = at - 1; i >= 0; i--) {
    if (']}'.includes(text[i]!)) depth++;
    if ('[{'.includes(text[i]!) && --depth < 0) return i;
  }
  return 0;
}

/** `line 4: mapping values are not allowed in this context`. */
export function syntaxError(text: string, errors: readonly YAMLParseError[], counter: LineCounter): string {
  const { code, message, pos: [at] } = errors[0]!;
  const lines = text.split('\n');
  const { line } = counter.linePos(at);
  // A parser error names the line before that of its context, or of the problem when the context is the first line.
  const context = (start: number) => start || line - 1;
  // A scanner error on the first line has no number.
  const scanned = (where: number, problem: string) => `${where > 1 ? `line ${where}: ` : ''}${problem}`;
  if (code === 'TAB_AS_INDENT') {
    const before = lines.slice(0, line - 1).findLast((each) => each.trim())?.trim() ?? '';
    return !before || before.endsWith(':') ? scanned(line, 'found character that cannot start any token') : `line ${line - 1}: found a tab character that violates indentation`;
  }
  if (code === 'BAD_SCALAR_START') return scanned(line, 'found character that cannot start any token');
  if (code === 'MISSING_CHAR' && message.startsWith('Missing closing')) {
    const quote = message.includes('"') ? '"' : "'";
    // The line of the opening quote, unless that is the first.
    const opened = lines.findLastIndex((each) => each.split(quote).length % 2 === 0) + 1;
    return scanned(opened > 1 ? opened : lines.length, 'found unexpected end of stream');
  }
  if (message.startsWith('Nested mappings') || code === 'MULTILINE_IMPLICIT_KEY') {
    const colon = /:(\s|$)/.exec(text.slice(at));
    return scanned(counter.linePos(at + (colon?.index ?? 0)).line, 'mapping values are not allowed in this context');
  }
  if (message.startsWith('Flow ') && /[[{,]\s*$/.test(text)) return `line ${Math.max(1, lines.length - 1)}: did not find expected node content`;
  if (/^\s*[\]}]/.test(text.slice(at)) && code === 'UNEXPECTED_TOKEN') return `${line > 1 ? `line ${line - 1}: ` : ''}did not find expected node content`;
  if (message.startsWith('Flow ')) {
    const open = openBracket(text, at);
    return `line ${context(counter.linePos(open).line - 1)}: did not find expected ',' or '${text[open] === '{' ? '}' : ']'}'`;
  }
  if (code === 'MISSING_CHAR') return scanned(line, "could not find expected ':'");
  const start = blockStart(lines, line - 1, indentationOf(lines[line - 1] ?? ''), code === 'UNEXPECTED_TOKEN');
  const sequence = lines[start]!.trim().startsWith('- ') && !message.startsWith('A block sequence');
  return `line ${context(start)}: did not find expected ${sequence ? "'-' indicator" : 'key'}`;
}
