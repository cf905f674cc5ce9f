// Expansion of words, in the shell's order: braces, tilde, parameters, commands, arithmetic; then fields, file names, quotes.

import type { Task } from '../../base/task.ts';
import { tilde } from '../accounts.ts';
import { parseHereText } from '../parse.ts';
import { substitute, processSubstitution } from '../run/substitute.ts';
import type { Shell } from '../shell.ts';
import type { Arithmetic, Part, Word } from '../syntax.ts';
import { Failure } from '../unwind.ts';
import { evaluate } from './arithmetic.ts';
import { glob } from './glob.ts';
import { expandParameter, plainParameter } from './parameter.ts';
import { hasMagic } from './pattern.ts';
import { FieldSink, StringSink, type Sink } from './sink.ts';

/** The arguments that words make. */
export function* expandFields(sh: Shell, words: readonly Word[]): Task<string[]> {
  const out: string[] = [];
  for (const word of words) {
    if (word.literal !== undefined) out.push(word.literal);
    else if (word.braces) out.push(...(yield* expandFields(sh, word.braces)));
    else yield* expandField(sh, word, out);
  }
  return out;
}

function* expandField(sh: Shell, word: Word, out: string[]): Task<void> {
  const [only] = word.parts;
  if (word.parts.length === 1 && only?.type === 'parameter' && only.quoted && !only.operation && !only.prefix && !only.index) {
    const value = plainParameter(sh, only.name);
    if (value !== undefined) return void out.push(value);
  }
  const sink = new FieldSink(sh.ifs);
  yield* expandParts(sh, word.parts, sink, false);
  sink.end();
  const extended = sh.extendedPatterns;
  for (const field of sink.fields) {
    if (sh.options.noglob || !hasMagic(field.pattern, extended)) {
      out.push(field.value);
      continue;
    }
    const has = (option: string) => sh.shopt.has(option);
    const found = glob(sh.sys, field.pattern, { extended, dots: has('dotglob'), star: has('globstar'), ignoreCase: has('nocaseglob') });
    if (found.length) out.push(...found);
    else if (has('failglob')) throw new Failure(`no match: ${field.value}`, 1, 'line');
    else if (!has('nullglob')) out.push(field.value);
  }
}

function* expandTo(sh: Shell, word: Word, mode: 'string' | 'pattern' | 'regexp'): Task<string> {
  const sink = new StringSink(sh.ifs, mode);
  yield* expandParts(sh, word.parts, sink, false);
  return sink.text;
}

/** One string without splitting or matching: assignments, redirection targets, `case` words, here-documents. */
export function* expandString(sh: Shell, word: Word): Task<string> {
  if (word.literal !== undefined) return word.literal;
  if (word.parts.length === 1) {
    const only = word.parts[0]!;
    if (only.type === 'arithmetic') return String(yield* expandArithmetic(sh, only.expression));
    if (only.type === 'command') return yield* substitute(sh, only);
  }
  return yield* expandTo(sh, word, 'string');
}

/** A pattern in which quoted text stands for itself. */
export function* expandPattern(sh: Shell, word: Word): Task<string> {
  return yield* expandTo(sh, word, 'pattern');
}

/** The right side of `=~`. */
export function* expandRegExp(sh: Shell, word: Word): Task<string> {
  return yield* expandTo(sh, word, 'regexp');
}

/** Text that is expanded like a here-document: PS1, `${x@P}`, arithmetic from strings. */
export function* expandText(sh: Shell, text: string): Task<string> {
  return yield* expandString(sh, parseHereText(text, sh.dialect.name));
}

/** @throws Failure on division by zero and nonsense */
export function* expandArithmetic(sh: Shell, expression: Arithmetic): Task<number | bigint> {
  const text = expression.word ? yield* expandString(sh, expression.word) : expression.text;
  return evaluate(text, sh.arithmeticScope, sh.dialect.name);
}

/** `nested` parts are the operand of `${x:-…}`: their unquoted text is split like a result. */
export function* expandParts(sh: Shell, parts: readonly Part[], sink: Sink, nested: boolean): Task<void> {
  for (const part of parts) {
    switch (part.type) {
      case 'literal':
        if (part.quoted) sink.quoted(part.text);
        else if (nested) sink.result(part.text);
        else sink.literal(part.text);
        break;
      case 'tilde':
        sink.quoted(tilde(sh, part.text));
        break;
      case 'parameter':
        yield* expandParameter(sh, part, sink);
        break;
      case 'command': {
        const text = yield* substitute(sh, part);
        if (part.quoted) sink.quoted(text);
        else sink.result(text);
        break;
      }
      case 'arithmetic': {
        const text = String(yield* expandArithmetic(sh, part.expression));
        if (part.quoted) sink.quoted(text);
        else sink.result(text);
        break;
      }
      case 'process':
        sink.quoted(yield* processSubstitution(sh, part));
    }
  }
}
