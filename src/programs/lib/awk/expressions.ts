// The expressions of awk, parsed.

import { Regex, RegexError } from '../regex.ts';
import { BUILTINS, type Expression, type Name, type Target, type UserFunction } from './syntax.ts';
import type { Token } from './tokens.ts';
import { Cell } from './values.ts';

/** All lines about a program that cannot be compiled, each without `awk: `. */
export class AwkSyntaxError extends Error {}

const COMPARE = new Set(['<', '<=', '==', '!=', '>', '>=']);
const ASSIGN = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=']);

/** Reads expressions from the words of a program. */
export class ExpressionParser {
  readonly tokens: readonly Token[];
  readonly mawk: boolean;
  readonly globals = new Map<string, Cell>();
  readonly functions = new Map<string, UserFunction>();
  locals: readonly string[] | undefined;
  at = 0;
  braces = 0;
  parens = 0;
  rule = '';

  constructor(list: readonly Token[], mawk: boolean) {
    this.tokens = list;
    this.mawk = mawk;
  }

  get token(): Token {
    return this.tokens[this.at] ?? { type: 'end', text: '', line: (this.tokens.at(-1)?.line ?? 1) + 1 };
  }

  is(text: string): boolean {
    const { type, text: own } = this.token;
    return own === text && (type === 'op' || type === 'keyword');
  }

  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  fail(message?: string): never {
    const { type, text, line } = this.token;
    if (!this.mawk) throw new AwkSyntaxError(`cmd. line:${Math.min(line, this.tokens.at(-1)?.line ?? 1)}: Unexpected token`);
    if (message) throw new AwkSyntaxError(`line ${line}: ${message}`);
    if (this.parens) throw new AwkSyntaxError(`line ${type === 'end' ? line - 1 : line}: missing ) near ${type === 'newline' || type === 'end' ? 'end of line' : text}`);
    if (type === 'end') throw new AwkSyntaxError(`line ${line}: ${this.braces ? 'missing } near end of file' : 'syntax error at or near end of file'}`);
    const extra = text === ')' ? `line ${line}: extra ')'\n` : text === '}' && !this.braces ? `line ${line}: extra '}'\n` : '';
    if (text === ')' && this.braces) throw new AwkSyntaxError(`${extra}line ${this.tokens.at(-1)!.line + 1}: missing } near end of file`);
    throw new AwkSyntaxError(`${extra}line ${line}: syntax error at or near ${type === 'newline' || extra ? 'end of line' : text}`);
  }

  expect(text: string): void {
    if (!this.take(text)) this.fail();
  }

  open(): void {
    this.expect('(');
    this.parens++;
  }

  close(): void {
    this.expect(')');
    this.parens--;
  }

  newlines(): void {
    while (this.token.type === 'newline') this.at++;
  }

  named(name: string, line: number): UserFunction {
    let fn = this.functions.get(name);
    if (!fn) this.functions.set(name, fn = { name, parameters: [], body: undefined, line });
    return fn;
  }

  variable(text: string): Name {
    const local = this.locals?.indexOf(text) ?? -1;
    if (local >= 0) return { type: 'name', cell: local, text };
    let cell = this.globals.get(text);
    if (!cell) this.globals.set(text, cell = new Cell());
    return { type: 'name', cell, text };
  }

  subscript(): Expression {
    const items = [this.expression()];
    while (this.take(',')) items.push(this.expression());
    this.expect(']');
    return items.length === 1 ? items[0]! : { type: 'group', items };
  }

  /** @param printing `>` is not a comparison here */
  expression(printing = false, noIn = false): Expression {
    const left = this.ternary(printing, noIn);
    const operator = this.token.text;
    if (this.token.type !== 'op' || !ASSIGN.has(operator) || left.type !== 'name' && left.type !== 'element' && left.type !== 'field') return left;
    this.at++;
    this.newlines();
    return { type: 'assign', operator: operator.slice(0, -1), target: left, value: this.expression(printing, noIn) };
  }

  ternary(printing: boolean, noIn: boolean): Expression {
    const test = this.or(printing, noIn);
    if (!this.take('?')) return test;
    this.newlines();
    const yes = this.expression(printing, noIn);
    this.newlines();
    this.expect(':');
    this.newlines();
    return { type: 'conditional', test, yes, no: this.expression(printing, noIn) };
  }

  or(printing: boolean, noIn: boolean): Expression {
    let left = this.and(printing, noIn);
    while (this.take('||')) {
      this.newlines();
      left = { type: 'or', left, right: this.and(printing, noIn) };
    }
    return left;
  }

  and(printing: boolean, noIn: boolean): Expression {
    let left = this.in(printing, noIn);
    while (this.take('&&')) {
      this.newlines();
      left = { type: 'and', left, right: this.in(printing, noIn) };
    }
    return left;
  }

  in(printing: boolean, noIn: boolean): Expression {
    let left = this.match(printing);
    if (noIn) return left;
    while (this.take('in')) {
      const array = this.token;
      if (array.type !== 'name') this.fail();
      this.at++;
      left = { type: 'in', key: left, array: this.variable(array.text) };
    }
    return left;
  }

  match(printing: boolean): Expression {
    let left = this.compare(printing);
    for (;;) {
      const negated = this.is('!~');
      if (!negated && !this.is('~')) return left;
      this.at++;
      left = { type: 'match', negated, left, right: this.compare(printing) };
    }
  }

