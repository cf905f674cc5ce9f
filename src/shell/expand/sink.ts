// Where expanded pieces of a word go: into fields (split, to be matched against file names) or into one string.

import { escapePattern, escapeRegExp } from './pattern.ts';

export interface Sink {
  /** Text that quotes protect. */
  quoted(text: string): void;
  /** Unquoted text of the source. */
  literal(text: string): void;
  /** The result of an unquoted expansion. */
  result(text: string): void;
  /** `$@`, `$*` and their kin. */
  list(values: readonly string[], quoted: boolean, star: boolean): void;
}

export interface Field {
  readonly value: string;
  readonly pattern: string;
}

/** Fields by IFS. */
export class FieldSink implements Sink {
  readonly fields: Field[] = [];
  readonly #ifs: string;
  #value = '';
  #pattern = '';
  #open = false;
  #spaceEnded = false;

  constructor(ifs: string) {
    this.#ifs = ifs;
  }

  quoted(text: string): void {
    this.#value += text;
    this.#pattern += escapePattern(text);
    this.#open = true;
    this.#spaceEnded = false;
  }

  literal(text: string): void {
    if (!text) return;
    this.#value += text;
    this.#pattern += text;
    this.#open = true;
    this.#spaceEnded = false;
  }

  result(text: string): void {
    const ifs = this.#ifs;
    let start = 0;
    const take = (end: number) => {
      if (end === start) return;
      const piece = text.slice(start, end);
      this.#value += piece;
      this.#pattern += piece.includes('\\') ? piece.replaceAll('\\', '\\\\') : piece;
      this.#open = true;
      this.#spaceEnded = false;
    };
    for (let i = 0; i < text.length; i++) {
      const c = text[i]!;
      if (!ifs.includes(c)) continue;
      take(i);
      start = i + 1;
      if (c === ' ' || c === '\t' || c === '\n') {
        if (this.#open) {
          this.end();
          this.#spaceEnded = true;
        }
      } else if (this.#open) this.end();
      else if (this.#spaceEnded) this.#spaceEnded = false;
      else this.fields.push({ value: '', pattern: '' });
    }
    take(text.length);
  }

  list(values: readonly string[], quoted: boolean, star: boolean): void {
    if (quoted && star) return this.quoted(values.join(this.#ifs[0] ?? ''));
    for (const [i, value] of values.entries()) {
      if (i > 0 && (quoted || this.#open)) this.end();
      if (quoted) this.quoted(value);
      else this.result(value);
    }
  }

  /** End the field being built, if there is one. */
  end(): void {
    if (this.#open) this.fields.push({ value: this.#value, pattern: this.#pattern });
    this.#value = '';
    this.#pattern = '';
    this.#open = false;
    this.#spaceEnded = false;
  }
}

/** One string: as it is, or as a pattern or a regular expression in which quoted text stands for itself. */
export class StringSink implements Sink {
  text = '';
  readonly #escape: ((text: string) => string) | undefined;
  readonly #ifs: string;

  constructor(ifs: string, mode: 'string' | 'pattern' | 'regexp') {
    this.#ifs = ifs;
    this.#escape = mode === 'pattern' ? escapePattern : mode === 'regexp' ? escapeRegExp : undefined;
  }

  quoted(text: string): void {
    this.text += this.#escape ? this.#escape(text) : text;
  }

  literal(text: string): void {
    this.text += text;
  }

  result(text: string): void {
    this.text += text;
  }

  list(values: readonly string[], quoted: boolean, star: boolean): void {
    const joined = values.join(star ? (this.#ifs[0] ?? '') : ' ');
    if (quoted) this.quoted(joined);
    else this.result(joined);
  }
}
