// The one door to the parser: text in, the shell's own tree out; what was parsed once is known.

import type { DialectName } from './dialect.ts';
import type { SyntaxFailure } from './syntax-failure.ts';
import type { Assignment, List, Word } from './syntax.ts';

export interface Parsed {
  readonly list: List;
  /** Set when the text is wrong: `list` then holds the complete lines before the mistake. */
  readonly failure: SyntaxFailure | undefined;
  /** A here-document ran into the end of the text: the line it began on and its delimiter. */
  readonly openHereDocument: { readonly line: number; readonly delimiter: string } | undefined;
}

export interface Parser {
  parse(text: string, dialect: DialectName, line: number, extended: boolean): Parsed;
  hereText(text: string, dialect: DialectName, line: number): Word;
  word(text: string, dialect: DialectName): Word;
  assignment(text: string, dialect: DialectName): Assignment | undefined;
  expandAliases(text: string, aliases: ReadonlyMap<string, string>): string;
}

let parser: Parser | undefined;

/** `parse/parser.ts` does it when it is loaded. */
export function installParser(installed: Parser): void {
  parser = installed;
}

function theParser(): Parser {
  if (!parser) throw new Error('the parser of the shells is not loaded');
  return parser;
}

const cache = new Map<string, Parsed>();
const CACHE_SIZE = 1000;

const keyOf = (text: string, dialect: DialectName, line: number, extended: boolean): string => `${dialect} ${line} ${extended} ${text}`;

/** Parse a whole text. `line` is the number of its first line; `extended` patterns (`@(a|b)`) are an option of bash. */
export function parse(text: string, dialect: DialectName, line = 1, extended = false): Parsed {
  extended ||= /\bshopt -s\b.*extglob|-O extglob/.test(text);
  const key = keyOf(text, dialect, line, extended);
  const known = cache.get(key);
  if (known) return known;
  const parsed = theParser().parse(text, dialect, line, extended);
  if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value!);
  cache.set(key, parsed);
  return parsed;
}

/** The tree of a text of bash that was parsed beforehand, so that it runs without the parser. */
export function knowTree(text: string, list: List): void {
  cache.set(keyOf(text, 'bash', 1, false), { list, failure: undefined, openHereDocument: undefined });
}

/** The parts of a text that is expanded like the inside of double quotes, without quotes meaning anything. */
export const parseHereText = (text: string, dialect: DialectName, line = 1): Word => theParser().hereText(text, dialect, line);

/** One word from its text: for brace expansion, array elements and completion. */
export const parseWord = (text: string, dialect: DialectName): Word => theParser().word(text, dialect);

/** `name=value` or `name[index]=value` or `name=(…)` from text; undefined when it is no assignment. */
export const parseAssignment = (text: string, dialect: DialectName): Assignment | undefined => theParser().assignment(text, dialect);

/** A command line with its aliases replaced, as the shell's reader does. */
export const expandAliases = (text: string, aliases: ReadonlyMap<string, string>): string => theParser().expandAliases(text, aliases);
