// One record of comma-separated values, as encoding/csv reads the argument of `--mount`.

import { FlagValueError } from '../flags/flag.ts';

/** @throws FlagValueError */
export function csvRecord(text: string): string[] {
  if (!text) throw new FlagValueError('EOF');
  const fields: string[] = [];
  let at = 0;
  const fail = (column: number, what: string): never => {
    throw new FlagValueError(`parse error on line 1, column ${column}: ${what}`);
  };
  for (;;) {
    if (text[at] !== '"') {
      const end = text.indexOf(',', at);
      const field = text.slice(at, end < 0 ? text.length : end);
      const quoted = field.indexOf('"');
      if (quoted >= 0) fail(at + quoted + 1, 'bare " in non-quoted-field');
      fields.push(field);
      if (end < 0) return fields;
      at = end + 1;
      continue;
    }
    let field = '';
    for (at++; ; ) {
      const end = text.indexOf('"', at);
      if (end < 0) fail(text.length + 1, 'extraneous or missing " in quoted-field');
      field += text.slice(at, end);
      at = end + 1;
      if (text[at] !== '"') break;
      field += '"';
      at++;
    }
    fields.push(field);
    if (at >= text.length) return fields;
    if (text[at] !== ',') fail(at, 'extraneous or missing " in quoted-field');
    at++;
  }
}
