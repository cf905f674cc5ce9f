// Parsing a command line against a set of flags, as pflag does.

import { quote } from '../go.ts';
import { type Flag, type Flags, FlagValueError } from './flag.ts';

/** What the command line cannot mean; shown with the command's usage, exit status 125. */
export class FlagError extends Error {}

export interface ParsedFlags {
  readonly values: Record<string, unknown>;
  /** Flags that were given, by their proper names. */
  readonly changed: ReadonlySet<string>;
  readonly args: string[];
  /** Deprecation warnings, for stderr. */
  readonly warnings: string[];
  readonly help: boolean;
}

const fail = (message: string): never => {
  throw new FlagError(message);
};

/** @throws FlagError; the error carries `warnings` printed before it in the real one only as text already in it */
export function parseFlags(flags: Flags, argv: readonly string[], interspersed = true): ParsedFlags {
  const values: Record<string, unknown> = {};
  const shorthands = new Map<string, string>();
  for (const [name, flag] of Object.entries(flags)) {
    if (!flag.aliasOf) values[name] = flag.initial;
    if (flag.shorthand) shorthands.set(flag.shorthand, name);
  }
  const changed = new Set<string>();
  const args: string[] = [];
  const warnings: string[] = [];
  let help = false;

  const set = (name: string, given: Flag<unknown>, text: string) => {
    const target = given.aliasOf ?? name;
    const flag: Flag<unknown> = flags[target]!;
    try {
      values[target] = flag.parse(text, values[target]);
    } catch (error) {
      if (!(error instanceof FlagValueError)) throw error;
      fail(`invalid argument ${quote(text)} for "${given.shorthand ? `-${given.shorthand}, ` : ''}--${name}" flag: ${error.message}`);
    }
    changed.add(target);
    if (given.deprecated) warnings.push(`Flag --${name} has been deprecated, ${given.deprecated}`);
  };

  const rest = [...argv];
  while (rest.length && !help) {
    const word = rest.shift()!;
    if (word.length < 2 || word[0] !== '-') {
      args.push(word);
      if (!interspersed) break;
      continue;
    }
    if (word === '--') break;
    if (word[1] === '-') {
      const text = word.slice(2);
      if (text[0] === '-' || text[0] === '=') fail(`bad flag syntax: ${word}`);
      const at = text.indexOf('=');
      const name = at < 0 ? text : text.slice(0, at);
      const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
      if (!flag || name === 'help') {
        if (name !== 'help') fail(`unknown flag: --${name}`);
        help = true;
      } else {
        const kind = flag.aliasOf ? flags[flag.aliasOf]! : flag;
        if (at >= 0) set(name, flag, text.slice(at + 1));
        else if (kind.noValue !== undefined) set(name, flag, kind.noValue);
        else if (rest.length) set(name, flag, rest.shift()!);
        else fail(`flag needs an argument: --${name}`);
      }
      continue;
    }
    for (let shorts = word.slice(1); shorts && !help; ) {
      const letter = shorts[0]!;
      const name = shorthands.get(letter);
      if (name === undefined) {
        if (letter !== 'h') fail(`unknown shorthand flag: '${letter}' in -${shorts}`);
        warnings.push('Flag shorthand -h has been deprecated, use --help');
        help = true;
        break;
      }
      const flag = flags[name]!;
      const kind = flag.aliasOf ? flags[flag.aliasOf]! : flag;
      if (shorts.length > 2 && shorts[1] === '=') {
        set(name, flag, shorts.slice(2));
        break;
      }
      if (kind.noValue !== undefined) {
        set(name, flag, kind.noValue);
        shorts = shorts.slice(1);
        continue;
      }
      if (shorts.length > 1) set(name, flag, shorts.slice(1));
      else if (rest.length) set(name, flag, rest.shift()!);
      else fail(`flag needs an argument: '${letter}' in -${shorts}`);
      break;
    }
  }
  args.push(...rest);
  return { values, changed, args, warnings, help };
}
