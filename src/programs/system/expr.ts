// expr: the value of an expression.

import type { Io } from '../lib/messages.ts';
import { quote } from '../lib/quote.ts';
import { Regex, RegexError } from '../lib/regex.ts';
import type { Tool } from '../lib/tool.ts';

export const expr: Tool = {
  gnu: null, busybox: null, usageStatus: 2,
  *run(io, { operands }) {
    const words = operands[0] === '--' ? operands.slice(1) : operands;
    if (!words.length) {
      if (io.gnu) io.usage('missing operand');
      io.die('too few arguments', 2);
    }
    const parser = new Parser(io, words);
    const value = parser.or();
    if (parser.rest !== undefined) io.die(io.gnu ? `syntax error: unexpected argument ${quote(parser.rest)}` : 'syntax error', 2);
    io.out(`${value}\n`);
    return isNull(value) ? 1 : 0;
  },
};

const isNull = (value: string): boolean => value === '' || /^-?0+$/.test(value);
const INTEGER = /^-?\d+$/;

class Parser {
  readonly #io: Io;
  readonly #words: readonly string[];
  #at = 0;

  constructor(io: Io, words: readonly string[]) {
    this.#io = io;
    this.#words = words;
  }

  get rest(): string | undefined {
    return this.#words[this.#at];
  }

  or(): string {
    let value = this.#and();
    while (this.#take('|')) {
      const other = this.#and();
      if (isNull(value)) value = isNull(other) ? '0' : other;
    }
    return value;
  }

  #and(): string {
    let value = this.#compare();
    while (this.#take('&')) {
      const other = this.#compare();
      if (isNull(value) || isNull(other)) value = '0';
    }
    return value;
  }

  #compare(): string {
    let value = this.#sum();
    for (let operator = this.#take('<', '<=', '=', '==', '!=', '>=', '>'); operator; operator = this.#take('<', '<=', '=', '==', '!=', '>=', '>')) {
      const other = this.#sum();
      const numbers = INTEGER.test(value) && INTEGER.test(other);
      const [a, b] = numbers ? [BigInt(value), BigInt(other)] : [value, other];
      const holds = { '<': a < b, '<=': a <= b, '=': a === b, '==': a === b, '!=': a !== b, '>=': a >= b, '>': a > b }[operator]!;
      value = holds ? '1' : '0';
    }
    return value;
  }

  #sum(): string {
    let value = this.#product();
    for (let operator = this.#take('+', '-'); operator; operator = this.#take('+', '-')) {
      const other = this.#product();
      value = String(operator === '+' ? this.#integer(value) + this.#integer(other) : this.#integer(value) - this.#integer(other));
    }
    return value;
  }

  #product(): string {
    let value = this.#match();
    for (let operator = this.#take('*', '/', '%'); operator; operator = this.#take('*', '/', '%')) {
      const [a, b] = [value, this.#match()].map((text) => this.#integer(text)) as [bigint, bigint];
      if (operator !== '*' && b === 0n) this.#io.die('division by zero', 2);
      value = String(operator === '*' ? a * b : operator === '/' ? a / b : a % b);
    }
    return value;
  }

  #match(): string {
    let value = this.#unary();
    while (this.#take(':')) value = this.#matching(value, this.#unary());
    return value;
  }

  #matching(text: string, pattern: string): string {
    try {
      const regex = Regex.posix(`^${pattern}`);
      const match = regex.exec(text);
      return regex.groups ? match?.[1] ?? '' : String(match ? [...match[0]].length : 0);
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      return this.#io.die(this.#io.gnu ? error.message : `bad regex '${pattern}': ${error.message}`, 2);
    }
  }

  #unary(): string {
    const word = this.#words[this.#at];
    if (this.#take('+')) return this.#operand();
    if (word === 'length' && this.#at + 1 < this.#words.length && this.#take('length')) return String([...this.#unary()].length);
    if (this.#take('match')) {
      const text = this.#unary();
      return this.#matching(text, this.#unary());
    }
    if (this.#take('index')) {
      const text = [...this.#unary()];
      const set = this.#unary();
      return String(text.findIndex((character) => set.includes(character)) + 1);
    }
    if (this.#take('substr')) {
      const text = [...this.#unary()];
      const [from, length] = [Number(this.#unary()), Number(this.#unary())];
      return from >= 1 && length >= 1 ? text.slice(from - 1, from - 1 + length).join('') : '';
    }
    if (this.#take('(')) {
      const value = this.or();
      if (!this.#take(')')) {
        const last = this.#words.at(-1)!;
        this.#io.die(this.#io.gnu ? `syntax error: expecting ')' after ${quote(last)}` : 'syntax error', 2);
      }
      return value;
    }
    return this.#operand();
  }

  #operand(): string {
    const word = this.#words[this.#at++];
    if (word === undefined) this.#io.die(this.#io.gnu ? `syntax error: missing argument after ${quote(this.#words.at(-1)!)}` : 'syntax error', 2);
    if (word === ')') this.#io.die(this.#io.gnu ? `syntax error: unexpected ')'` : 'syntax error', 2);
    return word;
  }

  #take(...operators: string[]): string | undefined {
    const word = this.#words[this.#at];
    if (word === undefined || !operators.includes(word)) return undefined;
    this.#at++;
    return word;
  }

  #integer(text: string): bigint {
    return INTEGER.test(text) ? BigInt(text) : this.#io.die(this.#io.gnu ? 'non-integer argument' : 'non-numeric argument', 2);
  }
}
