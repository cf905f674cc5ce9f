// Shell patterns as regular expressions: `*`, `?`, `[…]`, classes and the extended `@(a|b)` forms.

const CLASSES: Record<string, string> = {
  alpha: 'A-Za-z', digit: '0-9', alnum: 'A-Za-z0-9', upper: 'A-Z', lower: 'a-z', space: '\\s', blank: ' \\t', punct: '!-\\/:-@\\[-`{-~',
  cntrl: '\\x00-\\x1f\\x7f', print: '\\x20-\\x7e', graph: '\\x21-\\x7e', xdigit: '0-9A-Fa-f', word: 'A-Za-z0-9_',
};

const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;
export const escapeRegExp = (text: string): string => text.replace(SPECIAL, '\\$&');
/** Quote text so that a pattern matches it as it is. */
export const escapePattern = (text: string): string => (/[*?[\]\\()|@!+]/.test(text) ? text.replace(/[*?[\]\\()|@!+]/g, '\\$&') : text);
/** Whether a pattern can match more than one text. */
export const hasMagic = (pattern: string, extended: boolean): boolean => MAGIC.test(pattern) || (extended && /(^|[^\\])[?*+@!]\(/.test(pattern));
const MAGIC = /(^|[^\\])(\\\\)*[*?]|(^|[^\\])(\\\\)*\[.*\]/s;
/** The text a pattern without magic stands for. */
export const unescapePattern = (pattern: string): string => (pattern.includes('\\') ? pattern.replace(/\\([^])/g, '$1') : pattern);

function bracket(pattern: string, at: number): { source: string; end: number } | undefined {
  let i = at + 1;
  let source = '[';
  if (pattern[i] === '!' || pattern[i] === '^') {
    source += '^';
    i++;
  }
  for (let first = true; i < pattern.length; first = false) {
    const c = pattern[i]!;
    if (c === ']' && !first) return { source: source === '[' ? '[]' : `${source}]`, end: i + 1 };
    const named = c === '[' && /^\[:(\w+):\]/.exec(pattern.slice(i));
    if (named) {
      source += CLASSES[named[1]!] ?? '';
      i += named[0].length;
    } else if (c === '\\' && i + 1 < pattern.length) {
      source += pattern[i + 1] === '-' || /[\]\\^[]/.test(pattern[i + 1]!) ? `\\${pattern[i + 1]}` : pattern[i + 1];
      i += 2;
    } else {
      const code = pattern.codePointAt(i)!;
      const text = String.fromCodePoint(code);
      source += /[\]\\^[]/.test(text) || (c === '-' && (first || pattern[i + 1] === ']')) ? `\\${text}` : text;
      i += text.length;
    }
  }
  return undefined;
}

/** The source of a regular expression for a pattern. `star` is what `*` becomes. */
export function patternSource(pattern: string, extended: boolean, star = '[^]*', any = '[^]'): string {
  let source = '';
  for (let i = 0; i < pattern.length; ) {
    const c = pattern[i]!;
    if (extended && pattern[i + 1] === '(' && '?*+@!'.includes(c)) {
      const group = alternatives(pattern, i + 2);
      if (group) {
        const inner = group.parts.map((part) => patternSource(part, true, star, any)).join('|');
        const rest = pattern.slice(group.end);
        source += c === '!' ? `(?!(?:${inner})${patternSource(rest, true, star, any)}$)${star}` : `(?:${inner})${c === '@' ? '' : c}`;
        i = group.end;
        continue;
      }
    }
    if (c === '*') {
      if (pattern[i - 1] !== '*' || source === '') source += star;
      i++;
      continue;
    }
    if (c === '?') source += any;
    else if (c === '[') {
      const found = bracket(pattern, i);
      if (found) {
        source += found.source;
        i = found.end;
        continue;
      }
      source += '\\[';
    } else if (c === '\\') {
      i++;
      source += i < pattern.length ? escapeRegExp(pattern[i]!) : '\\\\';
    } else source += escapeRegExp(c);
    i++;
  }
  return source;
}

function alternatives(pattern: string, at: number): { parts: string[]; end: number } | undefined {
  const parts: string[] = [];
  let depth = 0;
  let start = at;
  for (let i = at; i < pattern.length; i++) {
    const c = pattern[i];
    if (c === '\\') i++;
    else if (c === '(') depth++;
    else if (c === ')' && depth-- === 0) return { parts: [...parts, pattern.slice(start, i)], end: i + 1 };
    else if (c === '|' && depth === 0) {
      parts.push(pattern.slice(start, i));
      start = i + 1;
    }
  }
  return undefined;
}

const cache = new Map<string, RegExp>();

function compile(source: string, flags: string): RegExp {
  const key = `${flags}:${source}`;
  let compiled = cache.get(key);
  if (!compiled) {
    try {
      compiled = new RegExp(source, flags);
    } catch {
      // A range out of order, say: it matches nothing.
      compiled = /(?!)/u;
    }
    if (cache.size > 500) cache.clear();
    cache.set(key, compiled);
  }
  return compiled;
}

export function matcher(pattern: string, extended: boolean, ignoreCase = false): RegExp {
  return compile(`^(?:${patternSource(pattern, extended)})$`, ignoreCase ? 'iu' : 'u');
}

export function matches(pattern: string, text: string, extended = true, ignoreCase = false): boolean {
  if (!/[*?[\\(]/.test(pattern) && !ignoreCase) return pattern === text;
  return matcher(pattern, extended, ignoreCase).test(text);
}

/** `${text#pattern}` and its kin. */
export function removeMatch(text: string, operator: string, pattern: string, extended: boolean): string {
  const longest = operator.length === 2;
  if (operator[0] === '#') {
    const source = patternSource(pattern, extended, longest ? '[^]*' : '[^]*?');
    const match = compile(`^(?:${source})`, 'u').exec(text);
    return match ? text.slice(match[0].length) : text;
  }
  const whole = matcher(pattern, extended);
  const fixed = !hasMagic(pattern, extended) && unescapePattern(pattern);
  if (fixed !== false) return fixed && text.endsWith(fixed) ? text.slice(0, -fixed.length) : text;
  const [from, to, step] = longest ? [0, text.length + 1, 1] : [text.length, -1, -1];
  for (let i = from; i !== to; i += step) if (whole.test(text.slice(i))) return text.slice(0, i);
  return text;
}

/** `${text/pattern/replacement}`; `replacement` gets the matched text. */
export function replaceMatch(text: string, operator: string, pattern: string, replacement: (match: string) => string, extended: boolean): string {
  if (pattern === '' && operator !== '/#' && operator !== '/%') return text;
  const source = `(?:${patternSource(pattern, extended)})`;
  const anchored = operator === '/#' ? `^${source}` : operator === '/%' ? `${source}$` : source;
  return text.replace(compile(anchored, operator === '//' ? 'gu' : 'u'), (match) => (match === '' && operator[1] === '/' ? '' : replacement(match)));
}
