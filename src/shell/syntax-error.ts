// What each dialect says to text that it cannot parse, from the parser's own findings.

import type { DialectName } from './dialect.ts';
import { SyntaxFailure } from './syntax-failure.ts';

export interface Finding {
  readonly message: string;
  readonly pos: number;
}

const TOKEN = /\n|&&|\|\||\|&|;;&|;;|;&|<<<|<<-?|<>|<&|>&|>\||>>|&>>?|[;&|()<>]|(?:\\[^]|'[^']*'|"(?:\\[^]|[^"\\])*"|[^\s;&|()<>\\'"])+/y;

function tokenAt(text: string, position: number): { token: string; at: number } {
  let at = position;
  for (;;) {
    while (text[at] === ' ' || text[at] === '\t' || (text[at] === '\\' && text[at + 1] === '\n' && ++at)) at++;
    if (text[at] !== '#') break;
    while (at < text.length && text[at] !== '\n') at++;
  }
  TOKEN.lastIndex = at;
  return { token: TOKEN.exec(text)?.[0] ?? '', at };
}

const RESERVED = new Set(['if', 'then', 'else', 'elif', 'fi', 'do', 'done', 'case', 'esac', 'while', 'until', 'for', 'in', '{', '}', '!', 'function']);
const CLOSERS: readonly (readonly [RegExp, string, string])[] = [
  [/double quote/, '"', 'unterminated quoted string'],
  [/single quote|ANSI-C/, "'", 'unterminated quoted string'],
  [/backtick/, '`', 'EOF in backquote substitution'],
  [/parameter expansion/, '}', "missing '}'"],
  [/arithmetic expansion/, ')', "missing '))'"],
  [/substitution|arithmetic|extended glob|test group/, ')', 'unexpected end of file (expecting ")")'],
  [/subscript/, ']', 'unexpected end of file'],
];

/** The construct that the end of the text leaves open, for bash's "from `if' command on line N". */
function lastOpener(text: string, position: number): { word: string; line: number } | undefined {
  const { open } = constructs(text, position);
  return open && { word: open.word, line: text.slice(0, open.at).split('\n').length };
}

/** Where a closing word stands, if one is the last before a position: the parser names the place after it. */
function closerBefore(text: string, position: number): number | undefined {
  return constructs(text, position).closer;
}

function constructs(text: string, position: number): { open: { word: string; at: number } | undefined; closer: number | undefined } {
  const stack: { word: string; at: number }[] = [];
  const closes: Record<string, string> = { fi: 'if', esac: 'case', ')': '(', '}': '{' };
  let start = true;
  let closer: number | undefined;
  for (let at = 0; at < position; ) {
    const found = tokenAt(text, at);
    if (!found.token) break;
    const { token } = found;
    closer = start && /^(then|else|elif|fi|do|done|esac|\}|\))$/.test(token) ? found.at : undefined;
    if (start || token === ')') {
      if (['if', 'for', 'while', 'until', 'select', 'case', '{', '('].includes(token)) stack.push({ word: token, at: found.at });
      else if (token === 'done' || (closes[token] && stack.at(-1)?.word === closes[token])) stack.pop();
    }
    start = /^[\n;&|(){!]+$/.test(token) || (start && RESERVED.has(token) && !['for', 'case', 'in'].includes(token));
    at = found.at + token.length;
  }
  return { open: stack.at(-1), closer };
}

/** bash's two lines on a broken `[[ … ]]`. */
function conditionFailure(text: string, at: number, token: string): SyntaxFailure {
  const last = /(\S+)\s*$/.exec(text.slice(0, at))?.[1] ?? token;
  if (last === ']]') {
    const operator = /(\S+)\s+\]\]\s*$/.exec(text.slice(0, at))?.[1] ?? '';
    const kind = operator.startsWith('-') && operator.length === 2 ? 'unary' : 'binary';
    return new SyntaxFailure(at - 1, `unexpected argument \`]]' to conditional ${kind} operator\nsyntax error near \`]]'`, { echo: true });
  }
  if (token === '' || token === '\n') return new SyntaxFailure(at - 1, `unexpected token \`newline', conditional binary operator expected\nsyntax error near \`${last}'`, { echo: true });
  return new SyntaxFailure(at, `conditional binary operator expected\nsyntax error near \`${token}'`, { echo: true });
}