  compare(printing: boolean): Expression {
    const left = this.pipe(printing);
    const operator = this.token.text;
    if (this.token.type !== 'op' || !COMPARE.has(operator) || printing && operator === '>') return left;
    this.at++;
    return { type: 'compare', operator, left, right: this.pipe(printing) };
  }

  pipe(printing: boolean): Expression {
    let left = this.concat(printing);
    while (this.is('|') && this.tokens[this.at + 1]?.text === 'getline') {
      this.at += 2;
      left = { type: 'getline', from: 'command', source: left, target: this.optionalTarget() };
    }
    return left;
  }

  concat(printing: boolean): Expression {
    let left = this.additive(printing);
    for (;;) {
      const { type, text } = this.token;
      const starts = ['number', 'string', 'function', 'name', 'builtin', 'regex'].includes(type) || type === 'op' && ['$', '!', '(', '-', '+', '++', '--'].includes(text);
      if (!starts) return left;
      left = { type: 'concat', left, right: this.additive(printing) };
    }
  }

  additive(printing: boolean): Expression {
    let left = this.multiplicative(printing);
    while (this.is('+') || this.is('-')) {
      const operator = this.tokens[this.at++]!.text;
      left = { type: 'arithmetic', operator, left, right: this.multiplicative(printing) };
    }
    return left;
  }

  multiplicative(printing: boolean): Expression {
    let left = this.unary(printing);
    while (this.is('*') || this.is('/') || this.is('%')) {
      const operator = this.tokens[this.at++]!.text;
      left = { type: 'arithmetic', operator, left, right: this.unary(printing) };
    }
    return left;
  }

  unary(printing: boolean): Expression {
    for (const [sign, type] of [['!', 'not'], ['-', 'minus'], ['+', 'plus']] as const) {
      if (this.take(sign)) return { type, operand: this.unary(printing) };
    }
    const left = this.postfix();
    if (!this.take('^')) return left;
    return { type: 'arithmetic', operator: '^', left, right: this.unary(printing) };
  }

  postfix(): Expression {
    for (const [text, by] of [['++', 1], ['--', -1]] as const) {
      if (this.take(text)) return { type: 'step', prefix: true, by, target: this.target() };
    }
    const operand = this.primary();
    if (operand.type !== 'name' && operand.type !== 'element' && operand.type !== 'field') return operand;
    for (const [text, by] of [['++', 1], ['--', -1]] as const) {
      if (this.take(text)) return { type: 'step', prefix: false, by, target: operand };
    }
    return operand;
  }

  target(): Target {
    const target = this.primary();
    if (target.type !== 'name' && target.type !== 'element' && target.type !== 'field') return this.fail();
    return target;
  }

  optionalTarget(): Target | undefined {
    return this.token.type === 'name' || this.is('$') ? this.target() : undefined;
  }

  primary(): Expression {
    const { type, text } = this.token;
    this.at++;
    switch (type) {
      case 'number': return { type: 'constant', value: !this.mawk && /^0[0-7]+$/.test(text) ? parseInt(text, 8) : Number(text) };
      case 'string': return { type: 'constant', value: text };
      case 'regex':
        try {
          return { type: 'regex', regex: Regex.posix(text, { extended: true, awk: true }) };
        } catch (error) {
          if (!(error instanceof RegexError)) throw error;
          throw new AwkSyntaxError(this.mawk ? `line ${this.tokens[this.at - 1]!.line}: regular expression compile failed (${/\(/.test(error.message) ? "missing ')'" : error.message})\n${text}` : `bad regex '${text}': ${error.message}`);
        }
      case 'name': {
        const name = this.variable(text);
        return this.take('[') ? { type: 'element', array: name, key: this.subscript() } : name;
      }
      case 'function': {
        const fn = this.named(text, this.token.line);
        return { type: 'call', fn, args: this.args() };
      }
      case 'builtin': {
        const args = this.is('(') ? this.args() : text === 'length' ? [] : this.fail();
        const [least, most] = BUILTINS[text]!;
        if (args.length < least || args.length > most) this.fail(`${args.length < least ? 'not enough' : 'too many'} arguments in call to ${text}`);
        return { type: 'builtin', name: text, args };
      }
    }
    if (type === 'op' && text === '$') {
      const index: Expression = this.is('++') || this.is('--') ? this.postfix() : this.take('-') ? { type: 'minus', operand: this.primary() } : this.primary();
      return { type: 'field', index };
    }
    if (type === 'op' && text === '(') {
      this.parens++;
      this.newlines();
      const items = [this.expression()];
      while (this.take(',')) {
        this.newlines();
        items.push(this.expression());
      }
      this.newlines();
      this.close();
      if (items.length > 1) return { type: 'group', items };
      return items[0]!;
    }
    if (type === 'keyword' && text === 'getline') {
      const target = this.optionalTarget();
      return this.take('<') ? { type: 'getline', from: 'file', source: this.primary(), target } : { type: 'getline', from: 'main', target };
    }
    this.at--;
    return this.fail();
  }

  args(): Expression[] {
    this.open();
    const args: Expression[] = [];
    this.newlines();
    while (!this.is(')')) {
      args.push(this.expression());
      this.newlines();
      if (!this.take(',')) break;
      this.newlines();
    }
    this.close();
    return args;
  }
}
