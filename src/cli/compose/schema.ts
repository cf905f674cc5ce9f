// Checking a Compose file against the schema: the most specific error, as compose-go words it.

import { CliError } from '../errors.ts';
import { SCHEMA } from './schema-text.ts';
import { type Dict, GoTime, isDict, type Value } from './yaml-document.ts';

type Type =
  | { kind: 'types'; names: string[]; range?: number[] }
  | { kind: 'ref'; name: string }
  | { kind: 'list'; item: Type; unique: boolean }
  | { kind: 'oneOf'; types: Type[] }
  | { kind: 'enum'; values: string[] }
  | { kind: 'pattern'; regex: string }
  | { kind: 'object'; fields: Map<string, Type>; required: string[]; extensions: boolean; nullable: boolean }
  | { kind: 'map'; item: Type; named: boolean; open: boolean };

const NAMES: Record<string, string> = { s: 'string', n: 'number', i: 'integer', b: 'boolean', z: 'null', o: 'object' };
const known = new Map<string, Type>();

/** A definition by name, read when first asked for. */
function definition(name: string): Type {
  let type = known.get(name);
  if (!type) known.set(name, (type = new Parser(SCHEMA[name]!).type()));
  return type;
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  #take(regex: RegExp): string {
    const sticky = new RegExp(regex, 'y');
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  type(): Type {
    const types = [this.#one()];
    while (this.#take(/\|/)) types.push(this.#one());
    return types.length > 1 ? { kind: 'oneOf', types } : types[0]!;
  }

  #one(): Type {
    if (this.#take(/@/)) return { kind: 'ref', name: this.#take(/\w+/) };
    if (this.#take(/\[/)) {
      const item = this.type();
      this.#take(/\]/);
      return { kind: 'list', item, unique: this.#take(/u/) !== '' };
    }
    if (this.#take(/'/)) {
      const values = this.#take(/[^']*/).split(',');
      this.#take(/'/);
      return { kind: 'enum', values };
    }
    if (this.#take(/~/)) {
      const regex = this.#take(/[^~]*/);
      this.#take(/~/);
      return { kind: 'pattern', regex };
    }
    if (this.#take(/</)) {
      const mode = this.#take(/[.+]/);
      const item = this.type();
      this.#take(/>/);
      return { kind: 'map', item, named: mode !== '.', open: mode === '+' };
    }
    if (this.#take(/\{/)) {
      const mode = this.#take(/[!?]/);
      const fields = new Map<string, Type>();
      const required: string[] = [];
      for (;;) {
        this.#take(/\s*/);
        if (this.#take(/\}/)) return { kind: 'object', fields, required, extensions: mode !== '!', nullable: mode === '?' };
        const name = this.#take(/\w+/);
        if (this.#take(/\*/)) required.push(name);
        this.#take(/:/);
        fields.set(name, this.type());
      }
    }
    const names = [...this.#take(/[snibzo]+/)].map((letter) => NAMES[letter]!);
    const range = this.#take(/\([^)]*\)/);
    return { kind: 'types', names, ...(range && { range: range.slice(1, -1).split(',').map(Number) }) };
  }
}

interface Fault {
  readonly path: readonly string[];
  readonly text: string;
  readonly weight: number;
}

const fault = (path: readonly string[], text: string, extra = 0): Fault => ({ path, text, weight: path.length + extra });
const human = (name: string): string => (name === 'object' ? 'mapping' : name);
const quoted = (values: readonly string[]): string => values.map((each) => `'${each}'`).join(', ');

function typeFault(path: readonly string[], names: readonly string[]): Fault {
  const all = names.map(human);
  if (all.length > 1) all.sort();
  return fault(path, `must be a ${all.length > 1 ? `${all.slice(0, -1).join(', ')} or ${all.at(-1)}` : all[0]}`);
}

function isType(value: Value, name: string): boolean {
  switch (name) {
    case 'null': return value === null;
    case 'integer': return Number.isInteger(value);
    case 'object': return isDict(value);
    default: return typeof value === name;
  }
}

/** All that is wrong, the first most specific one to be told. */
function check(type: Type, value: Value, path: readonly string[]): Fault[] {
  if (value instanceof GoTime) return [fault(path, 'invalid jsonType time.Time')];
  switch (type.kind) {
    case 'ref': return check(definition(type.name), value, path);
    case 'types': {
      if (!type.names.some((name) => isType(value, name))) return [typeFault(path, type.names)];
      const [least, most] = type.range ?? [];
      if (least !== undefined && value < least) return [fault(path, `minimum: got ${value}, want ${least}`)];
      return most !== undefined && value > most ? [fault(path, `maximum: got ${value}, want ${most}`)] : [];
    }
    case 'enum':
      if (typeof value !== 'string') return [typeFault(path, ['string'])];
      return type.values.includes(value) ? [] : [fault(path, `value must be ${type.values.length > 1 ? 'one of ' : ''}${quoted(type.values)}`)];
    case 'pattern':
      if (typeof value !== 'string') return [typeFault(path, ['string'])];
      return new RegExp(type.regex).test(value) ? [] : [fault(path, `'${value}' does not match pattern '${type.regex}'`)];
    case 'oneOf': {
      const all: Fault[] = [];
      for (const each of type.types) {
        const faults = check(each, value, path);
        if (!faults.length) return [];
        all.push(...faults);
      }
      return all;
    }
    case 'list': {
      if (!Array.isArray(value)) return [typeFault(path, ['array'])];
      if (type.unique) {
        const texts = value.map((each) => JSON.stringify(each));
        const second = texts.findIndex((each, i) => texts.indexOf(each) < i);
        if (second >= 0) return [fault(path, `items at ${texts.indexOf(texts[second]!)} and ${second} are equal`)];
      }
      return value.flatMap((each, i) => check(type.item, each, [...path, String(i)]));
    }
    case 'map': {
      if (!isDict(value)) return [typeFault(path, ['object'])];
      const fits = (key: string) => !type.named || /^[a-zA-Z0-9._-]+$/.test(key);
      const extra = type.open ? [] : Object.keys(value).filter((key) => !fits(key));
      return [
        ...Object.entries(value).filter(([key]) => fits(key)).flatMap(([key, each]) => check(type.item, each, [...path, key])),
        ...(extra.length ? [fault(path, `additional properties ${quoted(extra)} not allowed`, 1)] : []),
      ];
    }
    case 'object': {
      if (value === null && type.nullable) return [];
      if (!isDict(value)) return [typeFault(path, type.nullable ? ['object', 'null'] : ['object'])];
      const missing = type.required.filter((name) => !(name in value));
      const extra = Object.keys(value).filter((key) => !type.fields.has(key) && !(type.extensions && key.startsWith('x-')));
      return [
        ...(missing.length ? [fault(path, `missing propert${missing.length > 1 ? 'ies' : 'y'} ${quoted(missing)}`)] : []),
        ...Object.entries(value).flatMap(([key, each]) => (type.fields.has(key) ? check(type.fields.get(key)!, each, [...path, key]) : [])),
        ...(extra.length ? [fault(path, `additional properties ${quoted(extra)} not allowed`, 1)] : []),
      ];
    }
  }
}

/** @throws CliError */
export function validate(config: Dict, file: string): void {
  let worst: Fault | undefined;
  for (const each of check(definition('root'), config, [])) if (!worst || each.weight > worst.weight) worst = each;
  if (worst) throw new CliError(`validating ${file}: ${worst.path.join('.')} ${worst.text}`);
}
