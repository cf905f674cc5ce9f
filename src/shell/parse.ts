// The one adapter to the unbash parser (with what lies in parse/): text in, the shell's own tree out.

import * as unbash from 'unbash';
import type { DialectName } from './dialect.ts';
import { protectApostrophes } from './parse/apostrophes.ts';
import { Converter } from './parse/commands.ts';
import { SyntaxFailure } from './syntax-error.ts';
import type { Assignment, List, Word } from './syntax.ts';

export interface Parsed {
  readonly list: List;
  /** Set when the text is wrong: `list` then holds the complete lines before the mistake. */
  readonly failure: SyntaxFailure | undefined;
  /** A here-document ran into the end of the text: the line it began on and its delimiter. */
  readonly openHereDocument: { readonly line: number; readonly delimiter: string } | undefined;
}

const cache = new Map<string, Parsed>();
const CACHE_SIZE = 1000;

/** Parse a whole text. `line` is the number of its first line; `extended` patterns (`@(a|b)`) are an option of bash. */
export function parse(text: string, dialect: DialectName, line = 1, extended = false): Parsed {
  extended ||= /\bshopt -s\b.*extglob|-O extglob/.test(text);
  const key = `${dialect} ${line} ${extended} ${text}`;
  const known = cache.get(key);
  if (known) return known;
  const parsed = parseAnew(text, dialect, line, extended);
  if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value!);
  cache.set(key, parsed);
  return parsed;
}

function parseAnew(text: string, dialect: DialectName, line: number, extended: boolean): Parsed {
  text = protectApostrophes(text);
  const converter = new Converter({ text, line }, dialect, extended);
  try {
    const list = converter.script(unbash.parse(text));
    return { list, failure: undefined, openHereDocument: converter.openHereDocument };
  } catch (failure) {
    if (!(failure instanceof SyntaxFailure)) throw failure;
    return { list: completeLines(text, dialect, line, failure.position, extended), failure, openHereDocument: undefined };
  }
}

/** Both shells run line after line: what stands whole before the line of a mistake does run. */
function completeLines(text: string, dialect: DialectName, line: number, position: number, extended: boolean): List {
  const { commands } = unbash.parse(text);
  let broken = commands.findLastIndex((command) => command.pos <= position);
  const last = commands[broken];
  if (last && last.end <= position && text.slice(last.end, position).includes('\n')) broken++;
  for (; broken > 0; broken--) {
    const before = commands[broken - 1]!;
    const newline = text.indexOf('\n', before.end);
    if (newline < 0 || newline >= (commands[broken]?.pos ?? position)) continue;
    // A here-document may lie between them.
    const whole = parse(text.slice(0, commands[broken]?.pos ?? newline), dialect, line, extended);
    if (!whole.failure) return whole.list;
  }
  return { items: [] };
}

/** The parts of a text that is expanded like the inside of double quotes, without quotes meaning anything. */
export function parseHereText(text: string, dialect: DialectName, line = 1): Word {
  return new Converter({ text, line }, dialect).hereText(text);
}

/** One word from its text: for brace expansion, array elements and completion. */
export function parseWord(text: string, dialect: DialectName): Word {
  return new Converter({ text, line: 1 }, dialect).word(text);
}

/** `name=value` or `name[index]=value` or `name=(…)` from text; undefined when it is no assignment. */
export function parseAssignment(text: string, dialect: DialectName): Assignment | undefined {
  return new Converter({ text, line: 1 }, dialect).assignmentText(text);
}

/** A command line with its aliases replaced, as the shell's reader does. */
export function expandAliases(text: string, aliases: ReadonlyMap<string, string>): string {
  const edits: { pos: number; end: number; value: string }[] = [];
  const replace = (word: unbash.Word | undefined): boolean => {
    if (!word || word.parts || !aliases.has(word.text)) return false;
    const value = aliasValue(word.text, aliases, new Set());
    edits.push({ pos: word.pos, end: word.end, value });
    return /[ \t]$/.test(value);
  };
  const visit = (node: unbash.SyntaxNode): void => {
    if (node.type === 'Command') {
      let next = replace(node.name);
      for (const item of node.suffix) {
        if (!next || item.type !== 'Word') break;
        next = replace(item);
      }
    }
    unbash.forEachChild(node, visit);
  };
  visit(unbash.parse(text));
  edits.sort((a, b) => b.pos - a.pos);
  return edits.reduce((result, { pos, end, value }) => result.slice(0, pos) + value + result.slice(end), text);
}

function aliasValue(name: string, aliases: ReadonlyMap<string, string>, seen: Set<string>): string {
  const value = aliases.get(name)!;
  seen.add(name);
  const first = /^\s*([^\s;&|()<>]+)/.exec(value)?.[1];
  return first !== undefined && aliases.has(first) && !seen.has(first) ? value.replace(first, () => aliasValue(first, aliases, seen)) : value;
}
