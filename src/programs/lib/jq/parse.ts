// jq programs, parsed; functions and variables are looked up here, so that unknown ones are errors before anything runs.

import { Cursor, JqSyntaxError, KEYWORDS, report } from './cursor.ts';
import { resolveNames, type Scope } from './resolve-names.ts';
import type { Definition, Node, Pattern, Token } from './syntax.ts';
import { tokens } from './syntax.ts';
import { numberOf } from './value.ts';

const BINARY: Readonly<Record<string, readonly [number, 'left' | 'right' | 'none']>> = {
  '//': [2, 'right'], '=': [3, 'none'], '|=': [3, 'none'], '+=': [3, 'none'], '-=': [3, 'none'], '*=': [3, 'none'], '/=': [3, 'none'], '%=': [3, 'none'], '//=': [3, 'none'],
  or: [4, 'left'], and: [5, 'left'], '==': [6, 'none'], '!=': [6, 'none'], '<': [6, 'none'], '<=': [6, 'none'], '>': [6, 'none'], '>=': [6, 'none'],
  '+': [7, 'left'], '-': [7, 'left'], '*': [8, 'left'], '/': [8, 'left'], '%': [8, 'left'],
};
const IDENTITY: Node = { type: 'identity' };

/** @param known functions of the language, as `name/arity`, and global variables, as `$name`. @throws JqSyntaxError */
export function parseProgram(source: string, known: Scope): Node {
  const parser = new Parser(source, tokens(source));
  const node = parser.program();
  parser.finish();
  const errors: string[] = [];
  resolveNames(node, known, (name, at) => errors.push(parser.message(`${name} is not defined`, at)), parser.places);
  if (errors.length) throw new JqSyntaxError(report(errors));
  return node;
}

/** Definitions only, for the prelude. */
export function parseDefinitions(source: string): Definition[] {
  return new Parser(source, tokens(source)).definitions();
}

class Parser extends Cursor {
  program(): Node {
    if (!this.tokens.length) return IDENTITY;
    const node = this.#pipe();
    return node;
  }

