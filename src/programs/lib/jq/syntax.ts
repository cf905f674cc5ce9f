// The grammar of jq as a tree, and the words it is made of.

import type { Value } from './value.ts';

export type Pattern =
  | { readonly type: 'var'; readonly name: string }
  | { readonly type: 'array'; readonly items: readonly Pattern[] }
  | { readonly type: 'object'; readonly entries: readonly { readonly key: Node; readonly variable?: string | undefined; readonly value?: Pattern | undefined }[] };

export interface Definition {
  readonly name: string;
  /** `$a` for values, `f` for filters. */
  readonly parameters: readonly string[];
  readonly body: Node;
}

export type Node =
  | { readonly type: 'identity' }
  | { readonly type: 'literal'; readonly value: Value }
  | { readonly type: 'string'; readonly format: string | undefined; readonly parts: readonly (string | Node)[] }
  | { readonly type: 'format'; readonly name: string }
  | { readonly type: 'index'; readonly term: Node; readonly key: Node; readonly optional?: boolean }
  | { readonly type: 'slice'; readonly term: Node; readonly from: Node | undefined; readonly to: Node | undefined; readonly optional?: boolean }
  | { readonly type: 'iterate'; readonly term: Node; readonly optional?: boolean }
  | { readonly type: 'array'; readonly body: Node | undefined }
  | { readonly type: 'object'; readonly entries: readonly { readonly key: Node; readonly value: Node }[] }
  | { readonly type: 'negate' | 'try'; readonly body: Node; readonly handler?: Node | undefined }
  | { readonly type: 'pipe' | 'comma' | 'and' | 'or' | 'alternative'; readonly left: Node; readonly right: Node }
  | { readonly type: 'binary' | 'update'; readonly operator: string; readonly left: Node; readonly right: Node }
  | { readonly type: 'if'; readonly condition: Node; readonly consequent: Node; readonly otherwise: Node | undefined }
  | { readonly type: 'reduce' | 'foreach'; readonly source: Node; readonly patterns: readonly Pattern[]; readonly init: Node; readonly update: Node; readonly extract?: Node | undefined }
  | { readonly type: 'as'; readonly source: Node; readonly patterns: readonly Pattern[]; readonly body: Node }
  | { readonly type: 'def'; readonly definition: Definition; readonly body: Node }
  | { readonly type: 'label'; readonly name: string; readonly body: Node }
  | { readonly type: 'break' | 'var'; readonly name: string }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Node[] };

export interface Token {
  readonly type: 'word' | 'field' | 'var' | 'format' | 'number' | 'string' | 'op' | 'end' | 'bad';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Of a string: text and the tokens' source of interpolations. */
  readonly parts?: readonly (string | { readonly from: number; readonly to: number })[];
}

const PATTERN = /(\.[A-Za-z_][A-Za-z0-9_]*)|(\$(?:[A-Za-z_][A-Za-z0-9_]*::)*[A-Za-z_][A-Za-z0-9_]*)|(@[A-Za-z0-9_]+)|((?:[A-Za-z_][A-Za-z0-9_]*::)*[A-Za-z_][A-Za-z0-9_]*)|(\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)|(\?\/\/|\?\/\/=|\/\/=|\|=|\+=|-=|\*=|\/=|%=|==|!=|<=|>=|\/\/|\.\.|[.[\](){}|,:;=<>+\-*/%?$])/y;
const TYPES = ['field', 'var', 'format', 'word', 'number', 'op'] as const;

/** Words of a program. An unfinished string is `bad`. */
export function tokens(source: string, from = 0, to = source.length): Token[] {
  const list: Token[] = [];
  for (let at = from; at < to;) {
    const character = source[at]!;
    if (/\s/.test(character)) {
      at++;
      continue;
    }
    if (character === '#') {
      while (at < to && source[at] !== '\n') at++;
      continue;
    }
    if (character === '"') {
      const token = string(source, at, to);
      list.push(token);
      at = token.end;
      continue;
    }
    PATTERN.lastIndex = at;
    const found = PATTERN.exec(source);
    const type = found ? TYPES[found.slice(1).findIndex((group) => group !== undefined)]! : 'bad';
    const text = found?.[0] ?? character;
    list.push({ type, text, start: at, end: at + text.length });
    at += text.length;
  }
  return list;
}

function string(source: string, start: number, to: number): Token {
  const parts: (string | { from: number; to: number })[] = [];
  let text = '';
  let at = start + 1;
  while (at < to && source[at] !== '"') {
    if (source[at] !== '\\') {
      text += source[at++];
      continue;
    }
    const next = source[at + 1] ?? '';
    if (next === '(') {
      let depth = 1;
      let end = at + 2;
      for (; end < to && depth; end++) {
        if (source[end] === '(') depth++;
        else if (source[end] === ')') depth--;
        else if (source[end] === '"') end = string(source, end, to).end - 1;
      }
      parts.push(text, { from: at + 2, to: end - 1 });
      text = '';
      at = end;
      continue;
    }
    const unicode = /^u([0-9a-fA-F]{4})/.exec(source.slice(at + 1, at + 6));
    text += unicode ? String.fromCharCode(parseInt(unicode[1]!, 16)) : ({ n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' } as Record<string, string>)[next] ?? next;
    at += unicode ? 6 : 2;
  }
  parts.push(text);
  const closed = source[at] === '"' && at < to;
  return { type: closed ? 'string' : 'bad', text: closed ? source.slice(start, at + 1) : '"', start, end: closed ? at + 1 : to, parts };
}
