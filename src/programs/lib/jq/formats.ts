// The string formats of jq: @csv, @sh, @base64 …

import { encode } from '../../../base/bytes.ts';
import { decodeBase64, encodeBase64 } from '../base64.ts';
import { toText } from '../text.ts';
import { described, isArray, isNumber, JqError, kind, short, text, type Value } from './value.ts';

export const toString = (value: Value): string => (typeof value === 'string' ? value : text(value));

export function format(name: string, value: Value): string {
  switch (name) {
    case 'text': return toString(value);
    case 'json': return text(value);
    case 'csv': return row(value, name, ',', (part) => `"${part.replaceAll('"', '""')}"`);
    case 'tsv': return row(value, name, '\t', (part) => part.replace(/[\\\t\n\r]/g, (character) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[character]!));
    case 'html': return toString(value).replace(/[<>&'"]/g, (character) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&apos;', '"': '&quot;' })[character]!);
    case 'uri': return [...encode(toString(value))].map((byte) => /[\w.~-]/.test(String.fromCharCode(byte)) && byte < 128 ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
    case 'sh': return (isArray(value) ? value : [value]).map((item) => {
      if (typeof item === 'string') return `'${item.replaceAll("'", "'\\''")}'`;
      if (item !== null && typeof item === 'object' && !isNumber(item)) throw new JqError(`${described(item)} can not be escaped for shell`);
      return text(item);
    }).join(' ');
    case 'base64': return encodeBase64(encode(toString(value)));
    case 'base64d': {
      const source = toString(value);
      const bytes = decodeBase64(source);
      if (source.replace(/=+$/, '').length % 4 === 1) throw new JqError(`string (${short(source)}) trailing base64 byte found`);
      if (!bytes) throw new JqError(`string (${short(source)}) is not valid base64 data`);
      return toText(bytes).replace(/[\udc80-\udcff]/gu, '\ufffd');
    }
    default: throw new JqError(`${name} is not a valid format`);
  }
}

function row(value: Value, name: string, separator: string, quote: (text: string) => string): string {
  if (!isArray(value)) throw new JqError(`${described(value)} cannot be ${name}-formatted, only array`);
  return value.map((item) => {
    if (item === null) return '';
    if (typeof item === 'string') return quote(item);
    if (kind(item) === 'array' || kind(item) === 'object') throw new JqError(`${described(item)} is not valid in a ${name} row`);
    return text(item);
  }).join(separator);
}
