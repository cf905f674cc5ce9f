// Running jq programs: every filter yields its results one at a time, with their paths where they are asked for.

import { arithmetic } from './arithmetic.ts';
import { format } from './formats.ts';
import { deletePaths, getPath, index, iterate, setPath, slice, type Path } from './paths.ts';
import type { Definition, Node, Pattern } from './syntax.ts';
import { described, isTrue, JqError, kind, short, text, type Value } from './value.ts';

/** A result: `path` is undefined when nobody asks, null when it no longer leads into the input. */
export interface Result {
  readonly value: Value;
  readonly path: Path | null | undefined;
}

export interface Closure {
  readonly body: Node;
  readonly env: Env | undefined;
}

/** A function of the language that is written here. Arguments are filters of the caller. */
export type Native = (run: Evaluator, input: Result, args: readonly Closure[]) => Iterable<Result>;

/** What is in reach, innermost first. */
export type Env = { readonly outer: Env | undefined } & (
  | { readonly variable: string; readonly value: Value }
  | { readonly definition: Definition; readonly key: string }
  | { readonly filter: string; readonly closure: Closure }
  | { readonly label: string; readonly mark: Break });

/** Thrown by `break` to its label. */
export class Break {
  readonly leaves = 'label';
}

/** So many steps without a result end a program that would never end. */
const MOST_STEPS = 30_000_000;

export class Evaluator {
  readonly #natives: ReadonlyMap<string, Native>;
  readonly #library: ReadonlyMap<string, Definition>;
  readonly #globals: Env | undefined;
  #steps = 0;

  /** @param library functions written in the language; they know each other and the globals */
  constructor(natives: ReadonlyMap<string, Native>, library: ReadonlyMap<string, Definition>, globals: Env | undefined) {
    this.#natives = natives;
    this.#library = library;
    this.#globals = globals;
  }

  /** Values of a filter. */
  *values({ body, env }: Closure, input: Value): Generator<Value> {
    for (const { value } of this.run(body, { value: input, path: undefined }, env)) yield value;
  }

  results({ body, env }: Closure, input: Result): Generator<Result> {
    return this.run(body, input, env);
  }

  /** Values of filters side by side; the first varies slowest. */
  *product(args: readonly Closure[], input: Value): Generator<Value[]> {
    if (!args.length) {
      yield [];
      return;
    }
    for (const last of this.values(args.at(-1)!, input)) for (const rest of this.product(args.slice(0, -1), input)) yield [...rest, last];
  }

