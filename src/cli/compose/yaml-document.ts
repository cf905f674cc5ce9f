// Compose files as YAML: values as go-yaml makes them, and its words for what is wrong.

import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, type ParsedNode, Scalar } from 'yaml';
import { CliError } from '../errors.ts';
import { syntaxError } from './yaml-error.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- values of a file before it is known to be well-formed
export type Value = any;
export type Dict = Record<string, Value>;

export const isDict = (value: unknown): value is Dict => typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof GoTime);

/** A plain scalar that looks like a date: go-yaml makes a time.Time of it, which no field takes. */
export class GoTime {
  readonly kind = 'time.Time';
}

/** What `!reset` and `!override` mark, by path. */
export interface Marks {
  readonly reset: string[][];
  readonly override: string[][];
}

export interface YamlDocument {
  readonly value: Value;
  readonly marks: Marks;
}

const INTEGER = /^[-+]?(0b[01]+|0o?[0-7]+|0x[0-9a-fA-F]+|[1-9][0-9]*|0)$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const DATE = /^\d{4}-\d\d?-\d\d?([Tt ]\s*\d\d?:\d\d:\d\d(\.\d*)?\s*(Z|[-+]\d\d?(:?\d\d)?)?)?$/;

/** What a plain scalar means. */
export function resolveScalar(text: string): Value {
  if (['', '~', 'null', 'Null', 'NULL'].includes(text)) return null;
  if (['true', 'True', 'TRUE'].includes(text)) return true;
  if (['false', 'False', 'FALSE'].includes(text)) return false;
  const plain = text.replaceAll('_', '');
  if (/^[-+.0-9]/.test(text)) {
    if (INTEGER.test(plain)) {
      const digits = plain.replace(/^[-+]/, '');
      return (plain.startsWith('-') ? -1 : 1) * Number(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits) + 0;
    }
    if (FLOAT.test(plain)) return Number(plain);
    if (/^[-+]?\.(inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
    if (/^\.(nan|NaN|NAN)$/.test(text)) return NaN;
    if (DATE.test(text)) return new GoTime();
  }
  return text;
}

/** All documents of a text that are not empty. @param file named where keys are doubled. @throws CliError */
export function parseYaml(text: string, file: string): YamlDocument[] {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false, lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const documents = (Array.isArray(parsed) ? parsed : []) as Document.Parsed[];
  for (const { errors } of documents) {
    if (errors.length) throw new CliError(`yaml: ${syntaxError(text, errors, lines)}`);
  }
  return documents.filter((each) => each.contents && !(isScalar(each.contents) && each.contents.source === '' && each.contents.type === Scalar.PLAIN))
    .map((each) => {
      const marks: Marks = { reset: [], override: [] };
      return { value: new Reader(each, marks, lines, file).value(each.contents as ParsedNode, []), marks };
    });
}

class Reader {
  readonly #document: Document.Parsed;
  readonly #marks: Marks;
  readonly #lines: LineCounter;
  readonly #file: string;

  constructor(document: Document.Parsed, marks: Marks, lines: LineCounter, file: string) {
    this.#document = document;
    this.#marks = marks;
    this.#lines = lines;
    this.#file = file;
  }

  value(node: Node | null, path: string[]): Value {
    if (!node) return null;
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      if (!target) throw new CliError(`yaml: unknown anchor '${node.source}' referenced`);
      return this.value(target as Node, path);
    }
    const tag = (node as { tag?: string }).tag;
    if (tag === '!reset' || tag === '!override') this.#marks[tag === '!reset' ? 'reset' : 'override'].push(path);
    if (tag === '!reset') return null;
    if (isSeq(node)) return node.items.map((item, i) => this.value(item as Node, [...path, String(i)]));
    if (isMap(node)) return this.#map(node.items as { key: Node; value: Node | null }[], path);
    if (!isScalar(node)) return null;
    const text = String(node.value ?? '');
    const quoted = node.type !== Scalar.PLAIN || tag === '!!str' || tag === 'tag:yaml.org,2002:str';
    return quoted && node.type !== undefined ? text : resolveScalar(node.source ?? text);
  }

  #line(node: Node): number {
    return this.#lines.linePos(node.range?.[0] ?? 0).line;
  }

  #map(items: readonly { key: Node; value: Node | null }[], path: string[]): Dict {
    const own: Dict = {};
    const merged: Dict = {};
    const seen = new Map<string, number>();
    for (const { key, value } of items) {
      const name = this.value(key, path);
      if (name === '<<' && isScalar(key) && key.type === Scalar.PLAIN) {
        const sources = this.value(value, path);
        for (const source of Array.isArray(sources) ? sources : [sources]) {
          if (!isDict(source)) throw new CliError('yaml: map merge requires map or sequence of maps as the value');
          for (const [each, what] of Object.entries(source)) merged[each] ??= what;
        }
        continue;
      }
      if (typeof name !== 'string') throw new CliError(`non-string key ${path.length ? `in ${path.join('.')}` : 'at top level'}: ${String(name)}`);
      const before = seen.get(name);
      const line = this.#line(key);
      if (before !== undefined) {
        const text = `line ${line}: mapping key ${JSON.stringify(name)} already defined at line ${before}`;
        throw new CliError(path.length ? `failed to parse ${this.#file}: ${text}` : `yaml: unmarshal errors:\n  ${text}`);
      }
      seen.set(name, line);
      own[name] = this.value(value, [...path, name]);
    }
    return { ...merged, ...own };
  }
}

