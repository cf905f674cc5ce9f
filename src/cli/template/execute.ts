// Executing a template on a value, with the error texts of text/template.

import { quote } from '../go.ts';
import { CallError, FUNCTIONS, isTrue, type TemplateFunction } from './functions.ts';
import { type Call, type Node, type Operand, parseTemplate, type Pipe, show, showCall, type Template, TemplateError } from './parse.ts';
import { isMap, Nil, print, sortedKeys, Struct, stringOf, typeName } from './value.ts';

const NAMES: ReadonlySet<string> = new Set(FUNCTIONS.keys());
const MISSING = Symbol('no final argument');
const BREAK = Symbol('break');
const CONTINUE = Symbol('continue');
const WANTED: Record<string, string> = { s: 'string', l: '[]string', i: 'int' };

interface Place {
  readonly at: number;
  text(): string;
}

/** @throws TemplateError */
export const compile = (source: string): Template => parseTemplate(source, NAMES);

export interface ExecuteOptions {
  /** A missing key of a map is an error instead of `<no value>`, and the data are untyped JSON. */
  readonly strict?: boolean;
  readonly functions?: ReadonlyMap<string, TemplateFunction>;
}

/** @throws TemplateError; `partial` is what was written before it */
export function execute(template: Template, data: unknown, options: ExecuteOptions = {}): string {
  const { strict = false, functions = FUNCTIONS } = options;
  let out = '';
  let variables: { name: string; value: unknown }[] = [{ name: '$', value: data }];
  /** Its text is made only for a message. */
  let place: Place = { at: 0, text: () => '' };

  const fail = (message: string): never => {
    const before = template.source.slice(0, place.at);
    const line = before.split('\n').length;
    const column = place.at - (before.lastIndexOf('\n') + 1);
    throw new TemplateError(`template: :${line}:${column}: executing "" at <${place.text()}>: ${message}`);
  };
  const visit = (operand: Operand) => {
    place = { at: operand.at, text: () => show(operand) };
  };
  const noArguments = (args: readonly Operand[], final: unknown) => {
    if (args.length > 1 || final !== MISSING) fail(`can't give argument to non-function ${show(args[0]!)}`);
  };

  const field = (receiver: unknown, name: string, args: readonly Operand[], final: unknown, dot: unknown, node: Operand): unknown => {
    const hasArguments = args.length > 1 || final !== MISSING;
    if (receiver === undefined || receiver === null) return strict ? fail(`nil data; no entry for key ${quote(name)}`) : undefined;
    const members = receiver instanceof Struct ? receiver.fields : isMap(receiver) && typeof receiver[name] === 'function' ? receiver : undefined;
    if (members && Object.hasOwn(members, name)) {
      const value = members[name];
      if (typeof value !== 'function') return hasArguments ? fail(`${name} has arguments but cannot be invoked as function`) : value;
      const method: TemplateFunction = { takes: 's'.repeat(value.length), call: value as TemplateFunction['call'] };
      return invoke(name, method, args, final, dot, { at: node.at, text: () => show(node) });
    }
    if (isMap(receiver) || (receiver instanceof Nil && receiver.kind === 'map')) {
      if (hasArguments) return fail(`${name} is not a method but has arguments`);
      if (isMap(receiver) && Object.hasOwn(receiver, name)) return receiver[name];
      return strict ? fail(`map has no entry for key ${quote(name)}`) : undefined;
    }
    if (receiver instanceof Nil && receiver.kind === 'pointer') return fail(`nil pointer evaluating ${name}`);
    return fail(`can't evaluate field ${name} in type ${strict ? 'interface {}' : typeName(receiver)}`);
  };
  const chain = (receiver: unknown, names: readonly string[], args: readonly Operand[], final: unknown, dot: unknown, node: Operand): unknown => {
    names.forEach((name, i) => {
      receiver = i < names.length - 1 ? field(receiver, name, [], MISSING, dot, node) : field(receiver, name, args, final, dot, node);
    });
    return receiver;
  };
  const checked = (value: unknown, wanted: string): unknown => {
    if (wanted === 'v') return value;
    if (value === undefined || value === null) return wanted === 'l' ? [] : fail(`invalid value; expected ${WANTED[wanted]}`);
    if (value instanceof Nil && value.kind === 'slice' && wanted === 'l') return [];
    const fits = wanted === 's' ? typeof value === 'string' : wanted === 'i' ? Number.isInteger(value)
      : Array.isArray(value) && !strict && value.every((each) => typeof each === 'string');
    return fits ? value : fail(`wrong type for value; expected ${WANTED[wanted]}; got ${strict && Array.isArray(value) ? '[]interface {}' : typeName(value)}`);
  };
  const evaluate = (dot: unknown, operand: Operand, wanted: string): unknown => {
    visit(operand);
    if (operand.kind !== 'literal' && operand.kind !== 'nil') return checked(value(dot, operand, [operand], MISSING), wanted);
    if (operand.kind === 'nil') return wanted === 'v' ? undefined : fail(`cannot assign nil to ${WANTED[wanted]}`);
    const literal = operand.value;
    if (wanted === 's' && typeof literal !== 'string') return fail(`expected string; found ${operand.source}`);
    if (wanted === 'i' && typeof literal !== 'number') return fail(`expected integer; found ${operand.source}`);
    return checked(literal, wanted);
  };
  const invoke = (
    name: string, fn: TemplateFunction, args: readonly Operand[], final: unknown, dot: unknown, where: Place,
  ): unknown => {
    const given = args.slice(1);
    const count = given.length + (final === MISSING ? 0 : 1);
    const variadic = fn.takes.endsWith('*');
    const fixed = variadic ? fn.takes.slice(0, -2) : fn.takes;
    if (variadic && count < fixed.length) fail(`wrong number of args for ${name}: want at least ${fixed.length} got ${given.length}`);
    if (!variadic && count !== fixed.length) fail(`wrong number of args for ${name}: want ${fixed.length} got ${count}`);
    const typeAt = (i: number) => fixed[i] ?? fn.takes.at(-2)!;
    const values: unknown[] = [];
    for (const [i, arg] of given.entries()) {
      const each = evaluate(dot, arg, typeAt(i));
      values.push(each);
      if ((name === 'and' && !isTrue(each)) || (name === 'or' && isTrue(each))) return each;
    }
    if (final !== MISSING) values.push(checked(final, typeAt(values.length)));
    try {
      return fn.call(...(values as never[]));
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      place = where;
      return fail(`error calling ${name}: ${name === 'call' ? error.message.replace('function', `function ${show(given[0]!)}`) : error.message}`);
    }
  };

  /** The value of the first word of a command, with its arguments. */
  const value = (dot: unknown, first: Operand, args: readonly Operand[], final: unknown, call?: Call): unknown => {
    switch (first.kind) {
      case 'field':
        visit(first);
        return chain(dot, first.names, args, final, dot, first);
      case 'chain': {
        visit(first);
        return chain(evaluate(dot, first.of, 'v'), first.names, args, final, dot, first);
      }
      case 'variable': {
        visit(first);
        const bound = variables.findLast((each) => each.name === first.names[0])?.value;
        if (first.names.length > 1) return chain(bound, first.names.slice(1), args, final, dot, first);
        noArguments(args, final);
        return bound;
      }
      case 'identifier':
        visit(first);
        return invoke(first.name, functions.get(first.name)!, args, final, dot, call ? { at: call.at, text: () => showCall(call) } : place);
      case 'pipe':
        noArguments(args, final);
        return pipeline(dot, first.pipe);
      default:
        visit(first);
        noArguments(args, final);
        return first.kind === 'dot' ? dot : first.kind === 'literal' ? first.value : fail('nil is not a command');
    }
  };
  const pipeline = (dot: unknown, pipe: Pipe): unknown => {
    let result: unknown = MISSING;
    for (const call of pipe.calls) result = value(dot, call.args[0]!, call.args, result, call);
    for (const name of pipe.declares) {
      if (pipe.assigns) variables.findLast((each) => each.name === name)!.value = result;
      else variables.push({ name, value: result });
    }
    return result;
  };

  const iterate = (dot: unknown, node: Extract<Node, { kind: 'range' | 'if' | 'with' }>): symbol | undefined => {
    const { pipe } = node;
    const items = pipeline(dot, { ...pipe, declares: [] });
    let entries: [unknown, unknown][];
    if (Array.isArray(items)) entries = items.map((each, i) => [i, each]);
    else if (isMap(items)) entries = sortedKeys(items).map((key) => [key, items[key]]);
    else if (typeof items === 'number' && Number.isInteger(items)) entries = Array.from({ length: Math.max(0, items) }, (_, i) => [i, i]);
    else if ((items ?? undefined) === undefined || items instanceof Nil) entries = [];
    else {
      place = { at: pipe.at, text: () => pipe.calls.map(showCall).join(' | ') };
      return fail(`range can't iterate over ${print(items)}`);
    }
    if (!entries.length) return node.otherwise && walk(dot, node.otherwise);
    for (const [key, each] of entries) {
      const mark = variables.length;
      const names = pipe.declares;
      if (names.length === 1) variables.push({ name: names[0]!, value: each });
      if (names.length > 1) variables.push({ name: names[0]!, value: key }, { name: names[1]!, value: each });
      const signal = walk(each, node.body);
      variables.length = mark;
      if (signal === BREAK) break;
    }
    return undefined;
  };
  const walk = (dot: unknown, nodes: readonly Node[]): symbol | undefined => {
    for (const node of nodes) {
      const mark = variables.length;
      switch (node.kind) {
        case 'text':
          out += node.text;
          break;
        case 'action': {
          const result = pipeline(dot, node.pipe);
          if (!node.pipe.declares.length) out += stringOf(result) ?? print(result);
          break;
        }
        case 'break': return BREAK;
        case 'continue': return CONTINUE;
        case 'template': {
          const body = template.defined.get(node.name);
          if (!body) {
            place = { at: node.at, text: () => `{{template ${quote(node.name)}}}` };
            fail(`template ${quote(node.name)} not defined`);
          }
          const inner = node.pipe && pipeline(dot, node.pipe);
          const saved = variables;
          variables = [{ name: '$', value: inner }];
          walk(inner, body!);
          variables = saved;
          break;
        }
        default: {
          let signal: symbol | undefined;
          if (node.kind === 'range') signal = iterate(dot, node);
          else {
            const result = pipeline(dot, node.pipe);
            if (isTrue(result)) signal = walk(node.kind === 'with' ? result : dot, node.body);
            else if (node.otherwise) signal = walk(dot, node.otherwise);
          }
          variables.length = mark;
          if (signal) return signal;
        }
      }
    }
    return undefined;
  };
  try {
    walk(data, template.nodes);
  } catch (error) {
    if (error instanceof TemplateError) Object.assign(error, { partial: out });
    throw error;
  }
  return out;
}
