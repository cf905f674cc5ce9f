// The tokens of a template, as text/template/parse makes them.

export type TokenKind =
  | 'text' | 'left' | 'right' | 'space' | 'identifier' | 'field' | 'variable' | 'string' | 'number' | 'bool' | 'nil' | 'dot' | 'keyword'
  | '|' | '(' | ')' | ':=' | '=' | 'char' | 'eof' | 'error';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: number;
}

const KEYWORDS = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template', 'with']);
const isWord = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{Nd}_]/u.test(char);
const isSpace = (char: string | undefined): boolean => char !== undefined && ' \t\r\n'.includes(char) && char !== '';
const codePoint = (char: string | undefined): string =>
  char === undefined ? 'U+FFFFFFFFFFFFFFFF' : `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')} '${char}'`;

export function lex(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let depth = 0;
  const push = (kind: TokenKind, value: string, start = at) => tokens.push({ kind, text: value, at: start });
  const fail = (message: string): Token[] => (push('error', message), tokens);
  const rightTrim = () => isSpace(text[at]) && text.startsWith('-}}', at + 1);
  const atRight = () => text.startsWith('}}', at) || rightTrim();
  const atEnd = () => at >= text.length || isSpace(text[at]) || '.,|:)('.includes(text[at]!) || text.startsWith('}}', at);
  const skipSpace = () => {
    while (isSpace(text[at])) at++;
  };

  for (;;) {
    const open = text.indexOf('{{', at);
    const trimLeft = open >= 0 && text[open + 2] === '-' && isSpace(text[open + 3]);
    let piece = text.slice(at, open < 0 ? text.length : open);
    if (trimLeft) piece = piece.replace(/[ \t\r\n]+$/, '');
    if (piece) push('text', piece);
    if (open < 0) {
      at = text.length;
      push('eof', '');
      return tokens;
    }
    at = open + 2 + (trimLeft ? 2 : 0);
    if (text.startsWith('/*', at)) {
      const close = text.indexOf('*/', at);
      if (close < 0) return fail('unclosed comment');
      at = close + 2;
      if (!atRight()) return fail('comment ends before closing delimiter');
      const trim = rightTrim();
      at += trim ? 4 : 2;
      if (trim) skipSpace();
      continue;
    }
    push('left', '{{', open);
    depth = 0;
    for (;;) {
      if (atRight()) {
        if (depth) return fail('unclosed left paren');
        const trim = rightTrim();
        push('right', '}}');
        at += trim ? 4 : 2;
        if (trim) skipSpace();
        break;
      }
      const start = at;
      const char = text[at];
      if (char === undefined) return fail('unclosed action');
      if (isSpace(char)) {
        while (isSpace(text[at]) && !(rightTrim() && at > start)) at++;
        push('space', text.slice(start, at), start);
      } else if (char === '=' || char === '|' || char === ':') {
        if (char === ':' && text[at + 1] !== '=') return fail('expected :=');
        push(char === ':' ? ':=' : char, char === ':' ? ':=' : char);
        at += char === ':' ? 2 : 1;
      } else if (char === '"') {
        for (at++; text[at] !== '"'; at++) {
          if (text[at] === '\\') at++;
          if (at >= text.length || text[at] === '\n') return fail('unterminated quoted string');
        }
        at++;
        push('string', text.slice(start, at), start);
      } else if (char === '`') {
        const close = text.indexOf('`', at + 1);
        if (close < 0) return fail('unterminated raw quoted string');
        at = close + 1;
        push('string', text.slice(start, at), start);
      } else if (char === "'") {
        const close = text.indexOf("'", at + 2);
        if (close < 0) return fail('unterminated character constant');
        at = close + 1;
        push('number', text.slice(start, at), start);
      } else if (char === '(') {
        push('(', char);
        depth++;
        at++;
      } else if (char === ')') {
        if (!depth) return fail('unexpected right paren');
        push(')', char);
        depth--;
        at++;
      } else if (char === '$' || (char === '.' && !/\d/.test(text[at + 1] ?? ''))) {
        at++;
        if (char === '.' && atEnd()) push('dot', '.', start);
        else {
          while (isWord(text[at])) at++;
          if (!atEnd()) return fail(`bad character ${codePoint(text[at])}`);
          push(char === '$' ? 'variable' : 'field', text.slice(start, at), start);
        }
      } else if (/[+\-.\d]/.test(char)) {
        const match = /^[+-]?(0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|[\d_]*\.?[\d_]*(?:[eE][+-]?\d+)?)/.exec(text.slice(at))!;
        at += match[0].length;
        if (isWord(text[at]) || !/\d/.test(match[0])) return fail(`bad number syntax: ${JSON.stringify(text.slice(start, at + 1))}`);
        push('number', match[0], start);
      } else if (isWord(char)) {
        while (isWord(text[at])) at++;
        if (!atEnd()) return fail(`bad character ${codePoint(text[at])}`);
        const word = text.slice(start, at);
        push(KEYWORDS.has(word) ? 'keyword' : word === 'nil' ? 'nil' : word === 'true' || word === 'false' ? 'bool' : 'identifier', word, start);
      } else if (char >= ' ' && char <= '~') {
        push('char', char);
        at++;
      } else return fail(`unrecognized character in action: ${codePoint(char)}`);
    }
  }
}
