// Looking into jq values and changing them by path.

import { compare, described, equals, isArray, isNumber, isObject, JqError, kind, short, toNumber, type JqObject, type Value } from './value.ts';

export type Path = readonly Value[];

const sliceOf = (key: Value): JqObject | undefined => (isObject(key) && (key.has('start') || key.has('end')) ? key : undefined);

export function slice(from: Value | undefined, to: Value | undefined): Value {
  return new Map<string, Value>([['start', from ?? null], ['end', to ?? null]]);
}

function bounds(key: JqObject, length: number): [number, number] {
  const edge = (value: Value | undefined, otherwise: number, round: (n: number) => number): number => {
    if (value === undefined || value === null) return otherwise;
    if (!isNumber(value)) throw new JqError('Start and end indices of an array slice must be numbers');
    const number = round(toNumber(value));
    return Math.max(0, Math.min(length, number < 0 ? number + length : number));
  };
  const start = edge(key.get('start'), 0, Math.floor);
  return [start, Math.max(start, edge(key.get('end'), length, Math.ceil))];
}

/** `t[key]`. */
export function index(target: Value, key: Value): Value {
  if (isObject(target) && typeof key === 'string') return target.get(key) ?? null;
  if (isArray(target) && isNumber(key)) {
    const at = Math.floor(toNumber(key));
    return target[at < 0 ? at + target.length : at] ?? null;
  }
  const part = sliceOf(key);
  if (part && isArray(target)) return target.slice(...bounds(part, target.length));
  if (part && typeof target === 'string') {
    const characters = [...target];
    return characters.slice(...bounds(part, characters.length)).join('');
  }
  if (isArray(target) && isArray(key)) return indices(target, key);
  if (target === null && (typeof key === 'string' || isNumber(key) || part || key === null)) return null;
  throw new JqError(`Cannot index ${kind(target)} with ${described(key)}`);
}

/** Where an array or string occurs in another. */
export function indices(target: Value, wanted: Value): Value {
  if (target === null) return null;
  const found: number[] = [];
  if (typeof target === 'string' && typeof wanted === 'string') {
    const characters = [...target];
    const pattern = [...wanted];
    if (!pattern.length) return null;
    for (let i = 0; i + pattern.length <= characters.length; i++) if (pattern.every((character, j) => characters[i + j] === character)) found.push(i);
    return found;
  }
  if (isArray(target) && isArray(wanted)) {
    if (!wanted.length) return null;
    for (let i = 0; i + wanted.length <= target.length; i++) if (wanted.every((item, j) => equals(target[i + j]!, item))) found.push(i);
    return found;
  }
  if (isArray(target)) {
    target.forEach((item, i) => {
      if (equals(item, wanted)) found.push(i);
    });
    return found;
  }
  return index(target, wanted);
}

export function getPath(target: Value, path: Path): Value {
  return path.reduce<Value>((value, key) => (value === null ? null : index(value, key)), target);
}

/** The value with something else at a path. */
export function setPath(target: Value, path: Path, value: Value): Value {
  if (!path.length) return value;
  const [key, ...rest] = path as [Value, ...Value[]];
  return assign(target, key, setPath(index(target, key), rest, value));
}

function assign(target: Value, key: Value, value: Value): Value {
  if (typeof key === 'string' && (target === null || isObject(target))) return new Map(target ?? []).set(key, value);
  const part = sliceOf(key);
  if (target === null || isArray(target)) {
    const copy = [...(target ?? [])];
    if (part) {
      if (!isArray(value)) throw new JqError('A slice of an array can only be assigned another array');
      const [from, to] = bounds(part, copy.length);
      copy.splice(from, to - from, ...value);
      return copy;
    }
    if (isNumber(key)) {
      let at = Math.floor(toNumber(key));
      if (at < 0) at += copy.length;
      if (at < 0) throw new JqError('Out of bounds negative array index');
      if (at > 536870911) throw new JqError('Array index too large');
      while (copy.length < at) copy.push(null);
      copy[at] = value;
      return copy;
    }
  }
  if (part) throw new JqError(`Cannot update field at object index of ${kind(target)}`);
  throw new JqError(`Cannot index ${kind(target)} with ${described(key)}`);
}

/** The value without what the paths lead to; the last ones go first, so that indices stay true. */
export function deletePaths(target: Value, paths: readonly Path[]): Value {
  return [...paths].sort((a, b) => compare(b, a)).reduce(deletePath, target);
}

function deletePath(target: Value, path: Path): Value {
  if (!path.length || target === null) return null;
  const [key, ...rest] = path as [Value, ...Value[]];
  if (rest.length) {
    const inner = index(target, key);
    return inner === null ? target : assign(target, key, deletePath(inner, rest));
  }
  if (isObject(target) && typeof key === 'string') {
    const copy = new Map(target);
    copy.delete(key);
    return copy;
  }
  if (isArray(target)) {
    const part = sliceOf(key);
    const copy = [...target];
    if (part) {
      const [from, to] = bounds(part, copy.length);
      copy.splice(from, to - from);
      return copy;
    }
    if (isNumber(key)) {
      const at = Math.floor(toNumber(key));
      const real = at < 0 ? at + copy.length : at;
      if (real >= 0) copy.splice(real, 1);
      return copy;
    }
    throw new JqError(`Cannot delete field at ${kind(key)} index of array`);
  }
  throw new JqError(isObject(target) ? `Cannot delete field at object index of ${kind(key)}` : `Cannot index ${kind(target)} with ${described(key)}`);
}

/** `.[]`, with the keys. */
export function iterate(target: Value): readonly (readonly [Value, Value])[] {
  if (isArray(target)) return target.map((value, i) => [i, value]);
  if (isObject(target)) return [...target];
  throw new JqError(`Cannot iterate over ${kind(target)} (${short(target)})`);
}
