// The shell's variables: values, arrays, attributes, and the scopes of functions.

import type { DialectName } from './dialect.ts';
import { Failure } from './unwind.ts';

export class Variable {
  value: string | undefined;
  /** Sparse. */
  array: string[] | undefined;
  map: Map<string, string> | undefined;
  exported = false;
  readonly = false;
  integer = false;
  fold: 'upper' | 'lower' | undefined;
  reference = false;

  copy(): Variable {
    const copy = Object.assign(new Variable(), this) as Variable;
    if (this.array) copy.array = this.array.slice();
    if (this.map) copy.map = new Map(this.map);
    return copy;
  }

  get isSet(): boolean {
    return this.value !== undefined || this.array !== undefined || this.map !== undefined;
  }

  /** As `declare` prints the attributes: `ax`, or `-` when there are none. */
  get flags(): string {
    const flags = `${this.array ? 'a' : ''}${this.map ? 'A' : ''}${this.integer ? 'i' : ''}${this.fold === 'lower' ? 'l' : ''}${this.reference ? 'n' : ''}${this.readonly ? 'r' : ''}${this.fold === 'upper' ? 'u' : ''}${this.exported ? 'x' : ''}`;
    return flags || '-';
  }
}

/** A variable that is computed when read; `set` takes assignments, which are lost without it. */
export interface Dynamic {
  get(): string | string[] | undefined;
  set?(value: string): void;
}

export class Variables {
  readonly #dialect: DialectName;
  readonly #all: Map<string, Variable>;
  readonly dynamics = new Map<string, Dynamic>();
  /** Per running function: what its locals hide. */
  readonly #frames: Map<string, Variable | undefined>[] = [];
  /** Called after a change of the named variable. */
  readonly watchers = new Map<string, (value: string | undefined) => void>();
  /** How an `integer` variable gets its value. */
  evaluate: (text: string) => string = (text) => text;

