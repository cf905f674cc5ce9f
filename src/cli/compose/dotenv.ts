// `.env` and env_file files: quotes, comments, `export`, variables of earlier lines.

import { CliError } from '../errors.ts';
import { expand } from './interpolate.ts';

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', a: '\u0007', b: '\b', f: '\f', v: '\v' };

/** @param lookup for variables in values and for names alone. @throws CliError without the file's name */
export function parseDotenv(text: string, lookup: (name: string) => string | undefined): Record<string, string> {
  const out: Record<string, string> = {};
  const value = (name: string) => lookup(name) ?? out[name];
  let rest = text.replaceAll('\r\n', '\n').replace(/^\uFEFF/, '');
  const total = rest.split('\n').length;
  const line = () => total - rest.split('\n').length + 1;
  for (;;) {
    rest = rest.replace(/^(\s+|#[^\n]*)+/, '');
    if (!rest) return out;
    const head = /^(?:export\s+)?([^\n=:]*)([=:]?)/.exec(rest)!;
    const name = head[1]!.trimEnd();
    if (/\s/.test(name)) throw new CliError(`line ${line()}: key cannot contain a space`);
    if (!/^[A-Za-z0-9_.[\]-]*$/.test(name)) throw new CliError(`line ${line()}: unexpected character ${JSON.stringify(name.replace(/^[A-Za-z0-9_.[\]-]*/, '')[0] ?? head[2])} in variable name ${JSON.stringify(rest.split('\n')[0])}`);
    rest = rest.slice(head[0].length);
    if (!head[2]) {
      const known = lookup(name);
      if (known !== undefined) out[name] = known;
      continue;
    }
    rest = rest.replace(/^[ \t]+/, '');
    const quote = rest[0];
    if (quote === '"' || quote === "'") {
      let end = 1;
      while (end < rest.length && rest[end] !== quote) end += rest[end] === '\\' ? 2 : 1;
      if (end >= rest.length) throw new CliError(`line ${line() + rest.trimEnd().split('\n').length}: unterminated quoted value ${rest.split('\n')[0]}`);
      const inner = rest.slice(1, end);
      out[name] = quote === "'" ? inner.replaceAll("\\'", "'")
        : expand(inner.replace(/\\([nrtabfv"\\$])/g, (_, char: string) => ESCAPES[char] ?? (char === '$' ? '$$' : char)), value);
      rest = rest.slice(end + 1).replace(/^[^\n]*/, '');
    } else {
      const raw = /^[^\n]*/.exec(rest)![0];
      out[name] = expand(raw.replace(/(^|\s)#.*$/, '').trim(), value);
      rest = rest.slice(raw.length);
    }
  }
}
