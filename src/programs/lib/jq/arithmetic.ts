// The operators of jq on two values.

import { compare, described, equals, isArray, isNumber, isObject, JqError, toNumber, type JqObject, type Value } from './value.ts';

const WORDS: Readonly<Record<string, string>> = { '+': 'added', '-': 'subtracted', '*': 'multiplied', '/': 'divided', '%': 'divided (remainder)' };

/** @param operator `+ - * / % == != < <= > >=` or `negate` */
export function arithmetic(operator: string, a: Value, b: Value): Value {
  switch (operator) {
    case '==': return equals(a, b);
    case '!=': return !equals(a, b);
    case '<': return compare(a, b) < 0;
    case '<=': return compare(a, b) <= 0;
    case '>': return compare(a, b) > 0;
    case '>=': return compare(a, b) >= 0;
    case 'negate':
      if (!isNumber(a)) throw new JqError(`${described(a)} cannot be negated`);
      return toNumber(a) === 0 ? 0 : -toNumber(a);
  }
  if (isNumber(a) && isNumber(b)) {
    const [x, y] = [toNumber(a), toNumber(b)];
    if (operator === '+') return x + y;
    if (operator === '-') return x - y;
    if (operator === '*') return x * y;
    const [i, j] = operator === '%' ? [Math.trunc(x), Math.abs(Math.trunc(y))] : [x, y];
    if (j === 0) throw new JqError(`${described(a)} and ${described(b)} cannot be ${WORDS[operator]} because the divisor is zero`);
    return operator === '/' ? x / y : Number.isNaN(x) || Number.isNaN(y) ? NaN : i % j + 0;
  }
  if (operator === '+') {
    if (a === null) return b;
    if (b === null) return a;
    if (typeof a === 'string' && typeof b === 'string') return a + b;
    if (isArray(a) && isArray(b)) return [...a, ...b];
    if (isObject(a) && isObject(b)) return new Map([...a, ...b]);
  }
  if (operator === '-' && isArray(a) && isArray(b)) return a.filter((item) => !b.some((other) => equals(item, other)));
  if (operator === '*') {
    const [text, times] = typeof a === 'string' ? [a, b] : [b, a];
    if (typeof text === 'string' && isNumber(times)) {
      const number = toNumber(times);
      return Number.isNaN(number) || number < 0 ? null : text.repeat(number > 0 && number < 1 ? 1 : Math.floor(number));
    }
    if (isObject(a) && isObject(b)) return merge(a, b);
  }
  if (operator === '/' && typeof a === 'string' && typeof b === 'string') return split(a, b);
  throw new JqError(`${described(a)} and ${described(b)} cannot be ${WORDS[operator]}`);
}

export function split(text: string, separator: string): Value {
  return text === '' ? [] : separator === '' ? [...text] : text.split(separator);
}

function merge(a: JqObject, b: JqObject): JqObject {
  const result = new Map(a);
  for (const [key, value] of b) {
    const old = result.get(key);
    result.set(key, old !== undefined && isObject(old) && isObject(value) ? merge(old, value) : value);
  }
  return result;
}
