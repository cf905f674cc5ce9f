// Running awk programs.

import type { Task } from '../../../base/task.ts';
import type { Io } from '../messages.ts';
import { Regex, RegexError } from '../regex.ts';
import { fromLatin, toText as decodeText } from '../text.ts';
import { callBuiltin } from './builtins.ts';
import { FormatError, sprintf } from './functions.ts';
import { Input } from './input.ts';
import { Streams } from './streams.ts';
import type { AwkProgram, Expression, Name, Statement, Target, UserFunction } from './syntax.ts';
import { AwkArray, Cell, compare, fromInput, isTrue, toNumber, toText, type Scalar } from './values.ts';

/** How statements end other than by coming to their end. */
type Flow = 'break' | 'continue' | 'next' | 'nextfile' | 'return' | 'exit' | undefined;

export class Interpreter {
  readonly io: Io;
  readonly mawk: boolean;
  readonly streams: Streams;
  readonly input: Input;
  readonly #program: AwkProgram;
  readonly #regexes = new Map<string, Regex>();
  #frame: Cell[] = [];
  #result: Scalar;
  #status = 0;
  /** Of rand. */
  seed = 0;
  seeded = false;

  constructor(io: Io, program: AwkProgram, args: readonly string[]) {
    this.io = io;
    this.mawk = io.gnu;
    this.#program = program;
    this.streams = new Streams(io);
    const initial: Record<string, Scalar> = { FS: ' ', OFS: ' ', RS: '\n', ORS: '\n', NR: 0, FNR: 0, SUBSEP: '\u001c', CONVFMT: '%.6g', OFMT: '%.6g', RSTART: 0, RLENGTH: -1, FILENAME: '', ARGC: args.length };
    for (const [name, value] of Object.entries(initial)) this.global(name).value = value;
    args.forEach((text, i) => this.global('ARGV').asArray(this.newArray).set(String(i), fromInput(text)));
    this.input = new Input(this);
  }

  readonly newArray = (): AwkArray => new AwkArray(this.mawk);

  global(name: string): Cell {
    const { globals } = this.#program;
    let cell = globals.get(name);
    if (!cell) globals.set(name, cell = new Cell());
    return cell;
  }

  /** As `-v` and operands: escapes are read, numbers are numbers. */
  assign(name: string, text: string): void {
    this.global(name).value = fromInput(text);
  }

  text(value: Scalar): string {
    return typeof value === 'string' ? value : toText(value, String(this.global('CONVFMT').value));
  }

  /** Ends the program. */
  fail(mawk: string, busybox: string): never {
    this.io.warn(this.mawk ? `run time error: ${mawk}\n\tFILENAME="${this.text(this.global('FILENAME').value)}" FNR=${this.text(this.global('FNR').value)} NR=${this.text(this.global('NR').value)}` : `cmd. line:1: ${busybox}`);
    return this.io.exit(this.mawk ? 2 : 1);
  }

  regex(source: string): Regex {
    let regex = this.#regexes.get(source);
    if (!regex) {
      try {
        regex = Regex.posix(source, { extended: true, awk: true });
      } catch (error) {
        if (!(error instanceof RegexError)) throw error;
        if (!this.mawk) return this.io.die(`bad regex '${source}': ${error.message}`);
        return this.fail(`regular expression compile failed (${/\(/.test(error.message) ? "missing ')'" : error.message})\n${source}`, '');
      }
      this.#regexes.set(source, regex);
    }
    return regex;
  }

  readonly regexOf = (source: string): Regex => this.regex(source);

  *all(): Task<number> {
    const { rules } = this.#program;
    let flow: Flow;
    for (const rule of rules) {
      if (rule.kind !== 'BEGIN' || flow === 'exit') continue;
      flow = yield* this.#statement(rule.body!);
    }
    const main = rules.filter(({ kind }) => kind === 'main');
    const reads = rules.some(({ kind }) => kind !== 'BEGIN');
    while (flow !== 'exit') {
      if (!reads || !(yield* this.input.nextRecord())) break;
      for (const rule of main) {
        let applies = true;
        if (rule.until) {
          applies = rule.active || isTrue(yield* this.evaluate(rule.pattern!));
          if (applies) rule.active = !isTrue(yield* this.evaluate(rule.until));
        } else if (rule.pattern) applies = isTrue(yield* this.evaluate(rule.pattern));
        if (!applies) continue;
        if (rule.body) flow = yield* this.#statement(rule.body);
        else this.io.out(fromLatin(this.input.record() + this.text(this.global('ORS').value)));
        if (flow) break;
      }
      if (flow === 'nextfile') this.input.skipFile();
      yield* this.io.sys.step();
    }
    for (const rule of rules) {
      if (rule.kind !== 'END') continue;
      flow = yield* this.#statement(rule.body!);
      if (flow === 'exit') break;
    }
    yield* this.streams.closeAll();
    return this.#status;
  }

