// From tokens to the tree of a template, with the error texts of text/template/parse.

import { quote } from '../go.ts';
import { lex, type Token, type TokenKind } from './lex.ts';

export type Operand =
  | { readonly kind: 'dot'; readonly at: number }
  | { readonly kind: 'nil'; readonly at: number }
  | { readonly kind: 'field' | 'variable'; readonly at: number; readonly names: readonly string[] }
  | { readonly kind: 'chain'; readonly at: number; readonly of: Operand; readonly names: readonly string[] }
  | { readonly kind: 'identifier'; readonly at: number; readonly name: string }
  | { readonly kind: 'literal'; readonly at: number; readonly value: string | number | boolean; readonly source: string }
  | { readonly kind: 'pipe'; readonly at: number; readonly pipe: Pipe };

export interface Call {
  readonly at: number;
  readonly args: readonly Operand[];
}

export interface Pipe {
  readonly at: number;
  readonly declares: readonly string[];
  readonly assigns: boolean;
  readonly calls: readonly Call[];
}

export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipe: Pipe }
  | { readonly kind: 'if' | 'with' | 'range'; readonly pipe: Pipe; readonly body: readonly Node[]; readonly otherwise: readonly Node[] | undefined }
  | { readonly kind: 'template'; readonly at: number; readonly name: string; readonly pipe: Pipe | undefined }
  | { readonly kind: 'break' | 'continue' };

export interface Template {
  readonly source: string;
  readonly nodes: readonly Node[];
  readonly defined: ReadonlyMap<string, readonly Node[]>;
}

/** Message as Go's, `template: :1: …`. */
export class TemplateError extends Error {}

const TERM: readonly TokenKind[] = ['bool', 'dot', 'field', 'identifier', 'number', 'nil', 'string', 'variable', '('];

/** A node as its source, for error texts. */
export function show(operand: Operand): string {
  switch (operand.kind) {
    case 'dot': return '.';
    case 'nil': return 'nil';
    case 'field': return operand.names.map((name) => '.' + name).join('');
    case 'variable': return operand.names.join('.');
    case 'chain': return `${operand.of.kind === 'pipe' ? `(${showPipe(operand.of.pipe)})` : show(operand.of)}${operand.names.map((name) => '.' + name).join('')}`;
    case 'identifier': return operand.name;
    case 'literal': return operand.source;
    default: return showPipe(operand.pipe);
  }
}

export const showCall = (call: Call): string => call.args.map((arg) => (arg.kind === 'pipe' ? `(${showPipe(arg.pipe)})` : show(arg))).join(' ');
export const showPipe = (pipe: Pipe): string =>
  (pipe.declares.length ? `${pipe.declares.join(', ')} ${pipe.assigns ? '=' : ':='} ` : '') + pipe.calls.map(showCall).join(' | ');

