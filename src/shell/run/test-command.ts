// `[[ … ]]`: conditions on words that are neither split nor matched against files.

import type { Task } from '../../base/task.ts';
import { evaluate } from '../expand/arithmetic.ts';
import { matches } from '../expand/pattern.ts';
import { expandPattern, expandRegExp, expandString } from '../expand/word.ts';
import type { Shell } from '../shell.ts';
import type { Test } from '../syntax.ts';
import { Failure } from '../unwind.ts';
import { binaryTest, unaryTest } from '../builtins/test.ts';
import { traceTest } from './trace.ts';

export function* runTest(sh: Shell, test: Test): Task<number> {
  try {
    return (yield* holds(sh, test)) ? 0 : 1;
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.scope === 'shell') throw thrown;
    yield* sh.report(thrown);
    return thrown.status;
  }
}

function* holds(sh: Shell, test: Test): Task<boolean> {
  switch (test.op) {
    case '&&':
      for (const operand of test.operands) if (!(yield* holds(sh, operand))) return false;
      return true;
    case '||':
      for (const operand of test.operands) if (yield* holds(sh, operand)) return true;
      return false;
    case '!':
      return !(yield* holds(sh, test.operand));
    case '(':
      return yield* holds(sh, test.operand);
    case 'unary': {
      const value = yield* expandString(sh, test.operand);
      if (sh.options.xtrace) yield* traceTest(sh, [test.operator, value]);
      return unaryTest(sh, test.operator, value);
    }
    case 'binary': {
      const { operator } = test;
      const left = yield* expandString(sh, test.left);
      if (operator === '=~') return regular(sh, left, yield* expandRegExp(sh, test.right));
      const isPattern = operator === '==' || operator === '=' || operator === '!=';
      const right = isPattern && sh.dialect.name === 'bash' ? yield* expandPattern(sh, test.right) : yield* expandString(sh, test.right);
      if (sh.options.xtrace) yield* traceTest(sh, [left, operator, right]);
      if (isPattern) return matches(right, left, true, sh.shopt.has('nocasematch')) === (operator !== '!=');
      if (/^-(eq|ne|lt|le|gt|ge)$/.test(operator) && sh.dialect.name === 'bash') {
        const number = (text: string) => {
          try {
            return String(evaluate(text, sh.arithmeticScope, 'bash'));
          } catch (thrown) {
            throw thrown instanceof Failure ? new Failure(`[[: ${thrown.message}`, 1, 'command') : thrown;
          }
        };
        return binaryTest(sh, number(left), operator, number(right));
      }
      return binaryTest(sh, left, operator, right);
    }
  }
}

function regular(sh: Shell, text: string, source: string): boolean {
  let match: RegExpExecArray | null;
  try {
    match = new RegExp(posix(source), sh.shopt.has('nocasematch') ? 'iu' : 'u').exec(text);
  } catch {
    try {
      match = new RegExp(posix(source), '').exec(text);
    } catch {
      throw new Failure(`[[: invalid regular expression \`${source}'`, 2, 'command');
    }
  }
  if (sh.dialect.name === 'bash') sh.vars.setArray('BASH_REMATCH', match ? [...match].map((group) => group ?? '') : []);
  return match !== null;
}

const CLASSES: Record<string, string> = { alpha: 'A-Za-z', digit: '0-9', alnum: 'A-Za-z0-9', upper: 'A-Z', lower: 'a-z', space: '\\s', blank: ' \\t', punct: '!-\\/:-@\\[-`{-~', xdigit: '0-9A-Fa-f', word: '\\w' };

/** A POSIX extended regular expression in JavaScript's syntax: brackets are what differs. */
export function posix(source: string): string {
  return source.replace(/\\(.)|\[(\^?)(\]?(?:\[:\w+:\]|[^\]])*)\]/g, (all, escaped: string | undefined, negated: string, inner: string) => {
    if (escaped !== undefined) return /[A-Za-z0-9]/.test(escaped) ? escaped : /[\^$\\.*+?()[\]{}|/]/.test(escaped) ? all : escaped;
    const body = inner.replace(/\[:(\w+):\]|[\\[\]]/g, (piece, name: string | undefined) => (name ? (CLASSES[name] ?? '') : `\\${piece}`));
    return `[${negated}${body.replace(/-$/, '\\-')}]`;
  });
}
