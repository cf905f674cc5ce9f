// A variable as `declare -p` shows it.

import type { Variable } from '../variables.ts';
import { doubleQuote, quoteKey } from './quote.ts';

/** `[0]="a" [1]="b"` or `[k]="v" ` as within the parentheses of `declare -p`. */
export function elementList(variable: Variable): string {
  if (variable.map) return [...variable.map].map(([key, value]) => `[${quoteKey(key)}]=${doubleQuote(value)} `).join('');
  return Object.entries(variable.array ?? []).map(([index, value]) => `[${index}]=${doubleQuote(value)}`).join(' ');
}

export function quoteElements(variable: Variable | undefined): string {
  if (!variable) return '';
  const entries = variable.map ? [...variable.map] : Object.entries(variable.array ?? []);
  return entries.map(([key, value]) => `${quoteKey(key)} ${doubleQuote(value)}`).join(' ');
}

export function declaration(name: string, variable: Variable, quoteValue: (text: string) => string = doubleQuote): string {
  const head = `declare -${variable.flags} ${name}`;
  if (variable.array || variable.map) return `${head}=(${elementList(variable)})`;
  return variable.value === undefined ? head : `${head}=${quoteValue(variable.value)}`;
}
