// The builtin functions of awk.

import type { Task } from '../../../base/task.ts';
import { strftime, timegm } from '../time-format.ts';
import { FormatError, splitFields, sprintf, substitute } from './functions.ts';
import type { Interpreter } from './interpreter.ts';
import type { Expression, Target } from './syntax.ts';
import { fromInput, toNumber, type Scalar } from './values.ts';

const MATH: Readonly<Record<string, (x: number, y: number) => number>> = { sin: Math.sin, cos: Math.cos, atan2: Math.atan2, exp: Math.exp, log: Math.log, sqrt: Math.sqrt };
const BITS: Readonly<Record<string, (x: bigint, y: bigint) => bigint>> = { and: (x, y) => x & y, or: (x, y) => x | y, xor: (x, y) => x ^ y, lshift: (x, y) => x << y, rshift: (x, y) => x >> y, compl: (x) => BigInt.asUintN(32, ~x) };

export function* callBuiltin(awk: Interpreter, name: string, args: readonly Expression[]): Task<Scalar> {
  const { io } = awk;
  const value = (n: number): Task<Scalar> => awk.evaluate(args[n]!);
  function* text(n: number): Task<string> {
    return awk.text(yield* value(n));
  }
  function* number(n: number): Task<number> {
    return args[n] ? toNumber(yield* value(n)) : 0;
  }
  if (MATH[name]) {
    const x = yield* number(0);
    if (!awk.mawk) awk.fail('', 'Math support is not compiled in');
    return MATH[name](x, yield* number(1));
  }
  if (BITS[name]) return Number(BITS[name](BigInt(Math.trunc(yield* number(0))), BigInt(Math.trunc(yield* number(1)))));
  switch (name) {
    case 'length': {
      const [arg] = args;
      if (arg?.type === 'name' && awk.cell(arg).array) return awk.array(arg).elements.size;
      return arg ? (yield* text(0)).length : awk.input.record().length;
    }
    case 'substr': {
      const source = yield* text(0);
      const from = yield* number(1);
      const length = args[2] ? yield* number(2) : Infinity;
      if (!awk.mawk) {
        const start = Math.max(0, Math.trunc(from) - 1);
        return source.slice(start, start + Math.max(0, Math.trunc(length)));
      }
      // mawk lengthens what begins before the string.
      const start = Math.trunc(from);
      const size = Math.trunc(length) + (start < 1 ? -start : 0);
      return source.slice(Math.max(0, start - 1), Math.max(0, start - 1) + Math.max(0, size));
    }
    case 'index': {
      const source = yield* text(0);
      const wanted = yield* text(1);
      return wanted === '' ? (awk.mawk ? 1 : 0) : source.indexOf(wanted) + 1;
    }
    case 'split': {
      const source = yield* text(0);
      const target = args[1]!;
      if (target.type !== 'name') return io.die('syntax error: split needs an array', 2);
      const separator = args[2] ? (args[2].type === 'regex' ? args[2].regex : yield* text(2)) : awk.text(awk.global('FS').value);
      const parts = splitFields(source, separator, awk.regexOf);
      const array = awk.array(target);
      array.elements.clear();
      parts.forEach((part, i) => array.set(String(i + 1), fromInput(part)));
      return parts.length;
    }
    case 'sub': case 'gsub': {
      const regex = yield* awk.pattern(args[0]!);
      const replacement = yield* text(1);
      const target: Target = (args[2] as Target | undefined) ?? { type: 'field', index: { type: 'constant', value: 0 } };
      const [result, count] = substitute(regex, replacement, awk.text(yield* awk.evaluate(target)), name === 'sub' ? 1 : 'all');
      if (count && ['name', 'element', 'field'].includes(target.type)) yield* awk.store(target, result);
      return count;
    }
    case 'gensub': {
      const regex = yield* awk.pattern(args[0]!);
      const replacement = yield* text(1);
      const how = yield* text(2);
      return substitute(regex, replacement, args[3] ? yield* text(3) : awk.input.record(), /^g/i.test(how) ? 'all' : Math.max(1, Number(how) || 1), true)[0];
    }
    case 'match': {
      const source = yield* text(0);
      const found = (yield* awk.pattern(args[1]!)).exec(source);
      awk.global('RSTART').value = found ? found.index + 1 : 0;
      awk.global('RLENGTH').value = found ? found[0].length : -1;
      return found ? found.index + 1 : 0;
    }
    case 'sprintf': {
      const values: Scalar[] = [];
      for (const arg of args) values.push(yield* awk.evaluate(arg));
      try {
        return sprintf(awk.text(values[0]), values.slice(1), String(awk.global('CONVFMT').value), awk.mawk);
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        return awk.fail(error.message.replace('printf(', 'sprintf('), '');
      }
    }
    case 'int': return Math.trunc(yield* number(0)) + 0;
    case 'rand':
      if (!awk.seeded) return io.sys.random();
      awk.seed = (Math.imul(awk.seed, 1664525) + 1013904223) >>> 0;
      return awk.seed / 0x1_0000_0000;
    case 'srand': {
      const old = awk.seed;
      awk.seed = args[0] ? Math.trunc(yield* number(0)) : Math.floor(io.sys.now() / 1000);
      awk.seeded = true;
      return old;
    }
    case 'tolower': return (yield* text(0)).replace(/[A-Z]+/g, (part) => part.toLowerCase());
    case 'toupper': return (yield* text(0)).replace(/[a-z]+/g, (part) => part.toUpperCase());
    case 'system': return yield* awk.streams.system(yield* text(0));
    case 'close': return yield* awk.streams.close(yield* text(0));
    case 'fflush': yield* awk.streams.flush(); return 0;
    case 'systime': return Math.floor(io.sys.now() / 1000);
    case 'mktime': {
      const parts = (yield* text(0)).trim().split(/\s+/).map(Number);
      const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
      return parts.length < 6 ? -1 : timegm(year, month, day, hour, minute, second);
    }
    case 'strftime': return strftime(args[0] ? yield* text(0) : '%c', args[1] ? (yield* number(1)) * 1000 : io.sys.now());
    default: return undefined;
  }
}
