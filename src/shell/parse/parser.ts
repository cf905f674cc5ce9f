// The unbash parser (with what lies beside it) as the shells': text in, the shell's own tree out. Loaded behind the first prompt.

import * as unbash from 'unbash';
import type { DialectName } from '../dialect.ts';
import { installParser, parse, type Parsed, type Parser } from '../parse.ts';
import { SyntaxFailure } from '../syntax-failure.ts';
import type { List } from '../syntax.ts';
import { protectApostrophes } from './apostrophes.ts';
import { Converter } from './commands.ts';

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

function expandAliases(text: string, aliases: ReadonlyMap<string, string>): string {
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

export const unbashParser: Parser = {
  parse: parseAnew,
  hereText: (text, dialect, line) => new Converter({ text, line }, dialect).hereText(text),
  word: (text, dialect) => new Converter({ text, line: 1 }, dialect).word(text),
  assignment: (text, dialect) => new Converter({ text, line: 1 }, dialect).assignmentText(text),
  expandAliases,
};

installParser(unbashParser);
