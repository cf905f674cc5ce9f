// Writing a value so that the shell would read it back: for `declare -p`, `set -x`, `%q`, `${x@Q}`, `alias`, `export`.

const UNPRINTABLE = /[\0-\x1f\x7f\udc80-\udcff]/u;
const ESCAPES: Record<string, string> = { '\x07': '\\a', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\v': '\\v', '\f': '\\f', '\r': '\\r', '\x1b': '\\E', '\\': '\\\\', "'": "\\'" };

/** `$'…'` */
export function ansiQuote(text: string): string {
  const inner = text.replace(/[\0-\x1f\x7f\\'\udc80-\udcff]/gu, (c) => ESCAPES[c] ?? `\\${(c.charCodeAt(0) & 0xff).toString(8).padStart(3, '0')}`);
  return `$'${inner}'`;
}

export const hasUnprintable = (text: string): boolean => UNPRINTABLE.test(text);

/** `'…'`, apostrophes as `'\''`. */
export function singleQuote(text: string): string {
  return text === "'" ? "\\'" : `'${text.replaceAll("'", "'\\''")}'`;
}

/** As `${x@Q}` and `set`'s quoting of values that need it. */
export function quote(text: string): string {
  return hasUnprintable(text) ? ansiQuote(text) : singleQuote(text);
}

/** As `declare -p`: `"…"`. */
export function doubleQuote(text: string): string {
  return hasUnprintable(text) ? ansiQuote(text) : `"${text.replace(/[\\"$`]/g, '\\$&')}"`;
}

const META = /[\s'"\\|&;()<>!{}*[\]?^$`]|^[#~]|[:=]~/;

/** As bash's `set -x` and `set` show a word: quoted only when it needs it. */
export function quoteIfNeeded(text: string): string {
  return text === '' ? "''" : hasUnprintable(text) ? ansiQuote(text) : META.test(text) ? singleQuote(text) : text;
}

/** As `printf %q`: backslashes. */
export function backslashQuote(text: string): string {
  if (text === '') return "''";
  if (hasUnprintable(text)) return ansiQuote(text);
  return text.replace(/[\s'"\\|&;()<>!{}*[\]?^$`,]|^[#~]/g, '\\$&');
}

/** As ash's `set`, `export` and `alias`: always in apostrophes. */
export function ashQuote(text: string): string {
  if (!text.includes("'")) return `'${text}'`;
  return text.split(/('+)/).filter((piece) => piece).map((piece) => (piece[0] === "'" ? `"${piece}"` : `'${piece}'`)).join('');
}

/** As ash's `set -x`: in apostrophes when a letter is out of the ordinary. */
export function ashQuoteIfNeeded(text: string): string {
  return /^[\w@+:,./\]^-]*$/.test(text) ? text : ashQuote(text);
}

/** Key of an associative array as `declare -p` shows it. */
export function quoteKey(key: string): string {
  return key === '' || META.test(key) || /[@*]/.test(key) ? doubleQuote(key) : key;
}
