// Expanding `$NAME` and `${NAME:-word}` in the words of a Dockerfile, and taking quotes off.

import { ApiError } from '../../api/errors.ts';
import { globPattern } from '../image/glob.ts';

export type Lookup = (name: string) => string | undefined;

/** One word to one text. @throws invalidParameter `failed to process "…": …` */
export function expandWord(word: string, lookup: Lookup, escape = '\\'): string {
  return new Lexer(word, lookup, escape).run();
}

class Lexer {
  readonly #text: string;
  readonly #lookup: Lookup;
  readonly #escape: string;
  #at = 0;

  constructor(text: string, lookup: Lookup, escape: string) {
    this.#text = text;
    this.#lookup = lookup;
    this.#escape = escape;
  }

  run(): string {
    return this.#until('');
  }

  #fail(problem: string): never {
    throw new ApiError('invalidParameter', `failed to process ${JSON.stringify(this.#text)}: ${problem}`);
  }

  #until(stop: string): string {
    let out = '';
    while (this.#at < this.#text.length) {
      const c = this.#text[this.#at]!;
      if (c === stop) break;
      this.#at++;
      if (c === "'") {
        const end = this.#text.indexOf("'", this.#at);
        if (end < 0) this.#fail('unexpected end of statement while looking for matching single-quote');
        out += this.#text.slice(this.#at, end);
        this.#at = end + 1;
      } else if (c === '"') out += this.#doubleQuoted();
      else if (c === '$') out += this.#dollar();
      else if (c === this.#escape) out += this.#text[this.#at++] ?? '';
      else out += c;
    }
    return out;
  }

  #doubleQuoted(): string {
    let out = '';
    for (;;) {
      const c = this.#text[this.#at++];
      if (c === undefined) this.#fail('unexpected end of statement while looking for matching double-quote');
      if (c === '"') return out;
      if (c === '$') out += this.#dollar();
      else if (c === this.#escape) {
        const next = this.#text[this.#at++] ?? '';
        out += next === '"' || next === '$' || next === this.#escape ? next : c + next;
      } else out += c;
    }
  }

  #dollar(): string {
    const rest = this.#text.slice(this.#at);
    if (!rest.startsWith('{')) {
      const name = /^(?:[a-zA-Z_]\w*|[0-9]|[@*#])/.exec(rest)?.[0];
      if (!name) return '$';
      this.#at += name.length;
      return this.#lookup(name) ?? '';
    }
    this.#at++;
    const name = /^(?:[a-zA-Z_]\w*|[0-9]|[@*#])/.exec(rest.slice(1))?.[0];
    if (!name) this.#fail(rest[1] === '}' ? '${} bad substitution' : 'bad substitution');
    this.#at += name.length;
    const value = this.#lookup(name);
    const operator = /^(?::[-+?]|[-+?}]|##?|%%?|\/\/?)/.exec(this.#text.slice(this.#at))?.[0];
    if (!operator) this.#fail(`unsupported modifier (${this.#text[this.#at] ?? '\uFFFD'}) in substitution`);
    this.#at += operator.length;
    if (operator === '}') return value ?? '';
    const word = this.#until('}');
    if (this.#text[this.#at++] !== '}') this.#fail('syntax error: missing \'}\'');
    const set = value !== undefined && (value !== '' || !operator.startsWith(':'));
    switch (operator.at(-1)) {
      case '-':
        return set ? value! : word;
      case '+':
        return set ? word : '';
      case '?':
        return set ? value! : this.#fail(`${name}: ${word || `is ${value === undefined || !operator.startsWith(':') ? 'not allowed to be unset' : 'not allowed to be empty'}`}`);
      case '/': {
        const [pattern = '', replacement = ''] = word.split(/\/(.*)/s);
        return value === undefined ? '' : operator === '//' ? value.replaceAll(pattern, replacement) : value.replace(pattern, replacement);
      }
      default:
        return trim(value ?? '', word, operator);
    }
  }
}

/** `#`, `##`, `%`, `%%`: without the shortest or longest match at the start or end. */
function trim(value: string, pattern: string, operator: string): string {
  const regex = new RegExp(globPattern(pattern).source.replaceAll('[^/]', '[^]'));
  const prefix = operator[0] === '#';
  const longest = operator.length === 2;
  for (let i = 0; i <= value.length; i++) {
    const size = longest ? value.length - i : i;
    const part = prefix ? value.slice(0, size) : value.slice(value.length - size);
    if (regex.test(part)) return prefix ? value.slice(size) : value.slice(0, value.length - size);
  }
  return value;
}