  *run(node: Node, input: Result, env: Env | undefined): Generator<Result> {
    if (++this.#steps > MOST_STEPS) throw new RangeError('a filter that runs this long');
    const { value, path } = input;
    const lost = path === undefined ? undefined : null;
    const plain = { value, path: undefined };
    switch (node.type) {
      case 'identity': yield input; return;
      case 'literal': yield { value: node.value, path: lost }; return;
      case 'format': yield { value: format(node.name, value), path: lost }; return;
      case 'string':
        for (const result of this.#string(node.parts, 0, node.format, value, env)) yield { value: result, path: lost };
        return;
      case 'index':
        for (const term of this.run(node.term, input, env)) for (const { value: key } of this.run(node.key, plain, env)) yield* this.#into(term, key, node.optional);
        return;
      case 'slice':
        for (const term of this.run(node.term, input, env)) {
          for (const to of node.to ? this.run(node.to, plain, env) : [undefined]) for (const from of node.from ? this.run(node.from, plain, env) : [undefined]) yield* this.#into(term, slice(from?.value, to?.value), node.optional);
        }
        return;
      case 'iterate':
        for (const term of this.run(node.term, input, env)) {
          if (term.path === null) throw lostPath(term.value);
          if (node.optional && kind(term.value) !== 'array' && kind(term.value) !== 'object') continue;
          for (const [key, item] of iterate(term.value)) yield { value: item, path: term.path && [...term.path, key] };
        }
        return;
      case 'array':
        yield { value: node.body ? [...this.run(node.body, plain, env)].map((result) => result.value) : [], path: lost };
        return;
      case 'object':
        for (const object of this.#object(node.entries, 0, value, env)) yield { value: object, path: lost };
        return;
      case 'negate':
        for (const { value: number } of this.run(node.body, plain, env)) yield { value: arithmetic('negate', number, number), path: lost };
        return;
      case 'try': yield* this.#try(node.body, node.handler, input, env); return;
      case 'pipe':
        for (const left of this.run(node.left, input, env)) yield* this.run(node.right, left, env);
        return;
      case 'comma':
        yield* this.run(node.left, input, env);
        yield* this.run(node.right, input, env);
        return;
      case 'and': case 'or':
        for (const { value: left } of this.run(node.left, plain, env)) {
          if (isTrue(left) === (node.type === 'or')) yield { value: node.type === 'or', path: lost };
          else for (const { value: right } of this.run(node.right, plain, env)) yield { value: isTrue(right), path: lost };
        }
        return;
      case 'alternative': {
        let any = false;
        for (const left of this.run(node.left, input, env)) {
          if (!isTrue(left.value)) continue;
          any = true;
          yield left;
        }
        if (!any) yield* this.run(node.right, input, env);
        return;
      }
      case 'binary':
        for (const { value: right } of this.run(node.right, plain, env)) for (const { value: left } of this.run(node.left, plain, env)) yield { value: arithmetic(node.operator, left, right), path: lost };
        return;
      case 'update':
        for (const updated of this.#update(node.operator, node.left, node.right, value, env)) yield { value: updated, path: lost };
        return;
      case 'if':
        for (const { value: condition } of this.run(node.condition, plain, env)) {
          if (isTrue(condition)) yield* this.run(node.consequent, input, env);
          else if (node.otherwise) yield* this.run(node.otherwise, input, env);
          else yield input;
        }
        return;
      case 'reduce': case 'foreach': yield* this.#fold(node, input, env); return;
      case 'as':
        for (const { value: source } of this.run(node.source, plain, env)) {
          for (const inner of this.#bindAny(node.patterns, source, env, (bound) => this.run(node.body, input, bound))) yield inner;
        }
        return;
      case 'def': yield* this.run(node.body, input, define(node.definition, env)); return;
      case 'label': {
        const mark = new Break();
        try {
          yield* this.run(node.body, input, { label: node.name, mark, outer: env });
        } catch (error) {
          if (error !== mark) throw error;
        }
        return;
      }
      case 'break':
        for (let at = env; at; at = at.outer) if ('label' in at && at.label === node.name) throw at.mark;
        return;
      case 'var':
        for (let at = env; at; at = at.outer) {
          if (!('variable' in at) || at.variable !== node.name) continue;
          yield { value: at.value, path: lost };
          return;
        }
        return;
      case 'call': yield* this.#call(node.name, node.args, input, env);
    }
  }

  *#into(term: Result, key: Value, optional: boolean | undefined): Generator<Result> {
    if (term.path === null) throw lostPath(term.value);
    let value: Value;
    try {
      value = index(term.value, key);
    } catch (error) {
      if (optional && error instanceof JqError) return;
      throw error;
    }
    yield { value, path: term.path && [...term.path, key] };
  }

  *#call(name: string, args: readonly Node[], input: Result, env: Env | undefined): Generator<Result> {
    const key = `${name}/${args.length}`;
    for (let at = env; at; at = at.outer) {
      if ('filter' in at && at.filter === key) {
        yield* this.run(at.closure.body, input, at.closure.env);
        return;
      }
      if (!('definition' in at) || at.key !== key) continue;
      yield* this.#apply(at.definition, 0, args, input, env, at);
      return;
    }
    const definition = this.#library.get(key);
    if (definition) {
      yield* this.#apply(definition, 0, args, input, env, define(definition, this.#globals));
      return;
    }
    const native = this.#natives.get(key);
    if (!native) throw new JqError(`${key} is not defined`);
    yield* native(this, input, args.map((body) => ({ body, env })));
  }

  /** Bind the parameters one by one; `$a` takes each value of its filter. */
  *#apply({ parameters, body }: Definition, n: number, args: readonly Node[], input: Result, caller: Env | undefined, inner: Env): Generator<Result> {
    const parameter = parameters[n];
    if (parameter === undefined) {
      yield* this.run(body, input, inner);
      return;
    }
    const closure = { body: args[n]!, env: caller };
    if (!parameter.startsWith('$')) {
      yield* this.#apply({ name: '', parameters, body }, n + 1, args, input, caller, { filter: `${parameter}/0`, closure, outer: inner });
      return;
    }
    for (const value of this.values(closure, input.value)) {
      const variable: Env = { variable: parameter.slice(1), value, outer: inner };
      yield* this.#apply({ name: '', parameters, body }, n + 1, args, input, caller, { filter: `${parameter.slice(1)}/0`, closure: { body: { type: 'literal', value }, env: undefined }, outer: variable });
    }
  }

  *#try(body: Node, handler: Node | undefined, input: Result, env: Env | undefined): Generator<Result> {
    let value: Value;
    try {
      yield* this.run(body, input, env);
      return;
    } catch (error) {
      if (!(error instanceof JqError)) throw error;
      value = error.value;
    }
    if (handler) yield* this.run(handler, { value, path: input.path === undefined ? undefined : null }, env);
  }

  *#string(parts: readonly (string | Node)[], at: number, name: string | undefined, input: Value, env: Env | undefined): Generator<string> {
    const part = parts[at];
    if (part === undefined) {
      yield '';
      return;
    }
    for (const rest of this.#string(parts, at + 1, name, input, env)) {
      if (typeof part === 'string') yield part + rest;
      else for (const value of this.values({ body: part, env }, input)) yield (name ? format(name, value) : typeof value === 'string' ? value : text(value)) + rest;
    }
  }

