// The values of templates: Go's kinds as far as they differ from JavaScript's, and how Go prints and encodes them.

/** A Go struct, or a context with methods: a field that is a function is a method. `pointer` ones print as an address inside others. */
export class Struct {
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** What `json` gives, when it is not made of the methods. */
  readonly source: unknown;
  readonly pointer: boolean;
  /** What it prints, when not its fields one by one. */
  readonly shown: readonly unknown[] | undefined;

  constructor(type: string, fields: Readonly<Record<string, unknown>>, source?: unknown, pointer = false, shown?: readonly unknown[]) {
    this.shown = shown;
    this.type = type;
    this.fields = fields;
    this.source = source;
    this.pointer = pointer;
  }
}

/** A typed nil. */
export class Nil {
  readonly kind: 'map' | 'slice' | 'pointer';

  constructor(kind: 'map' | 'slice' | 'pointer') {
    this.kind = kind;
  }
}

/** A number of untyped JSON: Go keeps its text and treats it as a string. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A value that prints as one thing and is another in JSON (times, named types). */
export class Stringer {
  readonly text: string;
  readonly source: unknown;

  constructor(text: string, source: unknown) {
    this.text = text;
    this.source = source;
  }
}

export type GoMap = Readonly<Record<string, unknown>>;

export const isMap = (value: unknown): value is GoMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value) &&
  !(value instanceof Struct || value instanceof Nil || value instanceof JsonNumber || value instanceof Stringer);

/** The text of string kinds; undefined for all others. */
export const stringOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : value instanceof JsonNumber ? value.text : undefined;

/** Keys in the order Go prints and ranges over a map. */
export const sortedKeys = (map: object): string[] => Object.keys(map).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));

/** Untyped JSON as Go decodes it with UseNumber. */
export function untyped(json: unknown): unknown {
  if (typeof json === 'number') return new JsonNumber(String(json));
  if (Array.isArray(json)) return json.map(untyped);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined).map(([key, value]) => [key, untyped(value)]));
}

/** As `%v`. */
export function print(value: unknown, nested = false): string {
  if (value === undefined || value === null) return nested ? '<nil>' : '<no value>';
  if (value instanceof Nil) return value.kind === 'pointer' ? '<nil>' : value.kind === 'map' ? 'map[]' : '[]';
  if (value instanceof JsonNumber || value instanceof Stringer) return value.text;
  if (Array.isArray(value)) return `[${value.map((each) => print(each, true)).join(' ')}]`;
  if (value instanceof Struct) {
    if (value.pointer && nested) return '0xc000128000';
    const shown = value.shown ?? Object.values(value.fields).filter((field) => typeof field !== 'function');
    return `{${shown.map((field) => print(field, true)).join(' ')}}`;
  }
  if (isMap(value)) return `map[${sortedKeys(value).map((key) => `${key}:${print(value[key], true)}`).join(' ')}]`;
  return String(value);
}

/** As Go's type name of a value, for error texts. */
export function typeName(value: unknown): string {
  if (value === undefined || value === null) return 'nil';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  if (typeof value === 'boolean') return 'bool';
  if (value instanceof JsonNumber) return 'json.Number';
  if (value instanceof Struct) return value.type;
  if (Array.isArray(value)) return value.every((each) => typeof each === 'string') ? '[]string' : '[]interface {}';
  if (isMap(value)) return 'map[string]interface {}';
  return 'string';
}

/** The plain data that `json` encodes. */
export function plain(value: unknown): unknown {
  if (value === undefined || value instanceof Nil) return null;
  if (value instanceof JsonNumber) return Number(value.text);
  if (value instanceof Stringer) return value.source;
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Struct) {
    if (value.source !== undefined) return value.source;
    const names = sortedKeys(value.fields).filter((name) => typeof value.fields[name] !== 'function' || (value.fields[name] as () => unknown).length === 0);
    return Object.fromEntries(names.map((name) => {
      const field = value.fields[name];
      return [name, plain(typeof field === 'function' ? field() : field)];
    }));
  }
  if (isMap(value)) return Object.fromEntries(sortedKeys(value).map((key) => [key, plain(value[key])]));
  return value;
}