  constructor(dialect: DialectName, from?: Variables) {
    this.#dialect = dialect;
    this.#all = new Map();
    if (!from) return;
    for (const [name, variable] of from.#all) this.#all.set(name, variable.copy());
    for (const frame of from.#frames) this.#frames.push(new Map(frame));
  }

  /** Follows name references. */
  resolve(name: string): string {
    for (let depth = 0; depth < 8; depth++) {
      const variable = this.#all.get(name);
      if (!variable?.reference || !variable.value) return name;
      name = variable.value;
    }
    return name;
  }

  find(name: string): Variable | undefined {
    const variable = this.#all.get(name);
    return variable?.reference ? this.#all.get(this.resolve(name)) : variable;
  }

  /** The variable itself, be it a name reference. */
  own(name: string): Variable | undefined {
    return this.#all.get(name);
  }

  /** Its value as `$name` gives it. */
  get(name: string): string | undefined {
    const variable = this.#all.get(name);
    if (variable) {
      if (variable.reference && variable.value) {
        const target = this.resolve(name);
        const element = /^(\w+)\[(.*)\]$/.exec(target);
        if (element) return this.element(element[1]!, element[2]!);
        return this.get(target);
      }
      if (variable.value !== undefined) return variable.value;
      if (variable.array) return variable.array[0];
      if (variable.map) return variable.map.get('0');
    }
    const value = this.dynamics.get(name)?.get();
    return typeof value === 'object' ? value[0] : value;
  }

  element(name: string, key: string): string | undefined {
    const variable = this.find(name);
    if (variable?.map) return variable.map.get(key);
    const index = Number(this.evaluate(key));
    const list = this.list(name);
    return list && (index < 0 ? list.at(index) : list[index]);
  }

  /** All values of an array (sparse) or the one value; undefined when unset. */
  list(name: string): string[] | undefined {
    const variable = this.find(name);
    if (variable?.array) return variable.array;
    if (variable?.map) return [...variable.map.values()];
    if (variable?.value !== undefined) return [variable.value];
    const value = this.dynamics.get(name)?.get();
    return value === undefined ? undefined : typeof value === 'object' ? value : [value];
  }

  names(): string[] {
    const names = [...this.#all].filter(([, variable]) => variable.isSet).map(([name]) => name);
    return names.sort((a, b) => (a < b ? -1 : 1));
  }

  entries(): [string, Variable][] {
    return [...this.#all].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** The variable to change: made when it is missing. @throws Failure when it is read-only */
  target(name: string, context = ''): Variable {
    const resolved = this.resolve(name);
    let variable = this.#all.get(resolved);
    if (variable?.readonly) throw this.readOnly(resolved, context);
    if (!variable) {
      variable = new Variable();
      this.#all.set(resolved, variable);
    }
    return variable;
  }

  readOnly(name: string, context = ''): Failure {
    return this.#dialect === 'ash'
      ? new Failure(`${context}${name}: is read only`, 2, 'shell')
      : new Failure(`${context}${name}: readonly variable`, 1, context ? 'command' : 'line');
  }

  #shape(variable: Variable, value: string): string {
    const result = variable.integer ? this.evaluate(value) : value;
    return variable.fold ? (variable.fold === 'upper' ? result.toUpperCase() : result.toLowerCase()) : result;
  }

  set(name: string, value: string, context = ''): void {
    const dynamic = this.dynamics.get(name);
    if (dynamic) {
      dynamic.set?.(value);
      if (!this.#all.has(name)) return;
    }
    const own = this.#all.get(name);
    const element = own?.reference && own.value ? /^(\w+)\[(.*)\]$/.exec(own.value) : undefined;
    if (element) return this.setElement(element[1]!, element[2]!, value, false);
    const variable = own && !own.reference && !own.readonly ? own : this.target(name, context);
    const shaped = variable.integer || variable.fold ? this.#shape(variable, value) : value;
    if (variable.array) variable.array[0] = shaped;
    else if (variable.map) variable.map.set('0', shaped);
    else variable.value = shaped;
    this.watchers.get(name)?.(shaped);
  }

  append(name: string, value: string): void {
    const variable = this.find(name);
    const old = this.get(name) ?? '';
    this.set(name, variable?.integer ? `(${old || 0})+(${value})` : old + value);
  }

  /** `key` is an index already evaluated, or a key of an associative array. */
  setElement(name: string, key: string, value: string, append: boolean): void {
    const variable = this.target(name);
    const shaped = this.#shape(variable, value);
    if (variable.map) {
      variable.map.set(key, append ? (variable.map.get(key) ?? '') + shaped : shaped);
      return;
    }
    const array = this.#asArray(variable);
    let index = Number(this.evaluate(key));
    if (index < 0) index += array.length;
    if (index < 0) throw new Failure(`${name}[${key}]: bad array subscript`);
    array[index] = append ? (variable.integer ? this.evaluate(`(${array[index] ?? 0})+(${value})`) : (array[index] ?? '') + shaped) : shaped;
  }

  #asArray(variable: Variable): string[] {
    variable.array ??= variable.value === undefined ? [] : [variable.value];
    variable.value = undefined;
    return variable.array;
  }

  setArray(name: string, values: string[]): void {
    const variable = this.target(name);
    variable.array = variable.integer || variable.fold ? values.map((value) => this.#shape(variable, value)) : values;
    variable.value = undefined;
    variable.map = undefined;
  }

  /** @returns false when there was none. @throws Failure when it is read-only */
  unset(name: string): boolean {
    const variable = this.#all.get(name);
    if (variable?.readonly) {
      throw new Failure(this.#dialect === 'ash' ? `${name}: is read only` : `${name}: cannot unset: readonly variable`, this.#dialect === 'ash' ? 2 : 1, this.#dialect === 'ash' ? 'shell' : 'command');
    }
    this.watchers.get(name)?.(undefined);
    this.dynamics.delete(name);
    return this.#all.delete(name);
  }

  /** The variables that a program gets, in the order in which the real shell hands them over. */
  environment(): Record<string, string> {
    const exported = [...this.#all].filter(([, variable]) => variable.exported && variable.value !== undefined);
    const bucket = (name: string): number => {
      const key = `${this.#dialect}${name}`;
      let known = buckets.get(key);
      if (known === undefined) buckets.set(key, (known = this.#dialect === 'ash' ? ashBucket(name) : bashBucket(name)));
      return known;
    };
    exported.sort(([a], [b]) => bucket(a) - bucket(b));
    return Object.fromEntries(exported.map(([name, variable]) => [name, variable.value!]));
  }

  // Scopes

  get depth(): number {
    return this.#frames.length;
  }

  enter(): void {
    this.#frames.push(new Map());
  }

  leave(): void {
    this.#restore(this.#frames.pop()!);
  }

  #restore(frame: Map<string, Variable | undefined>): void {
    for (const [name, variable] of frame) {
      if (variable) this.#all.set(name, variable);
      else this.#all.delete(name);
      this.watchers.get(name)?.(variable?.value);
    }
  }

  /** Make `name` local to the running function; unset, with none of the attributes of the one it hides. */
  local(name: string): Variable {
    const frame = this.#frames.at(-1)!;
    const hidden = this.#all.get(name);
    if (frame.has(name)) return hidden ?? this.target(name);
    if (hidden?.readonly) throw this.readOnly(name, 'local: ');
    frame.set(name, hidden);
    const variable = new Variable();
    this.#all.set(name, variable);
    if (this.#dialect === 'ash' && hidden) {
      variable.value = hidden.value;
      variable.exported = hidden.exported;
    }
    return variable;
  }

  isLocal(name: string): boolean {
    return this.#frames.at(-1)?.has(name) ?? false;
  }

  /** Set variables for one command, exported; the result takes them back. */
  temporarily(assignments: readonly (readonly [string, string])[]): () => void {
    const saved = new Map<string, Variable | undefined>();
    for (const [name, value] of assignments) {
      const old = this.#all.get(name);
      if (old?.readonly) throw this.readOnly(name);
      if (!saved.has(name)) saved.set(name, old);
      const variable = new Variable();
      variable.exported = true;
      variable.value = value;
      this.#all.set(name, variable);
      this.watchers.get(name)?.(value);
    }
    return () => this.#restore(saved);
  }
}

const buckets = new Map<string, number>();

/** bash keeps variables in 1024 buckets by FNV-1 and hands them over in that order. */
function bashBucket(name: string): number {
  let hash = 2166136261;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash, 16777619) ^ name.charCodeAt(i);
  return (hash >>> 0) & 1023;
}

function ashBucket(name: string): number {
  let hash = name.charCodeAt(0) << 4;
  for (let i = 0; i < name.length; i++) hash += name.charCodeAt(i);
  return hash % 39;
}