  *#statement(node: Statement): Task<Flow> {
    switch (node.type) {
      case 'block':
        for (const statement of node.body) {
          const flow = yield* this.#statement(statement);
          if (flow) return flow;
        }
        return undefined;
      case 'expression': yield* this.evaluate(node.value); return undefined;
      case 'print': case 'printf': yield* this.#print(node); return undefined;
      case 'if':
        if (isTrue(yield* this.evaluate(node.test))) return yield* this.#statement(node.yes);
        return node.no ? yield* this.#statement(node.no) : undefined;
      case 'while': case 'do': case 'for': {
        if (node.type === 'for' && node.init) yield* this.#statement(node.init);
        for (let first = node.type === 'do'; first || node.test === undefined || isTrue(yield* this.evaluate(node.test)); first = false) {
          const flow = yield* this.#statement(node.body);
          if (flow === 'break') break;
          if (flow && flow !== 'continue') return flow;
          if (node.type === 'for' && node.step) yield* this.#statement(node.step);
          yield* this.io.sys.step();
        }
        return undefined;
      }
      case 'each': {
        const array = this.array(node.array);
        for (const key of array.keys()) {
          yield* this.store(node.variable, fromInput(key));
          const flow = yield* this.#statement(node.body);
          if (flow === 'break') break;
          if (flow && flow !== 'continue') return flow;
          yield* this.io.sys.step();
        }
        return undefined;
      }
      case 'delete': {
        const array = this.array(node.array);
        if (node.key) array.elements.delete(yield* this.#key(node.key));
        else array.elements.clear();
        return undefined;
      }
      case 'exit':
        if (node.value) this.#status = Math.trunc(toNumber(yield* this.evaluate(node.value))) & 255;
        return 'exit';
      case 'return': this.#result = node.value && (yield* this.evaluate(node.value)); return 'return';
      default: return node.type;
    }
  }