/** @param functions names that may be called. @throws TemplateError */
export function parseTemplate(source: string, functions: ReadonlySet<string>): Template {
  const tokens = lex(source);
  const defined = new Map<string, readonly Node[]>();
  let next = 0;
  let variables = ['$'];
  let loops = 0;

  const fail = (message: string): never => {
    const at = tokens[Math.max(0, next - 1)]?.at ?? 0;
    throw new TemplateError(`template: :${source.slice(0, at).split('\n').length}: ${message}`);
  };
  const peek = (): Token => tokens[next]!;
  const take = (): Token => tokens[Math.min(next++, tokens.length - 1)]!;
  const skipSpaces = (): Token => {
    while (peek().kind === 'space') next++;
    return peek();
  };
  const takeSolid = (): Token => (skipSpaces(), take());
  const unexpected = (token: Token, context: string): never => {
    if (token.kind === 'error') return fail(token.text);
    const shown = token.kind === 'eof' ? 'EOF' : token.kind === 'keyword' || token.kind === 'dot' || token.kind === 'nil' ? `<${token.text}>`
      : token.text.length > 10 ? `${quote(token.text.slice(0, 10))}...` : quote(token.text);
    return fail(`unexpected ${shown} in ${context}`);
  };
  const expect = (kind: TokenKind, context: string): Token => {
    const token = takeSolid();
    return token.kind === kind ? token : unexpected(token, context);
  };

  const term = (): Operand | undefined => {
    const token = skipSpaces();
    if (!TERM.includes(token.kind)) return undefined;
    next++;
    const { at, text } = token;
    switch (token.kind) {
      case 'identifier':
        return functions.has(text) ? { kind: 'identifier', at, name: text } : fail(`function ${quote(text)} not defined`);
      case 'variable':
        return variables.includes(text) ? { kind: 'variable', at, names: [text] } : fail(`undefined variable ${quote(text)}`);
      case 'field': return { kind: 'field', at, names: [text.slice(1)] };
      case 'bool': return { kind: 'literal', at, value: text === 'true', source: text };
      case 'number':
        return { kind: 'literal', at, value: text.startsWith("'") ? unquote(text, "'").codePointAt(0) ?? 0 : Number(text.replaceAll('_', '')), source: text };
      case 'string': return { kind: 'literal', at, value: text.startsWith('`') ? text.slice(1, -1) : unquote(text, '"'), source: text };
      case '(': return { kind: 'pipe', at, pipe: pipeline('parenthesized pipeline', ')') };
      default: return { kind: token.kind as 'dot' | 'nil', at };
    }
  };
  const operand = (): Operand | undefined => {
    const node = term();
    if (!node || peek().kind !== 'field') return node;
    const { at } = peek();
    const names: string[] = [];
    while (peek().kind === 'field') names.push(take().text.slice(1));
    if (node.kind === 'field' || node.kind === 'variable') return { ...node, at, names: [...node.names, ...names] };
    if (node.kind === 'literal' || node.kind === 'nil' || node.kind === 'dot') return fail(`unexpected . after term ${quote(show(node))}`);
    return { kind: 'chain', at, of: node, names };
  };
  const call = (): Call => {
    const { at } = skipSpaces();
    const args: Operand[] = [];
    for (;;) {
      skipSpaces();
      const arg = operand();
      if (arg) args.push(arg);
      const token = take();
      if (token.kind === 'space') continue;
      if (token.kind === 'right' || token.kind === ')') next--;
      else if (token.kind !== '|') unexpected(token, 'operand');
      break;
    }
    return args.length ? { at, args } : fail('empty command');
  };
  const pipeline = (context: string, end: TokenKind): Pipe => {
    const { at } = skipSpaces();
    const declares: string[] = [];
    let assigns = false;
    while (skipSpaces().kind === 'variable') {
      const mark = next;
      const name = take().text;
      const after = skipSpaces();
      if (after.kind === '=' || after.kind === ':=') {
        take();
        assigns = after.kind === '=';
        declares.push(name);
        variables.push(name);
        break;
      }
      if (after.kind !== 'char' || after.text !== ',') {
        next = mark;
        break;
      }
      take();
      declares.push(name);
      variables.push(name);
      if (context !== 'range' || declares.length > 1) fail(`too many declarations in ${context}`);
      if (skipSpaces().kind !== 'variable') fail('range can only initialize variables');
    }
    const calls: Call[] = [];
    for (;;) {
      const token = takeSolid();
      if (token.kind === end) {
        if (!calls.length) fail(`missing value for ${context}`);
        const bad = calls.slice(1).findIndex(({ args }) => ['dot', 'nil', 'literal'].includes(args[0]!.kind));
        if (bad >= 0) fail(`non executable command in pipeline stage ${bad + 2}`);
        return { at, declares, assigns, calls };
      }
      if (!TERM.includes(token.kind)) unexpected(token, token.kind === '|' ? 'command' : context);
      next--;
      calls.push(call());
    }
  };

  /** Nodes up to `{{end}}` or `{{else}}`, which is taken; undefined at the end of the text. */
  const list = (): { nodes: Node[]; ended: 'end' | 'else' | 'eof' } => {
    const nodes: Node[] = [];
    for (;;) {
      const token = take();
      if (token.kind === 'eof') return { nodes, ended: 'eof' };
      if (token.kind === 'text') {
        nodes.push({ kind: 'text', text: token.text });
        continue;
      }
      if (token.kind !== 'left') unexpected(token, 'input');
      const word = skipSpaces();
      if (word.kind !== 'keyword') {
        nodes.push({ kind: 'action', pipe: pipeline('command', 'right') });
        continue;
      }
      next++;
      switch (word.text) {
        case 'end':
          expect('right', 'end');
          return { nodes, ended: 'end' };
        case 'else':
          if (skipSpaces().kind !== 'keyword') expect('right', 'else');
          return { nodes, ended: 'else' };
        case 'break':
        case 'continue':
          expect('right', word.text);
          if (!loops) fail(`{{${word.text}}} outside {{range}}`);
          nodes.push({ kind: word.text });
          break;
        case 'define':
        case 'block': {
          const name = unquote(expect('string', `${word.text} clause`).text, '"');
          const pipe = word.text === 'block' ? pipeline('block clause', 'right') : (expect('right', 'define clause'), undefined);
          const inner = list();
          if (inner.ended !== 'end') fail(inner.ended === 'eof' ? 'unexpected EOF' : `unexpected {{else}} in ${word.text} clause`);
          defined.set(name, inner.nodes);
          if (pipe) nodes.push({ kind: 'template', at: word.at, name, pipe });
          break;
        }
        case 'template': {
          const name = expect('string', 'template clause');
          const pipe = skipSpaces().kind === 'right' ? (take(), undefined) : pipeline('template clause', 'right');
          nodes.push({ kind: 'template', at: name.at, name: unquote(name.text, '"'), pipe });
          break;
        }
        default:
          nodes.push(control(word.text as 'if' | 'with' | 'range'));
      }
    }
  };
  const control = (kind: 'if' | 'with' | 'range'): Node => {
    const scope = variables.slice();
    const pipe = pipeline(kind, 'right');
    if (kind === 'range') loops++;
    const body = list();
    if (kind === 'range') loops--;
    let otherwise: Node[] | undefined;
    if (body.ended === 'else') {
      const word = peek();
      if (word.kind === 'keyword' && word.text === kind && kind !== 'range') {
        next++;
        otherwise = [control(kind)];
      } else {
        if (word.kind === 'keyword') unexpected(take(), 'else');
        const rest = list();
        if (rest.ended !== 'end') fail(rest.ended === 'eof' ? 'unexpected EOF' : 'expected end; found {{else}}');
        otherwise = rest.nodes;
      }
    } else if (body.ended === 'eof') fail('unexpected EOF');
    variables = scope;
    return { kind, pipe, body: body.nodes, otherwise };
  };

  const { nodes, ended } = list();
  if (ended !== 'eof') fail(`unexpected {{${ended}}}`);
  return { source, nodes, defined };
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' };

/** As `strconv.Unquote` of what the lexer accepted. */
function unquote(text: string, mark: string): string {
  if (!text.startsWith(mark)) return text.slice(1, -1);
  return text.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)/g, (_, body: string) =>
    /^[xuU]./.test(body) ? String.fromCodePoint(parseInt(body.slice(1), 16))
      : /^[0-7]{3}$/.test(body) ? String.fromCodePoint(parseInt(body, 8)) : ESCAPES[body] ?? body);
}
