// Command line options as getopt_long(3) reads them, with its words for what is wrong.

import type { Io } from './messages.ts';

/**
 * The options of a call, in order. A table is words like `a`, `w:`, `T:,tabsize:`, `color::`, `h,human-readable`:
 * names of one option (one letter is short, more is long), each with `:` for an argument, `::` for an optional one. The
 * first name is the key. A leading `+` ends options at the first operand, a leading `-` notes operands among `given` too,
 * as key ``; the word `#` accepts `-5` as key `#` with value `5`.
 */
export class Options {
  readonly given: { readonly key: string; readonly value: string | undefined }[] = [];
  readonly operands: string[] = [];

  /** Whether any of the keys was given. */
  has(...keys: string[]): boolean {
    return this.given.some((option) => keys.includes(option.key));
  }

  count(key: string): number {
    return this.given.filter((option) => option.key === key).length;
  }

  /** The last value of an option. */
  value(key: string): string | undefined {
    return this.given.findLast((option) => option.key === key)?.value;
  }

  values(key: string): string[] {
    return this.given.filter((option) => option.key === key).map((option) => option.value ?? '');
  }

  /** The one of the keys that was given last. */
  last(...keys: string[]): string | undefined {
    return this.given.findLast((option) => keys.includes(option.key))?.key;
  }
}

interface OptionRow {
  readonly key: string;
  readonly name: string;
  readonly argument: '' | ':' | '::';
}

interface OptionTable {
  readonly short: ReadonlyMap<string, OptionRow>;
  readonly long: readonly OptionRow[];
  readonly stopAtOperand: boolean;
  readonly inOrder: boolean;
}

const tables = new Map<string, OptionTable>();

function compile(text: string): OptionTable {
  const known = tables.get(text);
  if (known) return known;
  const short = new Map<string, OptionRow>();
  const long: OptionRow[] = [];
  for (const word of text.replace(/^[-+]/, '').split(/\s+/)) {
    const names = word.split(',').map((name) => /^([^:]+)(:*)$/.exec(name)!);
    for (const found of names) {
      if (!found) continue;
      const row = { key: names[0]![1]!, name: found[1]!, argument: found[2] as OptionRow['argument'] };
      if (row.name.length === 1) short.set(row.name, row);
      else long.push(row);
    }
  }
  const table = { short, long, stopAtOperand: text.startsWith('+'), inOrder: text.startsWith('-') };
  tables.set(text, table);
  return table;
}

/** @param text the table; `null`: everything is an operand. Ends the program at a wrong option. */
export function parseOptions(io: Io, args: readonly string[], text: string | null): Options {
  const options = new Options();
  if (!io.gnu && args.length === 1 && args[0] === '--help') {
    // Before the applet's main runs.
    io.usage(undefined, 0);
  }
  if (text === null) {
    options.operands.push(...args);
    return options;
  }
  const table = compile(text);
  const { given, operands } = options;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--') {
      operands.push(...args.slice(i + 1));
      if (table.inOrder) given.push(...args.slice(i + 1).map((value) => ({ key: '', value })));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      if (table.stopAtOperand) {
        operands.push(...args.slice(i));
        break;
      }
      operands.push(arg);
      if (table.inOrder) given.push({ key: '', value: arg });
    } else if (arg.startsWith('--')) {
      const equals = arg.indexOf('=');
      const typed = equals < 0 ? arg : arg.slice(0, equals);
      const row = findLong(io, table, typed.slice(2), arg);
      let value = equals < 0 ? undefined : arg.slice(equals + 1);
      if (value !== undefined && !row.argument) io.usage(`option '--${row.name}' doesn't allow an argument`);
      if (value === undefined && row.argument === ':') {
        value = args[++i];
        if (value === undefined) io.usage(`option '--${row.name}' requires an argument`);
      }
      if (io.gnu && !row.key.includes('-') && (row.name === 'help' || row.name === 'version') && row.key === row.name) io.notSimulated(`--${row.name}`);
      given.push({ key: row.key, value });
    } else {
      for (let at = 1; at < arg.length; at++) {
        const letter = arg[at]!;
        if (/\d/.test(letter) && !table.short.has(letter) && table.short.has('#')) {
          const digits = /^\d+/.exec(arg.slice(at))![0];
          given.push({ key: '#', value: digits });
          at += digits.length - 1;
          continue;
        }
        const row = letter === '#' ? undefined : table.short.get(letter);
        if (!row) io.usage(`invalid option -- '${letter}'`);
        if (!row.argument) {
          given.push({ key: row.key, value: undefined });
          continue;
        }
        let value: string | undefined = arg.slice(at + 1) || undefined;
        if (value === undefined && row.argument === ':') {
          value = args[++i];
          if (value === undefined) io.usage(`option requires an argument -- '${letter}'`);
        }
        given.push({ key: row.key, value });
        break;
      }
    }
  }
  return options;
}

const HELP: readonly OptionRow[] = ['help', 'version'].map((name) => ({ key: name, name, argument: '' }));

function findLong(io: Io, table: OptionTable, name: string, arg: string): OptionRow {
  const rows = io.gnu ? [...table.long, ...HELP] : table.long;
  const exact = rows.find((row) => row.name === name);
  if (exact) return exact;
  const candidates = rows.filter((row) => row.name.startsWith(name));
  const [first] = candidates;
  if (!first) return io.usage(`unrecognized option '${arg}'`);
  if (candidates.some((row) => row.key !== first.key)) {
    io.usage(`option '${arg}' is ambiguous; possibilities:${candidates.map((row) => ` '--${row.name}'`).join('')}`);
  }
  return first;
}