  *#print(node: Extract<Statement, { type: 'print' | 'printf' }>): Task<void> {
    let text: string;
    const values: Scalar[] = [];
    // What comes before an error is printed.
    const piecewise = !this.mawk && node.type === 'print' && !node.redirect && node.args.length > 1;
    for (const [n, arg] of node.args.entries()) {
      values.push(yield* this.evaluate(arg));
      if (piecewise) this.io.out(fromLatin(toText(values[n], String(this.global('OFMT').value)) + (n < node.args.length - 1 ? this.text(this.global('OFS').value) : '')));
    }
    if (piecewise) return this.io.out(fromLatin(this.text(this.global('ORS').value)));
    if (node.type === 'print') {
      const format = String(this.global('OFMT').value);
      const shown = node.args.length ? values.map((value) => toText(value, format)).join(this.text(this.global('OFS').value)) : this.input.record();
      text = shown + this.text(this.global('ORS').value);
    } else {
      const [format, ...rest] = values;
      try {
        text = sprintf(this.text(format), rest, String(this.global('CONVFMT').value), this.mawk);
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        this.io.out(fromLatin(error.done));
        yield* this.io.flush();
        this.fail(error.message, error.message);
      }
    }
    if (node.redirect) yield* this.streams.write(node.redirect, this.text(yield* this.evaluate(node.to!)), text);
    else {
      this.io.out(fromLatin(text));
      yield* this.io.relieve();
    }
  }

  cell(name: Name): Cell {
    return typeof name.cell === 'number' ? this.#frame[name.cell]! : name.cell;
  }

  array(name: Name): AwkArray {
    const cell = this.cell(name);
    if (name.text === 'ENVIRON' && !cell.array) for (const [key, value] of Object.entries(this.io.sys.env)) cell.asArray(this.newArray).set(key, fromInput(value));
    return cell.asArray(this.newArray);
  }

  *#key(node: Expression): Task<string> {
    if (node.type !== 'group') return this.text(yield* this.evaluate(node));
    const parts: string[] = [];
    for (const item of node.items) parts.push(this.text(yield* this.evaluate(item)));
    return parts.join(this.text(this.global('SUBSEP').value));
  }

  *store(target: Target, value: Scalar): Task<void> {
    if (target.type === 'field') this.input.setField(this.#fieldIndex(yield* this.evaluate(target.index)), this.text(value), value);
    else if (target.type === 'element') {
      const key = yield* this.#key(target.key);
      this.array(target.array).set(key, value);
    } else if (target.text === 'NF' && typeof target.cell === 'object') this.input.setFieldCount(Math.trunc(toNumber(value)));
    else this.cell(target).value = value;
  }

  #fieldIndex(value: Scalar): number {
    const index = Math.trunc(toNumber(value));
    return index < 0 ? this.fail(`negative field index $${index}`, 'Access to negative field') : index;
  }

  /** Whether a value matches a pattern, which may be any expression. */
  *pattern(node: Expression): Task<Regex> {
    return node.type === 'regex' ? node.regex : this.regex(this.text(yield* this.evaluate(node)));
  }

  *evaluate(node: Expression): Task<Scalar> {
    switch (node.type) {
      case 'constant': return node.value;
      case 'regex': return Number(node.regex.test(this.input.record()));
      case 'name': return node.text === 'NF' && typeof node.cell === 'object' ? this.input.fieldCount() : this.cell(node).value;
      case 'field': return this.input.field(this.#fieldIndex(yield* this.evaluate(node.index)));
      case 'element': return this.array(node.array).get(yield* this.#key(node.key));
      case 'group': return yield* this.#key(node);
      case 'assign': {
        let value = yield* this.evaluate(node.value);
        if (node.operator) value = this.#arithmetic(node.operator, toNumber(yield* this.evaluate(node.target)), toNumber(value));
        yield* this.store(node.target, value);
        return value;
      }
      case 'conditional': return yield* this.evaluate(isTrue(yield* this.evaluate(node.test)) ? node.yes : node.no);
      case 'and': return Number(isTrue(yield* this.evaluate(node.left)) && isTrue(yield* this.evaluate(node.right)));
      case 'or': return Number(isTrue(yield* this.evaluate(node.left)) || isTrue(yield* this.evaluate(node.right)));
      case 'concat': {
        const left = this.text(yield* this.evaluate(node.left));
        return left + this.text(yield* this.evaluate(node.right));
      }
      case 'match': {
        const text = this.text(yield* this.evaluate(node.left));
        return Number((yield* this.pattern(node.right)).test(text) !== node.negated);
      }
      case 'compare': {
        const left = yield* this.evaluate(node.left);
        const order = compare(left, yield* this.evaluate(node.right), String(this.global('CONVFMT').value));
        return Number({ '<': order < 0, '<=': order <= 0, '==': order === 0, '!=': order !== 0, '>': order > 0, '>=': order >= 0 }[node.operator]!);
      }
      case 'arithmetic': {
        const left = toNumber(yield* this.evaluate(node.left));
        return this.#arithmetic(node.operator, left, toNumber(yield* this.evaluate(node.right)));
      }
      case 'in': {
        const key = yield* this.#key(node.key);
        return Number(this.array(node.array).elements.has(key));
      }
      case 'not': return Number(!isTrue(yield* this.evaluate(node.operand)));
      case 'minus': return -toNumber(yield* this.evaluate(node.operand)) + 0;
      case 'plus': return toNumber(yield* this.evaluate(node.operand));
      case 'step': {
        const old = toNumber(yield* this.evaluate(node.target));
        yield* this.store(node.target, old + node.by);
        return node.prefix ? old + node.by : old;
      }
      case 'getline': return yield* this.#getline(node);
      case 'builtin': return yield* callBuiltin(this, node.name, node.args);
      case 'call': return yield* this.#call(node.fn, node.args);
    }
  }

  #arithmetic(operator: string, a: number, b: number): number {
    if (b === 0 && (operator === '/' || operator === '%') && !this.mawk) this.fail('', 'Division by zero');
    switch (operator) {
      case '+': return a + b;
      case '-': return a - b;
      case '*': return a * b;
      case '/': return a / b;
      case '%': return a % b + 0;
      default:
        if (!this.mawk) this.fail('', 'Math support is not compiled in');
        return a ** b;
    }
  }

  *#getline(node: Extract<Expression, { type: 'getline' }>): Task<number> {
    if (node.from === 'main') {
      if (!node.target) return Number(yield* this.input.nextRecord());
      const record = yield* this.input.nextText();
      if (record === undefined) return 0;
      yield* this.store(node.target, fromInput(record));
      return 1;
    }
    const source = this.text(yield* this.evaluate(node.source!));
    const reader = yield* this.streams.input(node.from, source);
    if (!reader) return -1;
    const record = yield* reader.next(this.text(this.global('RS').value), this.regexOf);
    if (record === undefined) return 0;
    if (node.from === 'command') this.input.count();
    if (node.target) yield* this.store(node.target, fromInput(record));
    else this.input.setRecord(record);
    return 1;
  }

  *#call(fn: UserFunction, args: readonly Expression[]): Task<Scalar> {
    const frame: Cell[] = [];
    for (const arg of args) {
      if (arg.type === 'name') {
        const cell = this.cell(arg);
        frame.push(cell.array ? new Cell(undefined, cell.array) : new Cell(yield* this.evaluate(arg), undefined, cell.value === undefined ? cell : undefined));
      } else frame.push(new Cell(yield* this.evaluate(arg)));
    }
    while (frame.length < fn.parameters.length) frame.push(new Cell());
    const outer = this.#frame;
    this.#frame = frame;
    this.#result = undefined;
    yield* this.io.sys.step();
    const flow = yield* this.#statement(fn.body!);
    this.#frame = outer;
    const result = this.#result;
    this.#result = undefined;
    if (flow === 'exit') this.#leave();
    return result;
  }

  /** `exit` inside a function ends everything that is being evaluated. */
  #leave(): never {
    throw new LeaveProgram();
  }

  /** What is left to do after that: the END rules, and all that is open. */
  *leave(): Task<number> {
    yield* this.streams.closeAll();
    return this.#status;
  }

  decode(text: string): string {
    return decodeText(fromLatin(text));
  }
}

export class LeaveProgram extends Error {}
