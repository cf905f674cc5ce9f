// How GNU programs quote names in messages, as gnulib's quotearg does in C.UTF-8.

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\b': '\\b', '\f': '\\f', '\v': '\\v', '\u0007': '\\a' };
const octal = (text: string): string => `\\${text.charCodeAt(0).toString(8).padStart(3, '0')}`;
const CONTROL = /[\0-\x1f\x7f]/g;

/** C escapes for control characters and backslash, as `escape` style. */
export function escape(name: string): string {
  return name.replace(/\\/g, '\\\\').replace(CONTROL, (text) => ESCAPES[text] ?? octal(text));
}

/** ‘name’: `quote()`. */
export function quote(name: string): string {
  return `‘${escape(name).replaceAll('’', '\\’')}’`;
}

/** 'name' always, in a form that a shell reads back: `quoteaf()`. */
export function quoteAlways(name: string): string {
  if (name.search(CONTROL) >= 0) {
    const text = name.replace(/'/g, "'\\''").replace(/[\0-\x1f\x7f]+/g, (run) => `'$'${run.replace(CONTROL, (text) => ESCAPES[text] ?? octal(text))}''`);
    return `'${text}'`.replace(/''$/, '');
  }
  if (name.includes("'")) return /["\\`$]/.test(name) ? `'${name.replace(/'/g, "'\\''")}'` : `"${name}"`;
  return `'${name}'`;
}

/** The name, quoted only where a shell needs it: names that `ls` shows on a terminal. */
export function quoteIfNeeded(name: string): string {
  return name === '' || /[\s!"$&'()*;<=>?[\\^`|\0-\x1f\x7f]|^[~#]|^[{}]$/.test(name) ? quoteAlways(name) : name;
}

/** As `quotef` in messages `name: reason`, where a colon also asks for quotes. */
export function quoteFile(name: string): string {
  return name.includes(':') ? quoteAlways(name) : quoteIfNeeded(name);
}