  *#object(entries: readonly { readonly key: Node; readonly value: Node }[], at: number, input: Value, env: Env | undefined): Generator<Map<string, Value>> {
    if (at === entries.length) {
      yield new Map();
      return;
    }
    const { key, value } = entries[at]!;
    for (const name of this.values({ body: key, env }, input)) {
      if (typeof name !== 'string') throw new JqError(`Cannot use ${described(name)} as object key`);
      for (const item of this.values({ body: value, env }, input)) for (const rest of this.#object(entries, at + 1, input, env)) yield new Map([[name, item], ...rest]);
    }
  }

  *#update(operator: string, left: Node, right: Node, input: Value, env: Env | undefined): Generator<Value> {
    const paths = (): Path[] => [...this.run(left, { value: input, path: [] }, env)].map((result) => {
      if (!result.path) throw lostPath(result.value);
      return result.path;
    });
    if (operator === '|=') {
      let value = input;
      const gone: Path[] = [];
      for (const path of paths()) {
        const [first] = this.values({ body: right, env }, getPath(value, path));
        if (first === undefined) gone.push(path);
        else value = setPath(value, path, first);
      }
      yield deletePaths(value, gone);
      return;
    }
    for (const other of this.values({ body: right, env }, input)) {
      yield paths().reduce((value, path) => {
        const old = operator === '=' ? null : getPath(value, path);
        return setPath(value, path, operator === '=' ? other : operator === '//=' ? (isTrue(old) ? old : other) : arithmetic(operator.slice(0, -1), old, other));
      }, input);
    }
  }

  *#fold(node: Extract<Node, { type: 'reduce' | 'foreach' }>, input: Result, env: Env | undefined): Generator<Result> {
    for (const init of this.run(node.init, input, env)) {
      let state = init;
      for (const source of this.values({ body: node.source, env }, input.value)) {
        const update = this.#updated(node, source, env, state);
        if (node.type === 'reduce') {
          let last: Result | undefined;
          for (const [next] of update) last = next;
          state = last ?? { value: null, path: init.path === undefined ? undefined : null };
        } else {
          for (const [next, bound] of update) {
            state = next;
            if (node.extract) yield* this.run(node.extract, next, bound);
            else yield next;
          }
        }
      }
      if (node.type === 'reduce') yield state;
    }
  }

  *#updated(node: Extract<Node, { type: 'reduce' | 'foreach' }>, source: Value, env: Env | undefined, state: Result): Generator<[Result, Env | undefined]> {
    const run = (bound: Env | undefined): Generator<Result> => this.run(node.update, state, bound);
    yield* this.#bindAny(node.patterns, source, env, function* (bound): Generator<[Result, Env | undefined]> {
      for (const result of run(bound)) yield [result, bound];
    });
  }

  /** Each way the patterns take a value apart; after an error, the next pattern is tried. */
  *#bindAny<T>(patterns: readonly Pattern[], value: Value, env: Env | undefined, use: (bound: Env | undefined) => Iterable<T>): Generator<T> {
    const names = patterns.length > 1 ? patterns.flatMap(variables) : [];
    const base = names.reduce<Env | undefined>((outer, variable) => ({ variable, value: null, outer }), env);
    for (const [n, pattern] of patterns.entries()) {
      try {
        for (const bound of this.#bind(pattern, value, base)) yield* use(bound);
        return;
      } catch (error) {
        if (n === patterns.length - 1 || !(error instanceof JqError)) throw error;
      }
    }
  }

  *#bind(pattern: Pattern, value: Value, env: Env | undefined): Generator<Env | undefined> {
    if (pattern.type === 'var') yield { variable: pattern.name, value, outer: env };
    else if (pattern.type === 'array') yield* this.#bindAll(pattern.items.map((item, i) => ({ item, key: i })), value, env);
    else yield* this.#bindEntries(pattern.entries, 0, value, env);
  }

  *#bindAll(items: readonly { readonly item: Pattern; readonly key: number }[], value: Value, env: Env | undefined): Generator<Env | undefined> {
    const [first, ...rest] = items;
    if (!first) {
      yield env;
      return;
    }
    if (value !== null && !Array.isArray(value)) throw new JqError(`Cannot index ${kind(value)} with ${described(items.at(-1)!.key)}`);
    for (const bound of this.#bind(first.item, index(value, first.key), env)) yield* this.#bindAll(rest, value, bound);
  }

  *#bindEntries(entries: Extract<Pattern, { type: 'object' }>['entries'], at: number, value: Value, env: Env | undefined): Generator<Env | undefined> {
    const entry = entries[at];
    if (!entry) {
      yield env;
      return;
    }
    for (const key of this.values({ body: entry.key, env }, value)) {
      if (typeof key !== 'string') throw new JqError(`Cannot index ${kind(value)} with ${described(key)}`);
      const item = index(value, key);
      const outer: Env | undefined = entry.variable ? { variable: entry.variable, value: item, outer: env } : env;
      if (!entry.value) yield* this.#bindEntries(entries, at + 1, value, outer);
      else for (const bound of this.#bind(entry.value, item, outer)) yield* this.#bindEntries(entries, at + 1, value, bound);
    }
  }
}

export const define = (definition: Definition, outer: Env | undefined): Env => ({ definition, key: `${definition.name}/${definition.parameters.length}`, outer });

export const lostPath = (value: Value): JqError => new JqError(`Invalid path expression with result ${short(value)}`);

function variables(pattern: Pattern): string[] {
  if (pattern.type === 'var') return [pattern.name];
  if (pattern.type === 'array') return pattern.items.flatMap(variables);
  return pattern.entries.flatMap(({ variable, value }) => [...(variable ? [variable] : []), ...(value ? variables(value) : [])]);
}
