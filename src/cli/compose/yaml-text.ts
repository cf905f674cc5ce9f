// Values written as YAML the way go-yaml writes them: sorted keys, literal blocks, its rules of quoting.

import { type Dict, isDict, resolveScalar, type Value } from './yaml-document.ts';

const YAML_11 = /^(y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF)$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

const isLetter = (char: string): boolean => /\p{L}/u.test(char);
const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';

/** The order of keys: numbers in them by their value, letters after other signs. */
export function compareKeys(a: string, b: string): number {
  let digits = false;
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (a[i] === b[i]) {
      digits = isDigit(a[i]);
      continue;
    }
    const [letterA, letterB] = [isLetter(a[i]!), isLetter(b[i]!)];
    if (letterA && letterB) return a[i]! < b[i]! ? -1 : 1;
    if (letterA || letterB) return (digits ? letterA : letterB) ? -1 : 1;
    const number = (text: string) => {
      let end = i;
      while (isDigit(text[end])) end++;
      return { value: Number(text.slice(i, end) || 0), end };
    };
    let lead = '';
    if (a[i] === '0' || b[i] === '0') for (let j = i - 1; j >= 0 && isDigit(a[j]); j--) if (a[j] !== '0') lead = '1';
    const [numberA, numberB] = [number(a), number(b)];
    const [valueA, valueB] = lead ? [Number(lead + a.slice(i, numberA.end)), Number(lead + b.slice(i, numberB.end))] : [numberA.value, numberB.value];
    if (valueA !== valueB) return valueA - valueB;
    if (numberA.end !== numberB.end) return numberA.end - numberB.end;
    return a[i]! < b[i]! ? -1 : 1;
  }
  return a.length - b.length;
}

const ESCAPES: Record<string, string> = { '\0': '0', '\u0007': 'a', '\b': 'b', '\t': 't', '\n': 'n', '\v': 'v', '\f': 'f', '\r': 'r', '\u001B': 'e', '"': '"', '\\': '\\', '\u0085': 'N', '\u00A0': '_', '\u2028': 'L', '\u2029': 'P' };
// oxlint-disable-next-line no-control-regex -- what cannot be printed as it is
const SPECIAL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/;

const doubleQuoted = (text: string): string => `"${[...text].map((char) => (ESCAPES[char] ? `\\${ESCAPES[char]}` : SPECIAL.test(char) ? `\\x${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}` : char)).join('')}"`;

/** Whether a one-line text may stand without quotes. */
const plainAllowed = (text: string): boolean => !/^(---|\.\.\.)/.test(text) && !/^[\s#,[\]{}&*!|>'"%@`]/.test(text) && !/^[?:-](\s|$)/.test(text) && !/\s$/.test(text) && !/:(\s|$)/.test(text) && !/\s#/.test(text);

function scalar(value: Value, indent: string): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : value > 0 ? '.inf' : '-.inf';
  if (typeof value !== 'string') return String(value);
  if (value.includes('\n')) {
    if (/ \n/.test(value) || value.endsWith(' ') || SPECIAL.test(value)) return doubleQuoted(value);
    const hint = /^[ \n]/.test(value) ? '2' : '';
    const chomp = !value.endsWith('\n') ? '-' : value === '\n' || value.endsWith('\n\n') ? '+' : '';
    const body = value.replace(/\n$/, '').split('\n').map((line) => (line ? `${indent}  ${line}` : '')).join('\n');
    return `|${hint}${chomp}\n${body}`;
  }
  if (value !== '<<' && (typeof resolveScalar(value) !== 'string' || YAML_11.test(value) || BASE_60.test(value))) return doubleQuoted(value);
  if (SPECIAL.test(value) || value.includes('\t')) return doubleQuoted(value);
  return plainAllowed(value) ? value : `'${value.replaceAll("'", "''")}'`;
}

/** @param ordered objects keep their order (others are sorted by compareKeys) */
function write(value: Value, indent: string, ordered: (value: Dict, path: readonly string[]) => boolean, path: readonly string[]): string {
  if (Array.isArray(value)) {
    if (!value.length) return ' []\n';
    return `\n${value.map((item) => {
      const text = write(item, `${indent}  `, ordered, [...path, '[]']);
      // The first line of a nested mapping or list stands behind the dash.
      return text.startsWith('\n') ? `${indent}- ${text.slice(1 + indent.length + 2)}` : `${indent}-${text}`;
    }).join('')}`;
  }
  if (!isDict(value)) return ` ${scalar(value, indent.slice(2))}\n`;
  const keys = Object.keys(value);
  if (!keys.length) return ' {}\n';
  if (!ordered(value, path)) keys.sort(compareKeys);
  return `\n${keys.map((key) => {
    const each = value[key];
    const inner = `${indent}  `;
    return `${indent}${scalar(key, indent)}:${write(each, inner, ordered, [...path, key])}`;
  }).join('')}`;
}

/** @param ordered which objects keep their order */
export function yamlText(value: Dict, ordered: (value: Dict, path: readonly string[]) => boolean): string {
  return write(value, '', ordered, []).slice(1);
}