/** The dialect's failure for the parser's findings (at least one) about a text. */
export function syntaxFailure(dialect: DialectName, text: string, findings: readonly Finding[], firstLine: number): SyntaxFailure {
  const first = findings[0]!;
  const unterminated = findings.find((finding) => finding.message.startsWith('unterminated'));
  if (unterminated && unterminated.pos <= first.pos) {
    const [, mark, ashWords] = CLOSERS.find(([pattern]) => pattern.test(unterminated.message)) ?? CLOSERS[5]!;
    const array = unterminated.message.includes('glob') && text[unterminated.pos] === '=';
    const stray = array && /^=\((?:[^\s;&|()'"]|'[^']*'|"[^"]*"|\s)*([;&|]+)/.exec(text.slice(unterminated.pos));
    if (stray && dialect === 'bash') return new SyntaxFailure(unterminated.pos, `syntax error near unexpected token \`${stray[1]}'`, { echo: true, status: 1 });
    if (dialect === 'ash') return new SyntaxFailure(unterminated.pos, array ? 'unexpected "("' : ashWords, { incomplete: !array });
    return new SyntaxFailure(unterminated.pos, `unexpected EOF while looking for matching \`${mark}'`, { incomplete: true, atEnd: mark === ')' && /command|process/.test(unterminated.message) });
  }
  let position = first.pos;
  if (/in (brace group|subshell)$/.test(first.message)) position++;
  // `for x in a; echo`: the parser swallows the word that stands where `do` should.
  if (/expected 'do'/.test(first.message)) {
    const from = Math.max(0, text.lastIndexOf('for', position));
    const lost = /^(?:for|select)\s+\w+(?:\s+in\s[^;\n]*)?[;\n]\s*(?=\S)/.exec(text.slice(from));
    if (lost) position = from + lost[0].length;
  }
  if (first.message.startsWith("expected '")) position = closerBefore(text, position) ?? position;
  let { token, at } = tokenAt(text, position);
  if (/^expected (command|compound|')/.test(first.message)) while (token === '\n') ({ token, at } = tokenAt(text, at + 1));
  // `echo (a)` is the beginning of a function: the word stands where `)` should.
  const parameter = token === ')' ? /(?:^|[\n;&|])\s*[\w.-]+[ \t]*\(\s*(\w+)\s*$/.exec(text.slice(0, at))?.[1] : undefined;
  if (parameter) token = parameter;
  const end = token === '';
  const expected = findings.map((finding) => /^expected '(\S+)'/.exec(finding.message)).find((match) => match)?.[1];
  if (dialect === 'ash') {
    const naked = /expected (redirect|compound)/.test(first.message) || (!end && /expected command/.test(first.message));
    if (/array assignment/.test(first.message)) return new SyntaxFailure(at, 'unexpected "("');
    const expecting = parameter ? ')' : !expected || naked ? '' : expected === 'esac' ? (/\)[^)]*$/.test(text) && !/in\s*$/.test(text) ? ';;' : ')') : expected;
    const what = end ? 'end of file' : token === '\n' ? 'newline' : /^[A-Za-z0-9_"'$]/.test(token) && !RESERVED.has(token) ? 'word' : `"${token}"`;
    if (/(^|[\s;&|])for\s*$/.test(text) && end) return new SyntaxFailure(at, 'bad for loop variable');
    const asksWord = end && /(^|[\s;&|])case\s*$/.test(text), noDo = end && /(^|[\s;&|])for\s+\w+\s+in\s[^;\n]*$/.test(text);
    const ashEnd = end && !/redirect/.test(first.message);
    return new SyntaxFailure(at, `unexpected ${what}${asksWord ? ' (expecting word)' : expecting && !noDo ? ` (expecting "${expecting}")` : ''}`, { incomplete: ashEnd });
  }
  if (/\[\[/.test(first.message) || /test operator|conditional/.test(first.message)) return conditionFailure(text, at, token);
  const wantsWord = /redirect target/.test(first.message) || /(^|[\s;&|])(for|case|function|coproc|select)\s*$/.test(text.trimEnd());
  if (end && !wantsWord) {
    const open = lastOpener(text, text.length);
    return new SyntaxFailure(at, `syntax error: unexpected end of file${open ? ` from \`${open.word}' command on line ${open.line + firstLine - 1}` : ''}`, { incomplete: true, atEnd: true });
  }
  return new SyntaxFailure(Math.min(at, text.length), `syntax error near unexpected token \`${end || token === '\n' ? 'newline' : token}'`, {
    echo: true,
    status: /array assignment/.test(first.message) ? 1 : 2,
  });
}
