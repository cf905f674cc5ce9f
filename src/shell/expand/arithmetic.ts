// Integer arithmetic of the shell, 64 bits wide: its own tokens, precedence climbing, and evaluation with assignments.

import type { DialectName } from '../dialect.ts';
import { Failure } from '../unwind.ts';

/** Variables as arithmetic sees them. */
export interface ArithmeticScope {
  get(name: string, index: string | undefined): string | undefined;
  set(name: string, index: string | undefined, value: string): void;
}

type Integer = number | bigint;
type Expression =
  | { readonly type: 'number'; readonly value: Integer }
  | { readonly type: 'variable'; readonly name: string; readonly index: string | undefined }
  | { readonly type: 'unary'; readonly operator: string; readonly operand: Expression }
  | { readonly type: 'step'; readonly by: 1 | -1; readonly prefix: boolean; readonly name: string; readonly index: string | undefined }
  | { readonly type: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression; readonly rest: string }
  | { readonly type: 'ternary'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly type: 'assign'; readonly operator: string; readonly name: string; readonly index: string | undefined; readonly value: Expression; readonly rest: string };

const LEVELS: Record<string, number> = {
  ',': 1, '||': 4, '&&': 5, '|': 6, '^': 7, '&': 8, '==': 9, '!=': 9, '<': 10, '<=': 10, '>': 10, '>=': 10, '<<': 11, '>>': 11, '+': 12, '-': 12, '*': 13, '/': 13, '%': 13, '**': 14,
};
const TOKEN = /\s*(?:(\d\w*(?:#[\w@]+)?)|([A-Za-z_]\w*)|(<<=|>>=|\*\*|\+\+|--|&&|\|\||<<|>>|[<>=!]=|[-+*/%&^|]=|[-+*/%&^|<>=!~?:(),]))/y;

function normal(value: bigint): Integer {
  const wrapped = BigInt.asIntN(64, value);
  return wrapped >= -0x1fffffffffffffn && wrapped <= 0x1fffffffffffffn ? Number(wrapped) : wrapped;
}

class Parser {
  readonly #text: string;
  readonly #dialect: DialectName;
  #at = 0;
  #token = '';
  #kind: string = 'end';
  #start = 0;

  constructor(text: string, dialect: DialectName) {
    this.#text = text;
    this.#dialect = dialect;
    this.#next();
  }

  parse(): Expression {
    if (this.#kind === 'end') return { type: 'number', value: 0 };
    const expression = this.#expression(0);
    if (this.#kind !== 'end') this.fail('arithmetic syntax error in expression');
    return expression;
  }

  fail(message: string, from = this.#start): never {
    if (this.#dialect === 'ash') throw new Failure('arithmetic syntax error', 2, 'shell');
    throw new Failure(`${this.#text.trimStart()}: ${message} (error token is "${this.#text.slice(from)}")`, 1, 'line');
  }

  #next(): void {
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#text);
    if (!match) {
      const rest = this.#text.slice(this.#at);
      this.#start = this.#at + (rest.length - rest.trimStart().length);
      this.#kind = 'end';
      this.#token = '';
      if (rest.trim()) this.fail(/^\s*[\])}]/.test(rest) ? 'arithmetic syntax error in expression' : 'arithmetic syntax error: invalid arithmetic operator');
      return;
    }
    this.#at = TOKEN.lastIndex;
    this.#token = match[1] ?? match[2] ?? match[3]!;
    this.#start = this.#at - this.#token.length;
    this.#kind = match[1] !== undefined ? 'number' : match[2] !== undefined ? 'name' : 'operator';
  }

  get #isName(): boolean {
    return this.#kind === 'name';
  }

  #is(operator: string): boolean {
    return this.#kind === 'operator' && this.#token === operator;
  }

  #expression(level: number): Expression {
    let left = this.#unary();
    for (;;) {
      if (this.#kind !== 'operator') return left;
      const operator = this.#token;
      if (/^(?:[-+*/%&^|]|<<|>>)?=$/.test(operator)) {
        if (left.type !== 'variable') this.fail('attempted assignment to non-variable');
        if (level > 2) return left;
        this.#next();
        const rest = this.#text.slice(this.#start);
        const value = this.#expression(2);
        left = { type: 'assign', operator: operator.slice(0, -1), name: left.name, index: left.index, value, rest };
        continue;
      }
      if (operator === '?') {
        if (level > 3) return left;
        this.#next();
        const yes = this.#expression(1);
        if (!this.#is(':')) this.fail('`:\' expected for conditional expression');
        this.#next();
        const no = this.#expression(3);
        left = { type: 'ternary', test: left, yes, no };
        continue;
      }
      const power = LEVELS[operator];
      if (power === undefined || power < level || (level === 0 && power < 1)) return left;
      this.#next();
      const rest = this.#text.slice(this.#start);
      const right = this.#expression(operator === '**' ? power : power + 1);
      left = { type: 'binary', operator, left, right, rest };
    }
  }

  #unary(): Expression {
    if (this.#kind === 'number') {
      const value = this.#number(this.#token);
      this.#next();
      return { type: 'number', value };
    }
    if (this.#kind === 'name') {
      const variable = this.#variable();
      if (!this.#is('++') && !this.#is('--')) return variable;
      const by = this.#is('++') ? 1 : -1;
      this.#next();
      return { type: 'step', by, prefix: false, name: variable.name, index: variable.index };
    }
    if (this.#kind === 'operator') {
      const operator = this.#token;
      if (operator === '(') {
        this.#next();
        const inner = this.#expression(0);
        if (!this.#is(')')) this.fail("missing `)'");
        this.#next();
        return inner;
      }
      if ('-+!~'.includes(operator)) {
        this.#next();
        return { type: 'unary', operator, operand: this.#unary() };
      }
      if (operator === '++' || operator === '--') {
        this.#next();
        if (!this.#isName) return { type: 'unary', operator: operator[0]!, operand: { type: 'unary', operator: operator[0]!, operand: this.#unary() } };
        const variable = this.#variable();
        return { type: 'step', by: operator === '++' ? 1 : -1, prefix: true, name: variable.name, index: variable.index };
      }
    }
    const text = this.#text.trimEnd();
    // bash names the operator that lacks its operand.
    const operand = /[^\s\w]+\s*$/.exec(this.#text.slice(0, this.#kind === 'end' ? this.#text.length : this.#start));
    return this.fail('arithmetic syntax error: operand expected', this.#kind === 'end' && operand ? operand.index : Math.min(this.#start, text.length));
  }

  #variable(): { readonly type: 'variable'; readonly name: string; readonly index: string | undefined } {
    const name = this.#token;
    let index: string | undefined;
    if (this.#text[this.#at] === '[' && this.#dialect === 'bash') {
      let depth = 0;
      let end = this.#at;
      for (; end < this.#text.length; end++) {
        if (this.#text[end] === '[') depth++;
        else if (this.#text[end] === ']' && --depth === 0) break;
      }
      index = this.#text.slice(this.#at + 1, end);
      this.#at = end + 1;
    }
    this.#next();
    return { type: 'variable', name, index };
  }

  #number(token: string): Integer {
    const based = /^(\d+)#(.*)$/.exec(token);
    const base = based ? Number(based[1]) : /^0[xX]/.test(token) ? 16 : token[0] === '0' && token.length > 1 ? 8 : 10;
    const digits = based ? based[2]! : base === 16 ? token.slice(2) : token;
    if (base === 10 && digits.length < 16 && /^\d+$/.test(digits)) return Number(digits);
    let value = 0n;
    for (const c of digits) {
      const digit = /\d/.test(c) ? Number(c) : /[a-z]/.test(c) ? c.charCodeAt(0) - 87 : /[A-Z]/.test(c) ? c.charCodeAt(0) - (base > 36 ? 29 : 55) : c === '@' ? 62 : 63;
      if (digit >= base) {
        if (this.#dialect === 'ash') this.fail('');
        throw new Failure(`${token}: ${based || /^\d+$/.test(token) ? 'value too great for base' : 'value too great for base'} (error token is "${token}")`, 1, 'line');
      }
      value = value * BigInt(base) + BigInt(digit);
    }
    return normal(value);
  }
}

const cache = new Map<string, Expression>();

function compiled(text: string, dialect: DialectName): Expression {
  const key = dialect + text;
  let expression = cache.get(key);
  if (!expression) {
    expression = new Parser(text, dialect).parse();
    if (cache.size > 1000) cache.clear();
    cache.set(key, expression);
  }
  return expression;
}

function binary(operator: string, a: Integer, b: Integer, complain: (message: string) => never): Integer {
  switch (operator) {
    case '==': return a == b ? 1 : 0;
    case '!=': return a != b ? 1 : 0;
    case '<': return a < b ? 1 : 0;
    case '<=': return a <= b ? 1 : 0;
    case '>': return a > b ? 1 : 0;
    case '>=': return a >= b ? 1 : 0;
    case ',': return b;
  }
  if (typeof a === 'number' && typeof b === 'number') {
    const result = operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : operator === '/' && b ? Math.trunc(a / b) : operator === '%' && b ? a % b : NaN;
    if (Number.isSafeInteger(result)) return result + 0;
  }
  const x = BigInt(a);
  const y = BigInt(b);
  switch (operator) {
    case '+': return normal(x + y);
    case '-': return normal(x - y);
    case '*': return normal(x * y);
    case '/': return y ? normal(x / y) : complain('division by 0');
    case '%': return y ? normal(x % y) : complain('division by 0');
    case '**': return y < 0n ? complain('exponent less than 0') : power(x, y);
    case '<<': return normal(x << (y & 63n));
    case '>>': return normal(x >> (y & 63n));
    case '&': return normal(x & y);
    case '|': return normal(x | y);
    default: return normal(x ^ y);
  }
}

function power(base: bigint, exponent: bigint): Integer {
  let result = 1n;
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = BigInt.asIntN(64, result * base);
    base = BigInt.asIntN(64, base * base);
  }
  return normal(result);
}

class Evaluator {
  readonly #scope: ArithmeticScope;
  readonly #dialect: DialectName;
  readonly #text: string;
  readonly #depth: number;

  constructor(text: string, scope: ArithmeticScope, dialect: DialectName, depth: number) {
    this.#text = text;
    this.#scope = scope;
    this.#dialect = dialect;
    this.#depth = depth;
  }

  #complain(message: string, rest: string): never {
    if (this.#dialect === 'ash') throw new Failure(message === 'division by 0' ? 'divide by zero' : message, 2, 'shell');
    throw new Failure(`${this.#text.trimStart()}: ${message} (error token is "${rest}")`, 1, 'line');
  }

  #variable(name: string, index: string | undefined): Integer {
    const value = this.#scope.get(name, index);
    if (value === undefined || value === '') return 0;
    const number = /^-?[1-9]\d{0,14}$|^0$/.test(value) ? Number(value) : undefined;
    if (number !== undefined) return number;
    if (this.#depth > 1000) this.#complain('expression recursion level exceeded', value);
    return new Evaluator(value, this.#scope, this.#dialect, this.#depth + 1).run(compiled(value, this.#dialect));
  }

  run(e: Expression): Integer {
    switch (e.type) {
      case 'number':
        return e.value;
      case 'variable':
        return this.#variable(e.name, e.index);
      case 'unary': {
        const value = this.run(e.operand);
        if (e.operator === '!') return value ? 0 : 1;
        if (e.operator === '+') return value;
        return e.operator === '-' ? (typeof value === 'number' ? 0 - value : normal(-value)) : typeof value === 'number' ? -1 - value : normal(~value);
      }
      case 'step': {
        const old = this.#variable(e.name, e.index);
        const value = binary('+', old, e.by, () => 0 as never);
        this.#scope.set(e.name, e.index, String(value));
        return e.prefix ? value : old;
      }
      case 'binary': {
        const left = this.run(e.left);
        if (e.operator === '&&') return left && this.run(e.right) ? 1 : 0;
        if (e.operator === '||') return left || this.run(e.right) ? 1 : 0;
        return binary(e.operator, left, this.run(e.right), (message) => this.#complain(message, e.rest));
      }
      case 'ternary':
        return this.run(this.run(e.test) ? e.yes : e.no);
      case 'assign': {
        const right = this.run(e.value);
        const value = e.operator ? binary(e.operator, this.#variable(e.name, e.index), right, (message) => this.#complain(message, e.rest)) : right;
        this.#scope.set(e.name, e.index, String(value));
        return value;
      }
    }
  }
}

/** The value of an expression whose `$` expansions are done. @throws Failure */
export function evaluate(text: string, scope: ArithmeticScope, dialect: DialectName): Integer {
  return new Evaluator(text, scope, dialect, 0).run(compiled(text, dialect));
}
