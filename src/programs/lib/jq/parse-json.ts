// JSON texts as they arrive, one value after the other, with jq's words for what is wrong.

import { numberOf, type Value } from './value.ts';

type Open = { readonly array: Value[] } | { readonly object: Map<string, Value>; key?: string | undefined };

export class JsonSyntaxError extends Error {}

const WORDS: Readonly<Record<string, Value>> = { null: null, true: true, false: false, nan: NaN };

export class JsonParser {
  readonly #stack: Open[] = [];
  #next: { readonly value: Value } | undefined;
  #token = '';
  #string: 'no' | 'yes' | 'escape' = 'no';
  #line = 1;
  #column = 0;

  /** Complete values in this piece of text. @throws JsonSyntaxError; the values before it were handed out */
  *feed(text: string): Generator<Value> {
    for (const character of text) {
      if (character === '\n') {
        this.#line++;
        this.#column = 0;
      } else this.#column++;
      if (this.#string === 'escape') {
        this.#token += character;
        this.#string = 'yes';
      } else if (this.#string === 'yes') {
        if (character === '"') {
          this.#string = 'no';
          this.#value(this.#unescape(this.#token));
          this.#token = '';
        } else {
          this.#token += character;
          if (character === '\\') this.#string = 'escape';
        }
      } else if (' \t\r\n[{:,]}"'.includes(character)) {
        this.#literal('');
        if (!this.#stack.length && this.#next && character !== ',' && character !== ':' && character !== ']' && character !== '}') yield this.#take();
        if (character === '"') this.#string = 'yes';
        else if (character.trim()) this.#punctuation(character);
      } else if (character !== '\ufeff') this.#token += character;
      if (!this.#stack.length && this.#next) yield this.#take();
    }
  }

  *end(): Generator<Value> {
    if (this.#string !== 'no') this.#fail('Unfinished string at EOF');
    this.#literal(' at EOF');
    if (this.#stack.length) this.#fail('Unfinished JSON term at EOF');
    if (this.#next) yield this.#take();
  }

  #take(): Value {
    const { value } = this.#next!;
    this.#next = undefined;
    return value;
  }

  #fail(text: string): never {
    throw new JsonSyntaxError(`${text} at line ${this.#line}, column ${this.#column}`);
  }

  #value(value: Value): void {
    if (this.#next) this.#fail('Expected separator between values');
    this.#next = { value };
  }

  #literal(at: string): void {
    const token = this.#token;
    if (!token) return;
    this.#token = '';
    if (token in WORDS) return this.#value(WORDS[token]!);
    if (token.startsWith("'")) this.#fail(`Invalid string literal; expected ", but got '${at}`);
    if (/^(t|f|n(?!an))/.test(token)) this.#fail(`Invalid literal${at}`);
    if (!/^-?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(token)) this.#fail(`Invalid numeric literal${at}`);
    this.#value(numberOf(token));
  }

  #unescape(token: string): string {
    return token.replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (_, escape: string) => {
      if (escape.length === 5) return String.fromCharCode(parseInt(escape.slice(1), 16));
      return ({ n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '/': '/', '\\': '\\', '"': '"' } as Record<string, string>)[escape] ?? this.#fail('Invalid escape');
    });
  }

  #punctuation(character: string): void {
    const top = this.#stack.at(-1);
    const next = this.#next;
    if (character === '[' || character === '{') {
      if (next) this.#fail('Expected separator between values');
      this.#stack.push(character === '[' ? { array: [] } : { object: new Map() });
    } else if (character === ':') {
      if (!top || !('object' in top) || top.key !== undefined) return this.#fail("':' not as part of an object");
      if (!next) return this.#fail("Expected string key before ':'");
      if (typeof next.value !== 'string') return this.#fail('Object keys must be strings');
      top.key = next.value;
      this.#next = undefined;
    } else if (character === ',') {
      if (!next) this.#fail("Expected value before ','");
      if (!top) return this.#fail("',' should separate object or array elements"); 
      if ('array' in top) top.array.push(next!.value);
      else if (top.key === undefined) this.#fail('Objects must consist of key:value pairs');
      else {
        top.object.set(top.key, next!.value);
        top.key = undefined;
      }
      this.#next = undefined;
    } else if (character === ']') {
      if (!top || !('array' in top)) return this.#fail("Unmatched ']'");
      if (next) top.array.push(next.value);
      else if (top.array.length) this.#fail('Expected another array element');
      this.#stack.pop();
      this.#next = { value: top.array };
    } else {
      if (!top || !('object' in top)) return this.#fail("Unmatched '}'");
      if (next) {
        if (top.key === undefined) return this.#fail('Objects must consist of key:value pairs');
        top.object.set(top.key, next.value);
      } else if (top.key !== undefined) return this.#fail("Unmatched '}'");
      else if (top.object.size) this.#fail('Expected another key-value pair');
      this.#stack.pop();
      this.#next = { value: top.object };
    }
  }
}

/** One text as one value (as `fromjson`). @throws JsonSyntaxError */
export function parseJson(text: string): Value {
  const parser = new JsonParser();
  const values = [...parser.feed(text), ...parser.end()];
  if (values.length > 1) throw new JsonSyntaxError('Unexpected extra JSON values');
  return values.length ? values[0]! : null;
}
