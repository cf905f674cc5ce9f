// awk programs, parsed.

import { AwkSyntaxError, ExpressionParser } from './expressions.ts';
import { BUILTINS, type AwkProgram, type Expression, type Rule, type Statement } from './syntax.ts';
import { tokens } from './tokens.ts';

const MAWK_LACKS = new Set(['gensub', 'and', 'or', 'xor', 'lshift', 'rshift', 'compl']);

/** @throws AwkSyntaxError */
export function parseAwk(source: string, mawk: boolean): AwkProgram {
  const names = Object.keys(BUILTINS).filter((name) => !mawk || !MAWK_LACKS.has(name));
  return new Parser(tokens(source, new Set(names), mawk), mawk).program();
}

class Parser extends ExpressionParser {
  program(): AwkProgram {
    const bad = this.tokens.find(({ type }) => type === 'bad');
    if (bad) throw new AwkSyntaxError(!this.mawk ? `cmd. line:${bad.line}: ${bad.text.startsWith('unexpected') ? 'Unexpected token' : 'Unexpected end of string'}` : `${bad.text.startsWith('unexpected') ? `${bad.line}` : `line ${bad.line}`}: ${bad.text}`);
    const rules: Rule[] = [];
    this.#terminators();
    while (this.at < this.tokens.length) {
      if (this.take('function')) this.#function();
      else rules.push(this.#oneRule());
      this.#terminators();
    }
    for (const { name, body, line } of this.functions.values()) {
      if (!body) throw new AwkSyntaxError(this.mawk ? `line ${line + 1}: function ${name} never defined` : `cmd. line:${line}: Call to undefined function`);
    }
    return { rules, globals: this.globals };
  }

  #terminators(): void {
    while (this.token.type === 'newline' || this.is(';')) this.at++;
  }

  #function(): void {
    const name = this.token;
    if (name.type !== 'name' && name.type !== 'function') this.fail();
    this.at++;
    this.open();
    const parameters: string[] = [];
    while (!this.is(')')) {
      const parameter = this.token;
      if (parameter.type !== 'name') this.fail();
      if (parameter.text === name.text && this.mawk) throw new AwkSyntaxError(`line ${parameter.line}: function parameter cannot be the function\nline ${parameter.line}: syntax error at or near ${parameter.text}`);
      parameters.push(parameter.text);
      this.at++;
      if (!this.take(',')) break;
      this.newlines();
    }
    this.close();
    this.newlines();
    const fn = this.named(name.text, name.line);
    fn.parameters = parameters;
    this.locals = parameters;
    this.rule = 'function';
    fn.body = this.#block();
    this.locals = undefined;
  }

  #oneRule(): Rule {
    this.rule = 'main';
    for (const kind of ['BEGIN', 'END'] as const) {
      if (!this.take(kind)) continue;
      this.rule = kind;
      if (!this.is('{')) this.fail();
      return { kind, pattern: undefined, until: undefined, body: this.#block(), active: false };
    }
    let pattern: Expression | undefined;
    let until: Expression | undefined;
    if (!this.is('{')) {
      pattern = this.expression();
      if (this.take(',')) {
        this.newlines();
        until = this.expression();
      }
    }
    const body = this.is('{') ? this.#block() : undefined;
    if (!body && this.token.type !== 'newline' && !this.is(';') && this.token.type !== 'end') this.fail();
    return { kind: 'main', pattern, until, body, active: false };
  }

  #block(): Statement {
    this.expect('{');
    this.braces++;
    const body: Statement[] = [];
    for (this.#terminators(); !this.is('}'); this.#terminators()) {
      if (this.token.type === 'end') this.fail();
      body.push(this.#statement());
    }
    this.braces--;
    this.at++;
    return { type: 'block', body };
  }

  /** After a simple statement. */
  #endOfStatement(): void {
    if (this.token.type === 'newline' || this.is(';')) {
      this.at++;
      return;
    }
    if (!this.is('}') && this.token.type !== 'end') this.fail();
  }

  #body(): Statement {
    this.newlines();
    if (this.take(';')) return { type: 'block', body: [] };
    if (this.is('}') && this.mawk) return { type: 'block', body: [] };
    return this.#statement();
  }

  #statement(): Statement {
    if (this.is('{')) return this.#block();
    const { text, type } = this.token;
    if (type === 'keyword') {
      switch (text) {
        case 'if': {
          this.at++;
          const test = this.#test();
          const yes = this.#body();
          const mark = this.at;
          this.#terminators();
          if (this.take('else')) return { type: 'if', test, yes, no: this.#body() };
          this.at = mark;
          return { type: 'if', test, yes, no: undefined };
        }
        case 'while': {
          this.at++;
          const test = this.#test();
          return { type: 'while', test, body: this.#body() };
        }
        case 'do': {
          this.at++;
          const body = this.#body();
          this.#terminators();
          this.expect('while');
          const test = this.#test();
          this.#endOfStatement();
          return { type: 'do', test, body };
        }
        case 'for': return this.#for();
        case 'next': case 'nextfile': case 'break': case 'continue':
          if (text.startsWith('next') && this.mawk && /BEGIN|END/.test(this.rule)) this.fail(`improper use of ${text}`);
          this.at++;
          this.#endOfStatement();
          return { type: text };
        case 'exit': case 'return': {
          if (text === 'return' && this.locals === undefined && this.mawk) this.fail('return outside function body');
          this.at++;
          const ends = this.token.type === 'newline' || this.is(';') || this.is('}') || this.token.type === 'end';
          const value = ends ? undefined : this.expression();
          this.#endOfStatement();
          return { type: text, value };
        }
      }
    }
    const statement = this.#simple();
    this.#endOfStatement();
    return statement;
  }

  #test(): Expression {
    this.open();
    const test = this.expression();
    this.close();
    return test;
  }

  #for(): Statement {
    this.at++;
    this.open();
    const [name, word, array] = this.tokens.slice(this.at, this.at + 3);
    const close = this.tokens[this.at + 3];
    if (name?.type === 'name' && word?.text === 'in' && array?.type === 'name' && close?.text === ')') {
      const variable = this.variable(name.text);
      this.at += 3;
      this.close();
      return { type: 'each', variable, array: this.variable(array.text), body: this.#body() };
    }
    const init = this.is(';') ? undefined : this.#simple();
    this.expect(';');
    this.newlines();
    const test = this.is(';') ? undefined : this.expression();
    this.expect(';');
    this.newlines();
    const step = this.is(')') ? undefined : this.#simple();
    this.close();
    return { type: 'for', init, test, step, body: this.#body() };
  }

  #simple(): Statement {
    if (this.take('delete')) {
      const name = this.token;
      if (name.type !== 'name') this.fail();
      this.at++;
      const array = this.variable(name.text);
      return { type: 'delete', array, key: this.take('[') ? this.subscript() : undefined };
    }
    const printing = this.token;
    if (!this.take('print') && !this.take('printf')) return { type: 'expression', value: this.expression() };
    const args: Expression[] = [];
    const ends = (): boolean => this.token.type === 'newline' || this.token.type === 'end' || [';', '}', '>', '>>', '|'].some((text) => this.is(text));
    if (!ends()) {
      const first = this.expression(true);
      if (first.type === 'group') args.push(...first.items);
      else args.push(first);
      while (this.take(',')) {
        this.newlines();
        args.push(this.expression(true));
      }
    }
    const { text } = this.token;
    const redirect = this.take('>') || this.take('>>') || this.take('|') ? (text as '>') : undefined;
    return { type: printing.text as 'print', args, redirect, to: redirect && this.ternary(true, true) };
  }
}