  definitions(): Definition[] {
    const list: Definition[] = [];
    while (this.take('def')) list.push(this.#definition());
    return list;
  }

  finish(): void {
    if (this.at < this.tokens.length) this.unexpected(', expecting end of file');
  }

  #pipe(): Node {
    if (this.take('def')) {
      const definition = this.#definition();
      const body = this.at < this.tokens.length && !this.is(')') ? this.#pipe() : IDENTITY;
      return { type: 'def', definition, body };
    }
    if (this.is('label')) {
      this.at++;
      const name = this.#variable();
      this.expect('|');
      return { type: 'label', name, body: this.#pipe() };
    }
    const left = this.#comma();
    if (this.is('as')) {
      this.at++;
      const patterns = this.#patterns();
      this.expect('|', "'|' or ?//");
      return { type: 'as', source: left, patterns, body: this.#pipe() };
    }
    if (!this.take('|')) return left;
    return { type: 'pipe', left, right: this.#pipe() };
  }

  #comma(): Node {
    let left = this.#binary(0);
    while (this.take(',')) left = { type: 'comma', left, right: this.#binary(0) };
    return left;
  }

  #binary(least: number): Node {
    let left = this.#unary();
    for (;;) {
      const operator = this.peek()?.text ?? '';
      const row = this.peek()?.type === 'string' ? undefined : BINARY[operator];
      if (!row || row[0] < least) return left;
      const [level, side] = row;
      this.at++;
      const right = this.#binary(side === 'right' ? level : level + 1);
      left = operator === '//' ? { type: 'alternative', left, right } : operator === 'and' || operator === 'or' ? { type: operator, left, right }
        : level === 3 ? { type: 'update', operator, left, right } : { type: 'binary', operator, left, right };
      if (side === 'none' && BINARY[this.peek()?.text ?? '']?.[0] === level && this.peek()?.type !== 'string') this.unexpected();
    }
  }

  #unary(): Node {
    if (this.take('-')) return { type: 'negate', body: this.#unary() };
    if (this.is('try')) {
      this.at++;
      const body = this.#post();
      return { type: 'try', body, handler: this.take('catch') ? this.#post() : undefined };
    }
    if (this.is('reduce') || this.is('foreach')) {
      const type = this.tokens[this.at++]!.text as 'reduce' | 'foreach';
      const source = this.#post();
      this.expect('as', 'as');
      const patterns = this.#patterns();
      this.expect('(', "'(' or ?//");
      const init = this.#pipe();
      this.expect(';', "'|' or ',' or ';'");
      const update = this.#pipe();
      const extract = type === 'foreach' && this.take(';') ? this.#pipe() : undefined;
      this.expect(')');
      return this.#suffixes({ type, source, patterns, init, update, extract });
    }
    const term = this.#post();
    if (!this.is('as')) return term;
    // `term as $x | body` binds tighter than what stands before it.
    this.at++;
    const patterns = this.#patterns();
    this.expect('|', "'|' or ?//");
    return { type: 'as', source: term, patterns, body: this.#pipe() };
  }

  #post(): Node {
    return this.#suffixes(this.#term());
  }

  #suffixes(start: Node): Node {
    let term = start;
    for (;;) {
      const token = this.peek();
      if (token?.type === 'field') {
        this.at++;
        term = { type: 'index', term, key: { type: 'literal', value: token.text.slice(1) } };
      } else if (this.is('.') && this.peek(1)?.type === 'string') {
        this.at++;
        term = { type: 'index', term, key: this.#string(undefined) };
      } else if (this.is('.') && this.is('[', 1)) {
        this.at += 2;
        term = this.#bracket(term);
      } else if (this.take('[')) term = this.#bracket(term);
      else if (this.take('?')) term = term !== start && (term.type === 'index' || term.type === 'slice' || term.type === 'iterate') || term.type === 'index' && term.term === IDENTITY ? { ...term, optional: true } : { type: 'try', body: term };
      else if (this.is('.') && !this.is('..')) {
        this.at++;
        return this.unexpected(", expecting FORMAT or QQSTRING_START or '['");
      } else return term;
    }
  }

  #bracket(term: Node): Node {
    if (this.take(']')) return { type: 'iterate', term };
    if (this.take(':')) {
      const to = this.#pipe();
      this.expect(']');
      return { type: 'slice', term, from: undefined, to };
    }
    const key = this.#pipe();
    if (this.take(':')) {
      const to = this.is(']') ? undefined : this.#pipe();
      this.expect(']');
      return { type: 'slice', term, from: key, to };
    }
    this.expect(']', "'|' or ',' or ':' or ']'");
    return { type: 'index', term, key };
  }

  #term(): Node {
    const token = this.peek();
    if (!token) return this.unexpected();
    if (token.type === 'string') return this.#string(undefined);
    this.at++;
    switch (token.type) {
      case 'number': return { type: 'literal', value: numberOf(token.text) };
      case 'field': return { type: 'index', term: IDENTITY, key: { type: 'literal', value: token.text.slice(1) } };
      case 'format': return this.peek()?.type === 'string' ? this.#string(token.text.slice(1)) : { type: 'format', name: token.text.slice(1) };
      case 'var': {
        if (token.text === '$__loc__') return { type: 'literal', value: new Map<string, string | number>([['file', '<top-level>'], ['line', this.source.slice(0, token.start).split('\n').length]]) };
        const node: Node = { type: 'var', name: token.text.slice(1) };
        this.places.set(node, token);
        return node;
      }
    }
    switch (token.text) {
      case '.': return this.peek()?.type === 'string' ? { type: 'index', term: IDENTITY, key: this.#string(undefined) } : IDENTITY;
      case '..': return { type: 'call', name: 'recurse', args: [] };
      case '(': {
        const body = this.#pipe();
        this.expect(')', "'|' or ',' or ')'");
        return body;
      }
      case '[': {
        if (this.take(']')) return { type: 'array', body: undefined };
        const body = this.#pipe();
        this.expect(']', "'|' or ',' or ']'");
        return { type: 'array', body };
      }
      case '{': return this.#object();
      case 'if': return this.#if(token);
      case 'def': {
        const definition = this.#definition();
        return { type: 'def', definition, body: this.#pipe() };
      }
      case 'reduce': case 'foreach': case 'try': case 'label':
        this.at--;
        return token.text === 'label' ? this.#pipe() : this.#unary();
      case 'break': {
        if (this.peek()?.type !== 'var') {
          const text = this.message('syntax error, unexpected end of file, expecting BINDING', token);
          throw new JqSyntaxError(report([text, this.message('break requires a label to break to', token)]));
        }
        const node: Node = { type: 'break', name: this.#variable() };
        this.places.set(node, token);
        return node;
      }
      case 'null': return { type: 'literal', value: null };
      case 'true': case 'false': return { type: 'literal', value: token.text === 'true' };
    }
    if (token.type !== 'word' || KEYWORDS.has(token.text)) {
      this.at--;
      return this.unexpected(this.at === 0 ? ', expecting end of file' : '');
    }
    const args: Node[] = [];
    if (this.take('(')) {
      do args.push(this.#pipe()); while (this.take(';'));
      this.expect(')', "';' or ')'");
    }
    const node: Node = { type: 'call', name: token.text, args };
    this.places.set(node, token.text && args.length ? { ...token, end: token.end } : token);
    return node;
  }

  #if(token: Token): Node {
    this.unterminated.push({ word: 'if', start: token.start });
    const condition = this.#pipe();
    this.expect('then', "then or '|' or ','");
    const consequent = this.#pipe();
    let otherwise: Node | undefined;
    if (this.is('elif')) {
      otherwise = this.#if(this.tokens[this.at++]!);
      this.unterminated.pop();
      return { type: 'if', condition, consequent, otherwise };
    }
    if (this.take('else')) otherwise = this.#pipe();
    this.expect('end', otherwise ? "end or '|' or ','" : "elif or else or end or '|' or ','");
    this.unterminated.pop();
    return { type: 'if', condition, consequent, otherwise };
  }

  #string(format: string | undefined): Node {
    const token = this.tokens[this.at++]!;
    const parts = token.parts!.map((part) => {
      if (typeof part === 'string') return part;
      const inner = new Parser(this.source, tokens(this.source, part.from, part.to));
      const node = inner.program();
      if (inner.at < inner.tokens.length) inner.unexpected(", expecting QQSTRING_INTERP_END or '|' or ','");
      for (const [key, place] of inner.places) this.places.set(key, place);
      return node;
    });
    return parts.length === 1 ? { type: 'literal', value: parts[0] as string } : { type: 'string', format, parts };
  }

  #object(): Node {
    const list: { key: Node; value: Node }[] = [];
    while (!this.take('}')) {
      if (list.length) {
        this.expect(',', "'}'");
      }
      const token = this.peek();
      if (!token) return this.unexpected();
      let key: Node;
      let value: Node | undefined;
      if (token.type === 'var') {
        this.at++;
        const name = token.text.slice(1);
        key = { type: 'literal', value: name };
        if (name === '__loc__') value = { type: 'literal', value: new Map<string, string | number>([['file', '<top-level>'], ['line', 1]]) };
        else {
          value = { type: 'var', name };
          this.places.set(value, token);
        }
      } else if (this.take('(')) {
        key = this.#pipe();
        this.expect(')', "'|' or ',' or ')'");
        if (key.type === 'literal' && typeof key.value !== 'string') {
          const literal = this.tokens[this.at - 2]!;
          throw new JqSyntaxError(report([this.message(`Cannot use ${typeof key.value === 'number' ? 'number' : 'value'} (${literal.text}) as object key`, literal)]));
        }
      } else if (token.type === 'string') key = this.#string(undefined);
      else if (token.type === 'format' && this.peek(1)?.type === 'string') {
        this.at++;
        key = this.#string(token.text.slice(1));
      } else if (token.type === 'word' || token.type === 'number') {
        this.at++;
        key = { type: 'literal', value: token.text };
      } else return this.unexpected();
      if (!value) {
        if (this.take(':')) {
          value = this.#alternatives();
        } else value = { type: 'index', term: IDENTITY, key };
      }
      list.push({ key, value });
    }
    return { type: 'object', entries: list };
  }

  /** The value of an object's field: no commas, but pipes. */
  #alternatives(): Node {
    const left = this.#binary(0);
    return this.take('|') ? { type: 'pipe', left, right: this.#alternatives() } : left;
  }

  #variable(): string {
    const token = this.peek();
    if (token?.type !== 'var') return this.unexpected(', expecting BINDING');
    this.at++;
    return token.text.slice(1);
  }

  #patterns(): Pattern[] {
    const list = [this.#pattern()];
    while (this.take('?//')) list.push(this.#pattern());
    return list;
  }

  #pattern(): Pattern {
    if (this.take('[')) {
      const items = [this.#pattern()];
      while (this.take(',')) items.push(this.#pattern());
      this.expect(']', "',' or ']'");
      return { type: 'array', items };
    }
    if (this.take('{')) {
      const list: { key: Node; variable?: string; value?: Pattern }[] = [];
      do {
        const token = this.peek();
        if (token?.type === 'var') {
          this.at++;
          const name = token.text.slice(1);
          list.push({ key: { type: 'literal', value: name }, variable: name, ...(this.take(':') ? { value: this.#pattern() } : {}) });
          continue;
        }
        let key: Node;
        if (this.take('(')) {
          key = this.#pipe();
          this.expect(')');
        } else if (token?.type === 'string') key = this.#string(undefined);
        else if (token?.type === 'word') {
          this.at++;
          key = { type: 'literal', value: token.text };
        } else return this.unexpected();
        this.expect(':');
        list.push({ key, value: this.#pattern() });
      } while (this.take(','));
      this.expect('}', "',' or '}'");
      return { type: 'object', entries: list };
    }
    if (this.peek()?.type !== 'var') this.unexpected(", expecting BINDING or '[' or '{'");
    return { type: 'var', name: this.#variable() };
  }

  #definition(): Definition {
    const name = this.tokens[this.at++];
    if (name?.type !== 'word') {
      this.at--;
      return this.unexpected(', expecting IDENT');
    }
    const parameters: string[] = [];
    if (this.take('(')) {
      do {
        const token = this.tokens[this.at++];
        if (token?.type !== 'word' && token?.type !== 'var') {
          this.at--;
          return this.unexpected();
        }
        parameters.push(token.text);
      } while (this.take(';'));
      this.expect(')', "';' or ')'");
    }
    this.expect(':', parameters.length ? "':'" : "'(' or ':'");
    const body = this.#pipe();
    this.expect(';', "'|' or ',' or ';'");
    return { name: name.text, parameters, body };
  }
}
