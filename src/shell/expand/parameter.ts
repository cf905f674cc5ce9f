// Parameter expansion: `$x`, `${x…}` with every operator, arrays, indirection.

import type { Task } from '../../base/task.ts';
import { parseWord } from '../parse.ts';
import type { Shell } from '../shell.ts';
import { characterCount, characters } from '../text.ts';
import type { Parameter, Word } from '../syntax.ts';
import { Failure } from '../unwind.ts';
import { matches, removeMatch, replaceMatch } from './pattern.ts';
import { declaration, quoteElements } from './declare.ts';
import { doubleQuote, quote } from './quote.ts';
import type { Sink } from './sink.ts';
import { expandArithmetic, expandParts, expandPattern, expandString, expandText } from './word.ts';
import { ansiUnescape } from './escape.ts';

/** What a parameter stands for: one value (undefined when unset) or a list. */
interface Value {
  readonly value: string | undefined;
  readonly list?: readonly string[];
  readonly star?: boolean;
}

/** The value of a parameter that is one string and set; undefined otherwise. */
export function plainParameter(sh: Shell, name: string): string | undefined {
  const code = name.charCodeAt(0);
  return code > 64 ? sh.vars.get(name) : name === '@' || name === '*' ? undefined : sh.special(name);
}

export function* expandParameter(sh: Shell, part: Parameter, sink: Sink): Task<void> {
  const { quoted } = part;
  const give = (text: string) => (quoted ? sink.quoted(text) : sink.result(text));
  if (!part.operation && !part.prefix && !part.index) {
    const value = plainParameter(sh, part.name);
    if (value !== undefined) return give(value);
  }
  if (part.operation?.operator === 'bad') throw sh.dialect.badSubstitution(part.text);

  if (part.operation?.operator.startsWith('names')) {
    const names = sh.vars.names().filter((name) => name.startsWith(part.name));
    return sink.list(names, quoted, part.operation.operator === 'names*');
  }
  if (part.prefix === '!' && part.index && /^[@*]$/.test(part.index.text) && !part.operation) {
    return sink.list(keys(sh, part.name), quoted, part.index.text === '*');
  }

  let { name } = part;
  let { index } = part;
  if (part.prefix === '!') {
    const target = (yield* lookUp(sh, name, index)).value;
    if (target === undefined || !/^(\w+(\[.*\])?|[@*#?$!-])$/.test(target)) {
      if (target === undefined && sh.vars.own(name) === undefined) throw new Failure(`${name}: invalid indirect expansion`, 1, 'line');
      throw new Failure(`${target ?? ''}: invalid variable name`, 1, 'line');
    }
    const element = /^(\w+)\[(.*)\]$/.exec(target);
    name = element?.[1] ?? target;
    index = element ? parseWord(element[2]!, sh.dialect.name) : undefined;
  }

  const found = yield* lookUp(sh, name, index);
  const operator = part.operation?.operator;
  if (part.prefix === '#' && !operator) {
    requireSet(sh, found, name, index);
    return give(String(found.list ? found.list.length : characterCount(found.value ?? '')));
  }
  if (!operator) {
    if (found.list) return sink.list(found.list, quoted, found.star ?? false);
    requireSet(sh, found, name, index);
    return give(found.value ?? '');
  }

  if (/^:?[-=?+]$/.test(operator)) return yield* defaults(sh, part, operator, found, name, index, sink);
  if (!found.list) requireSet(sh, found, name, index);

  if (operator === ':') {
    const offset = Number(yield* expandArithmetic(sh, part.operation!.offset!));
    const length = part.operation!.length && Number(yield* expandArithmetic(sh, part.operation!.length));
    if (!found.list) return give(slice(sh, characters(found.value ?? ''), offset, length, part).join(''));
    const values = name === '@' || name === '*' ? [sh.name, ...found.list] : found.list;
    const from = name === '@' || name === '*' ? values : values;
    const sliced = slice(sh, from, offset, length, part);
    return sink.list((name === '@' || name === '*') && offset === 0 && length === 0 ? [] : sliced, quoted, found.star ?? false);
  }

  const change = yield* changer(sh, part, name, found);
  if (operator === '@A' || operator === '@a' || operator === '@K' || operator === '@k') return give(change(found.value ?? ''));
  if (found.list) return sink.list(found.list.map(change), quoted, found.star ?? false);
  if (found.value === undefined && operator.startsWith('@')) return give('');
  give(change(found.value ?? ''));
}

/** The texts of an array subscript: an index or a key. */
export function* expandIndex(sh: Shell, name: string, index: Word): Task<string> {
  if (sh.vars.find(name)?.map) return yield* expandString(sh, index);
  return String(yield* expandArithmetic(sh, { text: index.text, word: index.literal === undefined ? index : undefined }));
}

function keys(sh: Shell, name: string): string[] {
  const variable = sh.vars.find(name);
  if (variable?.map) return [...variable.map.keys()];
  return Object.keys(sh.vars.list(name) ?? []);
}

function* lookUp(sh: Shell, name: string, index: Word | undefined): Task<Value> {
  if (name === '@' || name === '*') return { value: sh.args.join(' '), list: sh.args, star: name === '*' };
  if (index) {
    if (index.text === '@' || index.text === '*') {
      const list = sh.vars.list(name);
      const values = list ? Object.values(list) : [];
      return { value: values.length ? values.join(' ') : undefined, list: values, star: index.text === '*' };
    }
    const key = yield* expandIndex(sh, name, index);
    return { value: sh.vars.element(name, key) };
  }
  return { value: /^\w/.test(name) && !/^\d/.test(name) ? sh.vars.get(name) : sh.special(name) };
}

function requireSet(sh: Shell, found: Value, name: string, index: Word | undefined): void {
  if (found.value !== undefined || found.list || !sh.options.nounset) return;
  throw sh.dialect.unset(sh, index ? `${name}[${index.text}]` : name);
}

function* defaults(sh: Shell, part: Parameter, operator: string, found: Value, name: string, index: Word | undefined, sink: Sink): Task<void> {
  const word = part.operation!.word!;
  const empty = found.list ? (operator[0] === ':' ? found.list.join('') === '' : !found.list.length) : found.value === undefined || (operator[0] === ':' && found.value === '');
  const kind = operator.at(-1)!;
  if (kind === '+') {
    if (!empty) yield* operand(sh, word, part.quoted, sink);
    else if (part.quoted && !found.list) sink.quoted('');
    return;
  }
  if (!empty) {
    if (found.list) sink.list(found.list, part.quoted, found.star ?? false);
    else if (part.quoted) sink.quoted(found.value!);
    else sink.result(found.value!);
    return;
  }
  if (kind === '-') return yield* operand(sh, word, part.quoted, sink);
  if (kind === '?') {
    const message = yield* expandString(sh, word);
    throw sh.dialect.required(sh, name, message, operator[0] === ':');
  }
  if (!/^[A-Za-z_]/.test(name)) throw new Failure(`$${name}: cannot assign in this way`, 1, 'line');
  const value = yield* expandString(sh, word);
  if (index) sh.vars.setElement(name, yield* expandIndex(sh, name, index), value, false);
  else sh.vars.set(name, value);
  if (part.quoted) sink.quoted(sh.vars.get(name) ?? value);
  else sink.result(value);
}

function* operand(sh: Shell, word: Word, quoted: boolean, sink: Sink): Task<void> {
  if (quoted && !word.parts.length) sink.quoted('');
  yield* expandParts(sh, word.parts, sink, !quoted);
}

function slice<T>(sh: Shell, items: readonly T[], offset: number, length: number | undefined, part: Parameter): T[] {
  const dense = Object.values(items) as T[];
  const start = offset < 0 ? dense.length + offset : offset;
  if (start < 0) return [];
  if (length === undefined) return dense.slice(start);
  if (length >= 0) return dense.slice(start, start + length);
  const end = dense.length + length;
  if (end < start) throw new Failure(`${part.operation!.length!.text}: substring expression < 0`, 1, 'line');
  void sh;
  return dense.slice(start, end);
}

/** What an operator does to each value. */
function* changer(sh: Shell, part: Parameter, name: string, found: Value): Task<(value: string) => string> {
  const { operator, word, replacement } = part.operation!;
  const extended = sh.extendedPatterns;
  if (operator[0] === '#' || operator[0] === '%') {
    const pattern = yield* expandPattern(sh, word!);
    return (value) => removeMatch(value, operator, pattern, extended);
  }
  if (operator[0] === '/') {
    const pattern = yield* expandPattern(sh, word!);
    // An unquoted `&` is the matched text (bash 5.2 and later).
    const text = sh.dialect.name === 'bash' ? yield* expandPattern(sh, replacement!) : yield* expandString(sh, replacement!);
    const pieces = sh.dialect.name === 'bash' ? yield* ampersands(sh, replacement!, text) : [text];
    return (value) => replaceMatch(value, operator, pattern, (match) => pieces.join(match), extended);
  }
  if (operator[0] === '^' || operator[0] === ',') {
    const pattern = word && (yield* expandPattern(sh, word));
    const fold = (c: string) => (pattern && !matches(pattern, c, extended) ? c : operator[0] === '^' ? c.toUpperCase() : c.toLowerCase());
    return (value) => {
      const all = characters(value);
      return operator.length === 2 ? all.map(fold).join('') : all.map((c, i) => (i ? c : fold(c))).join('');
    };
  }
  switch (operator) {
    case '@Q': return quote;
    case '@U': return (value) => value.toUpperCase();
    case '@L': return (value) => value.toLowerCase();
    case '@u': return (value) => value.slice(0, 1).toUpperCase() + value.slice(1);
    case '@E': return (value) => ansiUnescape(value);
    case '@P': {
      const prompts = new Map<string, string>();
      for (const value of found.list ?? [found.value ?? '']) prompts.set(value, yield* expandText(sh, sh.promptEscapes(value)));
      return (value) => prompts.get(value) ?? value;
    }
    case '@a': return () => (sh.vars.find(name)?.flags ?? '').replace('-', '');
    case '@A': return () => {
      const variable = sh.vars.find(name);
      if (!variable) return '';
      return variable.flags === '-' ? `${name}=${quote(variable.value ?? '')}` : declaration(name, variable, quote);
    };
    case '@K':
    case '@k': return () => (found.list ? quoteElements(sh.vars.find(name)) : doubleQuote(found.value ?? ''));
    default: throw sh.dialect.badSubstitution(part.text);
  }
}

function* ampersands(sh: Shell, word: Word, escaped: string): Task<string[]> {
  if (!escaped.includes('&')) return [yield* expandString(sh, word)];
  // Split at the ampersands that no quote protects.
  const pieces = [''];
  for (const part of word.parts) {
    const text = yield* expandString(sh, { text: part.type, parts: [part] });
    if (part.type === 'literal' && part.quoted) pieces[pieces.length - 1] += text;
    else if ('quoted' in part && part.quoted) pieces[pieces.length - 1] += text;
    else {
      const [first = '', ...rest] = text.split(/(?<!\\)&/).map((piece) => piece.replaceAll('\\&', '&'));
      pieces[pieces.length - 1] += first;
      pieces.push(...rest);
    }
  }
  return pieces;
}
