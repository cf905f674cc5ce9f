// POSIX regular expressions (basic and extended, with GNU's additions), translated to JavaScript's.

/** What is wrong with a pattern, in the words of glibc's `regerror`. */
export class RegexError extends Error {}

const WORD = '\\p{L}\\p{N}_';
const CLASSES: Readonly<Record<string, string>> = {
  alpha: '\\p{L}', digit: '0-9', alnum: '\\p{L}\\p{N}', upper: '\\p{Lu}', lower: '\\p{Ll}', space: '\\t-\\r\\x20', blank: '\\t\\x20',
  punct: '!-\\/:-@\\[-`\\{-~', print: '\\x20-~\\u00a0-\\u{10ffff}', graph: '!-~\\u00a1-\\u{10ffff}', cntrl: '\\x00-\\x1f\\x7f', xdigit: '0-9A-Fa-f',
};
const ESCAPED: Readonly<Record<string, string>> = {
  w: `[${WORD}]`, W: `[^${WORD}]`, s: '[\\t-\\r\\x20]', S: '[^\\t-\\r\\x20]', '`': '(?<![^])', "'": '(?![^])',
  '<': `(?<![${WORD}])(?=[${WORD}])`, '>': `(?<=[${WORD}])(?![${WORD}])`,
  b: `(?:(?<![${WORD}])(?=[${WORD}])|(?<=[${WORD}])(?![${WORD}]))`, B: `(?:(?<![${WORD}])(?![${WORD}])|(?<=[${WORD}])(?=[${WORD}]))`,
};
/** Stands for `$` until it is known whether it may match. */
const DOLLAR = '\0';

const literal = (character: string): string => (character === '\0' ? '\\x00' : /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character);
const inClass = (character: string): string => (character === '\0' ? '\\x00' : /[\\\]^[-]/.test(character) ? `\\${character}` : character);

export interface RegexOptions {
  readonly extended?: boolean;
  readonly ignoreCase?: boolean;
  /** `^` and `$` also match at newlines. */
  readonly multiline?: boolean;
  /** An operator with nothing before it is an error, and so is half of one; for sed a bare `)` as well. */
  readonly strict?: 'posix' | 'sed' | undefined;
  /** As awk: backslash escapes also inside brackets, no back-references, no GNU operators. */
  readonly awk?: boolean;
}

class Translator {
  groups = 0;
  backReferences = false;
  alternates = false;
  readonly #characters: readonly string[];
  readonly #options: RegexOptions;
  #at = 0;

  constructor(pattern: string, options: RegexOptions) {
    this.#characters = [...pattern];
    this.#options = options;
  }

  all(): string {
    const source = this.#alternatives(0);
    if (this.#at < this.#characters.length) throw new RegexError('Unmatched ) or \\)');
    return source;
  }

  /** Whether an operator stands here: bare in extended, behind a backslash in basic expressions. */
  #operator(character: string): boolean {
    return this.#options.extended ? this.#peek() === character : this.#peek() === '\\' && this.#peek(1) === character;
  }

