// The words of a jq program, one after the other, and the messages about those that do not fit.

import type { Node, Token } from './syntax.ts';

/** The lines after `jq: error: `, and how many errors they tell of. */
export class JqSyntaxError extends Error {}

export const KEYWORDS = new Set('def if then elif else end as reduce foreach try catch label import include and or not __loc__'.split(' ').filter((word) => word !== 'not'));

export const report = (errors: readonly string[]): string => `${errors.map((text) => `jq: error: ${text}\n`).join('')}jq: ${errors.length} compile error${errors.length > 1 ? 's' : ''}\n`;

/** Where a parser stands among the words of a program, and how it complains. */
export class Cursor {
  readonly places = new Map<Node, Token>();
  readonly source: string;
  readonly tokens: readonly Token[];
  readonly unterminated: { readonly word: string; readonly start: number }[] = [];
  at = 0;

  constructor(source: string, list: readonly Token[]) {
    this.source = source;
    this.tokens = list;
  }

  message(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
    const before = this.source.slice(0, start);
    const line = before.split('\n').length;
    const column = start - before.lastIndexOf('\n');
    const shown = this.source.split('\n')[line - 1]!;
    return `${text} at <top-level>, line ${line}, column ${column}:\n    ${shown}\n    ${' '.repeat(column - 1)}${'^'.repeat(Math.max(1, Math.min(end, start + shown.length) - start))}`;
  }

  peek(offset = 0): Token | undefined {
    return this.tokens[this.at + offset];
  }

  is(text: string, offset = 0): boolean {
    const token = this.peek(offset);
    return token?.text === text && token.type !== 'string' && token.type !== 'bad';
  }

  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  expect(text: string, expecting = `'${text}'`): void {
    if (!this.take(text)) this.unexpected(`, expecting ${expecting}`);
  }

  unexpected(expecting = ''): never {
    const token = this.peek();
    const last = this.tokens.at(-1);
    // The end is the last word, or the blank after it; of a string, its closing quote.
    const length = this.source.length;
    const place = token ?? (last?.end === length ? { start: last.type === 'string' ? length - 1 : last.start, end: length } : { start: length - 1, end: length });
    let name = 'end of file';
    if (token?.type === 'bad' && token.text === '"') {
      throw new JqSyntaxError(report([this.message('syntax error, unexpected end of file, expecting QQSTRING_TEXT or QQSTRING_INTERP_START or QQSTRING_END', { start: token.start + 1, end: token.end })]));
    }
    // The lexer matches brackets itself: a closing one that closes nothing is no token.
    const closing = token && /^[\])}]$/.test(token.text) && !this.opened(token.text);
    if (token) name = token.type === 'bad' || closing ? 'INVALID_CHARACTER' : { word: KEYWORDS.has(token.text) ? token.text : 'IDENT', field: 'FIELD', var: 'BINDING', format: 'FORMAT', number: 'LITERAL', string: 'QQSTRING_START', op: token.text.length === 1 ? `'${token.text}'` : token.text, end: '' }[token.type];
    const errors = [this.message(`syntax error, unexpected ${name}${expecting}`, place)];
    const open = this.unterminated.at(-1);
    if (open && !token) errors.push(this.message(`Possibly unterminated '${open.word}' statement`, { start: open.start, end: place.end }));
    throw new JqSyntaxError(report(errors));
  }

  opened(close: string): boolean {
    const open = { ']': '[', ')': '(', '}': '{' }[close]!;
    let depth = 0;
    for (const token of this.tokens.slice(0, this.at)) depth += Number(token.text === open && token.type === 'op') - Number(token.text === close && token.type === 'op');
    return depth > 0;
  }
}
