// Rows by a `--format`: a table, JSON, or a template of one's own.

import type { Task } from '../../base/task.ts';
import type { Cli } from '../cli.ts';
import { CliError } from '../errors.ts';
import { compile, execute } from '../template/execute.ts';
import { HEADER_FUNCTIONS } from '../template/functions.ts';
import { type Template, TemplateError } from '../template/parse.ts';
import type { Struct } from '../template/value.ts';
import { tabwriter } from './tabwriter.ts';

export type Headers = Readonly<Record<string, string>>;

/** @throws CliError `template parsing error: …` */
export function compileFormat(format: string, code = 1): Template {
  return refusing('template parsing error', () => compile(format), code);
}

/** Run something whose TemplateError becomes the command's. */
export function refusing<T>(prefix: string, act: () => T, code = 1): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(prefix ? `${prefix}: ${error.message}` : error.message, code);
    throw error;
  }
}

/** The text of rows in a format, as formatter.Context.Write. @throws CliError */
export function render(format: string, headers: Headers, rows: readonly Struct[]): string {
  const table = format.startsWith('table');
  const source = (table ? format.slice(5) : format === 'json' ? '{{json .}}' : format).replace(/^ +| +$/g, '').replaceAll('\\t', '\t').replaceAll('\\n', '\n');
  const template = compileFormat(source);
  const body = rows.map((row) => refusing('template parsing error', () => execute(template, row)) + '\n').join('');
  if (!table) return body;
  let head: string;
  try {
    head = execute(template, { ...headers, Label: (name: string) => name.split('.').at(-1)!.replace(/[-_]/g, ' ') }, { functions: HEADER_FUNCTIONS });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    head = (error as TemplateError & { partial: string }).partial;
  }
  return tabwriter(`${head}\n${body}`);
}

export function* printRows(cli: Cli, format: string, headers: Headers, rows: readonly Struct[]): Task<void> {
  yield* cli.out(render(format, headers, rows));
}

/** The text up to `length` places, the last an ellipsis, as formatter.Ellipsis. */
export function ellipsis(text: string, length: number): string {
  const chars = [...text];
  return chars.length <= length ? text : chars.slice(0, length - 1).join('') + '…';
}

/** `sha256:` and all after 12 digits cut off. */
export const shortId = (id: string): string => id.replace(/^[a-z0-9]+:/, '').slice(0, 12);

/** `a=1,b=2`, sorted. */
export const labelsText = (labels: Record<string, string> | null | undefined): string =>
  Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`).toSorted().join(',');

/** Less, with runs of digits compared as numbers (fvbommel/sortorder). */
export function naturalCompare(a: string, b: string): number {
  let i = 0;
  const { length } = a;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  // The run of digits that the difference is in begins before it.
  while (i > 0 && isDigit(a.charCodeAt(i - 1))) i--;
  if (isDigit(a.charCodeAt(i)) && isDigit(b.charCodeAt(i))) {
    const [left, right] = [digits(a, i), digits(b, i)];
    if (Number(left) !== Number(right)) return Number(left) - Number(right);
    if (left !== right) return left < right ? -1 : 1;
  }
  const [left, right] = [a.slice(i), b.slice(i)];
  return left < right ? -1 : left > right ? 1 : 0;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

function digits(text: string, from: number): string {
  let to = from;
  while (isDigit(text.charCodeAt(to))) to++;
  return text.slice(from, to);
}