  #peek(offset = 0): string | undefined {
    return this.#characters[this.#at + offset];
  }

  #skip(): void {
    this.#at += this.#options.extended ? 1 : 2;
  }

  #alternatives(depth: number): string {
    let source = this.#branch(depth);
    while (this.#operator('|')) {
      this.#skip();
      this.alternates = true;
      source += `|${this.#branch(depth)}`;
    }
    return source;
  }

  #branch(depth: number): string {
    const { extended, awk, strict } = this.#options;
    let source = '';
    let atom = '';
    let quantified = false;
    let start = true;
    const put = (next: string): void => {
      source += atom;
      atom = next;
      quantified = false;
      start = false;
    };
    while (this.#at < this.#characters.length && !this.#operator('|')) {
      if (this.#operator(')')) {
        if (depth > 0) break;
        if (!extended || strict === 'sed') throw new RegexError('Unmatched ) or \\)');
      }
      const quantifier = this.#quantifier(start);
      if (quantifier !== undefined) {
        if (quantifier && atom) {
          atom = (quantified ? `(?:${atom})` : atom) + quantifier;
          quantified = true;
        }
        continue;
      }
      const character = this.#peek()!;
      if (this.#operator('(')) {
        this.#skip();
        this.groups++;
        const inner = this.#alternatives(depth + 1);
        if (!this.#operator(')')) throw new RegexError('Unmatched ( or \\(');
        this.#skip();
        put(`(${inner})`);
      } else if (character === '[') put(this.#bracket());
      else if (character === '.') {
        this.#at++;
        put('[^]');
      } else if (character === '^' && (extended || start)) {
        this.#at++;
        put(this.#options.multiline ? '(?<![^\\n])' : '(?<![^])');
        start = true;
      } else if (character === '$' && (extended || this.#atEnd(1))) {
        this.#at++;
        put(DOLLAR);
      } else if (character === '\\') {
        const next = this.#peek(1);
        if (next === undefined) throw new RegexError('Trailing backslash');
        this.#at += 2;
        if (awk) put(literal(awkEscape(next)));
        else if (/[1-9]/.test(next)) {
          if (Number(next) > this.groups) throw new RegexError('Invalid back reference');
          this.backReferences = true;
          put(`(?:\\${next})`);
        } else put(ESCAPED[next] ?? literal(next));
      } else {
        this.#at++;
        put(literal(character));
      }
    }
    return source + atom;
  }

  #atEnd(offset: number): boolean {
    const next = this.#peek(offset);
    return next === undefined || next === '\\' && (this.#peek(offset + 1) === ')' || this.#peek(offset + 1) === '|');
  }

  /** @returns undefined: none here; '': one to pass over */
  #quantifier(start: boolean): string | undefined {
    const { extended, strict } = this.#options;
    if (strict && start && (extended ? /[*+?{]/.test(this.#peek()!) : this.#operator('{'))) throw new RegexError('Invalid preceding regular expression');
    if (this.#peek() === '*') {
      if (start && !extended) return undefined;
      this.#at++;
      return start ? '' : '*';
    }
    for (const sign of ['+', '?']) {
      if (!this.#operator(sign) || start && !extended) continue;
      this.#skip();
      return start ? '' : sign;
    }
    if (!this.#operator('{') || start && !extended) return undefined;
    const rest = this.#characters.slice(this.#at + (extended ? 1 : 2)).join('');
    const found = (extended ? /^(\d*)(,?)(\d*)\}/ : /^(\d*)(,?)(\d*)\\\}/).exec(rest);
    if (!found || !found[1] && !found[2]) {
      if (extended && !strict) return undefined;
      throw new RegexError(rest.includes(extended ? '}' : '\\}') ? 'Invalid content of \\{\\}' : 'Unmatched \\{');
    }
    const [whole, least, comma, most] = found;
    if (most && Number(most) < Number(least)) throw new RegexError('Invalid content of \\{\\}');
    if (Number(least) > 32767 || Number(most) > 32767) throw new RegexError('Regular expression too big');
    this.#skip();
    this.#at += whole.length;
    return start ? '' : `{${least || '0'}${comma}${most}}`;
  }

  #bracket(): string {
    const text = this.#characters;
    let at = this.#at + 1;
    let source = '';
    const negated = text[at] === '^';
    if (negated) at++;
    const unmatched = (): never => {
      throw new RegexError('Unmatched [, [^, [:, [., or [=');
    };
    /** One end of a range; undefined after a class, which cannot be one. */
    const one = (): string | undefined => {
      const character = text[at++]!;
      const kind = text[at];
      if (character === '[' && (kind === ':' || kind === '.' || kind === '=')) {
        let end = at + 1;
        while (end < text.length && !(text[end] === kind && text[end + 1] === ']')) end++;
        if (end >= text.length) unmatched();
        const name = text.slice(at + 1, end).join('');
        at = end + 2;
        if (kind !== ':') return name;
        if (!CLASSES[name]) throw new RegexError('Invalid character class name');
        source += CLASSES[name];
        return undefined;
      }
      if (character === '\\' && this.#options.awk && at < text.length) return awkEscape(text[at++]!);
      return character;
    };
    for (let first = true; first || text[at] !== ']'; first = false) {
      if (at >= text.length) unmatched();
      const low = one();
      if (low === undefined) continue;
      if (text[at] === '-' && text[at + 1] !== ']' && text[at + 1] !== undefined) {
        at++;
        const high = one();
        if (high === undefined || low.codePointAt(0)! > high.codePointAt(0)!) throw new RegexError('Invalid range end');
        source += `${inClass(low)}-${inClass(high)}`;
      } else source += inClass(low);
    }
    this.#at = at + 1;
    return `[${negated ? '^' : ''}${source}]`;
  }
}

function awkEscape(character: string): string {
  return ({ n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', b: '\b', a: '\u0007' } as Record<string, string>)[character] ?? character;
}

/** A compiled pattern. Matches are leftmost and, among alternatives, longest, as POSIX asks. */
export class Regex {
  readonly groups: number;
  readonly #regex: RegExp;
  readonly #longer: RegExp | undefined;

  private constructor(regex: RegExp, groups: number, longer?: RegExp) {
    this.#regex = regex;
    this.groups = groups;
    this.#longer = longer;
  }

  /** @throws RegexError */
  static posix(pattern: string, options: RegexOptions = {}): Regex {
    const translator = new Translator(pattern, options);
    const source = translator.all();
    const flags = `gu${options.ignoreCase ? 'i' : ''}`;
    const end = options.multiline ? '(?![^\\n])' : '(?![^])';
    const regex = new RegExp(source.replaceAll(DOLLAR, end), flags);
    const longer = translator.alternates ? new RegExp(`(?:${source.replaceAll(DOLLAR, '(?!)')})(?![^])`, flags.replace('g', 'y')) : undefined;
    return new Regex(regex, translator.groups, longer);
  }

  /** From JavaScript's own syntax (for Perl-like patterns). @throws SyntaxError */
  static perl(pattern: string, flags: string): Regex {
    return new Regex(new RegExp(pattern, flags.includes('g') ? flags : `g${flags}`), new RegExp(`${pattern}|`, flags.replace('g', '')).exec('')!.length - 1);
  }

  /** The first match at or after `from`. */
  exec(text: string, from = 0): RegExpExecArray | null {
    this.#regex.lastIndex = from;
    const match = this.#regex.exec(text);
    if (!match || !this.#longer) return match;
    for (let end = text.length - 1; end > match.index + match[0].length; end--) {
      this.#longer.lastIndex = match.index;
      const longer = this.#longer.exec(text.slice(0, end));
      if (longer) return longer;
    }
    return match;
  }

  test(text: string): boolean {
    this.#regex.lastIndex = 0;
    return this.#regex.test(text);
  }
}
