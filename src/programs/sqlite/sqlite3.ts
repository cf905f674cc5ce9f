// sqlite3: SQLite's terminal, on a file of the simulation.

import { concat, decode, EMPTY, encode, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import type { Program } from '../../kernel/program.ts';
import { Database, SqliteError, type Rows, type SqliteFactory } from './database.ts';

interface Settings {
  mode: 'list' | 'csv' | 'column' | 'line' | 'tabs';
  headers: boolean | undefined;
  separator: string;
  null: string;
}

const quoteCsv = (cell: string): string => (/[\s",']/.test(cell) || cell === '' ? `"${cell.replaceAll('"', '""')}"` : cell);

function format({ names, rows }: Rows, settings: Settings): string {
  const { mode } = settings;
  const text = rows.map((row) => row.map((cell) => cell ?? settings.null));
  if (mode === 'line') {
    const width = Math.max(5, ...names.map((name) => name.length));
    return text.map((row) => row.map((cell, i) => `${names[i]!.padStart(width)} = ${cell}\n`).join('')).join('\n');
  }
  const headers = settings.headers ?? mode === 'column';
  if (mode === 'column') {
    const widths = names.map((name, i) => Math.max(headers ? name.length : 0, ...text.map((row) => row[i]!.length)));
    const line = (cells: readonly string[]): string => `${cells.map((cell, i) => cell.padEnd(widths[i]!)).join('  ')}\n`;
    return (headers ? line(names) + line(widths.map((width) => '-'.repeat(width))) : '') + text.map(line).join('');
  }
  const all = headers ? [names, ...text] : text;
  if (mode === 'csv') return all.map((row) => `${row.map(quoteCsv).join(',')}\r\n`).join('');
  return all.map((row) => `${row.join(mode === 'tabs' ? '\t' : settings.separator)}\n`).join('');
}

/** The place of a syntax error or of an unknown column, as the shell shows it. */
function pointAt(sql: string, message: string): string {
  const word = /^near "([\s\S]*)": syntax error$/.exec(message)?.[1] ?? /^no such column: (?:.*\.)?(.*)$/.exec(message)?.[1];
  const text = sql.trimEnd().replace(/\s/g, ' ');
  const at = word ? text.indexOf(word) : -1;
  if (at < 0) return '';
  return `\n  ${text}\n  ${at < 25 ? `${' '.repeat(at)}^--- error here` : `${' '.repeat(at - 14)}error here ---^`}`;
}

/** Whether some text ends with a whole statement. */
function isComplete(sql: string): boolean {
  const bare = sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g, '');
  return /;\s*$/.test(bare) && !/['"]/.test(bare) && (!/\bcreate\s+(temp\s+|temporary\s+)?trigger\b/i.test(bare) || /\bend\s*;\s*$/i.test(bare));
}

export const sqlite3 = (create: SqliteFactory): Program => function* (sys, argv) {
  const settings: Settings = { mode: 'list', headers: undefined, separator: '|', null: '' };
  const operands: string[] = [];
  const out = (text: string): Task<number> => sys.write(1, encode(text));
  const err = (text: string): Task<number> => sys.write(2, encode(text));
  let database: Database | undefined;
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i]!.replace(/^--?/, '-');
    if (!argv[i]!.startsWith('-')) operands.push(argv[i]!);
    else if (/^-(list|csv|column|line|tabs)$/.test(word)) settings.mode = word.slice(1) as Settings['mode'];
    else if (word === '-header' || word === '-noheader') settings.headers = word === '-header';
    else if (word === '-separator') settings.separator = argv[++i] ?? '';
    else if (word === '-nullvalue') settings.null = argv[++i] ?? '';
    else if (word === '-version') operands.unshift(':memory:', 'select sqlite_version()');
    else if (word !== '-batch' && word !== '-bail' && word !== '-interactive') {
      yield* err(`stowage: sqlite3: not simulated: ${argv[i]}\n`);
      return 69;
    }
  }
  const [path = ':memory:', ...commands] = operands;
  const open = (): Database => (database ??= new Database(create, sys, path));

  /** @param line of the input it ends in; none for the command line. @returns whether it went well */
  const run = function* (sql: string, line?: number): Task<boolean> {
    const printed: string[] = [];
    let problem: string | undefined;
    try {
      open().run(sql, (rows) => printed.push(format(rows, settings)));
    } catch (error) {
      if (!(error instanceof SqliteError)) throw error;
      const { phase, code, message } = error;
      if (message.startsWith('unable to open database')) problem = `Error: ${message}`;
      else if (line === undefined) problem = phase === 'prepare' ? `Error: in prepare, ${message}` : `Error: stepping, ${message} (${code})`;
      else problem = phase === 'prepare' ? `Parse error near line ${line}: ${message}` : `Runtime error near line ${line}: ${message} (${code})`;
      if (phase === 'prepare') problem += pointAt(sql, message);
    }
    if (printed.length) yield* out(printed.join(''));
    if (problem !== undefined) yield* err(`${problem}\n`);
    return problem === undefined;
  };

  const dot = function* (line: string): Task<number | undefined> {
    const [name = '', ...words] = line.trim().slice(1).split(/\s+/);
    const first = words[0]?.replace(/^["'](.*)["']$/, '$1');
    const list = function* (sql: string): Task<string[]> {
      const found: string[] = [];
      open().run(sql, ({ rows }) => found.push(...rows.map(([cell]) => cell ?? '')));
      return found;
    };
    if (name === 'quit' || name === 'exit') return Number(first ?? 0);
    if (name === 'headers' || name === 'header') settings.headers = /^(on|yes|1)$/.test(first ?? '');
    else if (name === 'mode' && /^(list|csv|column|line|tabs)$/.test(first ?? '')) settings.mode = first as Settings['mode'];
    else if (name === 'separator') settings.separator = first ?? '|';
    else if (name === 'nullvalue') settings.null = first ?? '';
    else if (name === 'tables') {
      const tables = yield* list(`select name from sqlite_master where type in ('table','view') and name not like 'sqlite_%' ${first ? `and name like '${first.replaceAll("'", "''")}'` : ''} order by 1`);
      const width = Math.max(0, ...tables.map((table) => table.length));
      const columns = Math.max(1, Math.floor(80 / (width + 2))), height = Math.ceil(tables.length / columns);
      for (let row = 0; row < height; row++) yield* out(`${tables.filter((_, i) => i % height === row).map((table) => table.padEnd(width)).join('  ')}\n`);
    } else if (name === 'schema') yield* out((yield* list(`select sql from sqlite_master where sql not null ${first ? `and tbl_name like '${first.replaceAll("'", "''")}'` : ''}`)).map((sql) => `${sql};\n`).join(''));
    else if (name === 'databases') yield* out(`main: ${path === ':memory:' ? '""' : path.startsWith('/') ? path : `${sys.getcwd()}/${path}`} r/w\n`);
    else if (name === 'help') yield* out('.databases             List names and files of attached databases\n.exit ?CODE?           Exit this program with return-code CODE\n.headers on|off        Turn display of headers on or off\n.mode MODE             Set output mode: column, csv, line, list, tabs\n.nullvalue STRING      Use STRING in place of NULL values\n.quit                  Stop interpreting input stream, exit if primary.\n.schema ?PATTERN?      Show the CREATE statements matching PATTERN\n.separator COL         Change the column separator\n.tables ?TABLE?        List names of tables matching LIKE pattern TABLE\n');
    else yield* err(/^(dump|import|output|once|read|backup|restore|open|save|timer|show|width|echo|bail|changes|stats|indexes|mode|eqp|explain|clone|shell|system|print|cd)$/.test(name) ? `stowage: sqlite3: not simulated: .${name}${name === 'mode' ? ` ${first ?? ''}` : ''}\n` : `Error: unknown command or invalid arguments:  "${name}". Enter ".help" for help\n`);
    return undefined;
  };

  let status = 0;
  if (commands.length) {
    for (const command of commands) {
      if (command.startsWith('.')) yield* dot(command);
      else if (!(yield* run(command))) return 1;
    }
    database?.close();
    return 0;
  }
  const interactive = sys.isatty(0);
  if (interactive) {
    let version = '';
    new Database(create, sys, ':memory:').run("select sqlite_version() || ' ' || substr(sqlite_source_id(), 1, 19)", ({ rows }) => (version = rows[0]![0]!));
    yield* out(`SQLite version ${version}\nEnter ".help" for usage hints.\n${path === ':memory:' ? 'Connected to a transient in-memory database.\nUse ".open FILENAME" to reopen on a persistent database.\n' : ''}`);
  }
  let held: Bytes = EMPTY, sql = '', line = 0, first = 0;
  for (let ended = false; !ended;) {
    if (interactive) yield* out(sql ? '   ...> ' : 'sqlite> ');
    while (!held.includes(10) && !ended) {
      const more = yield* sys.read(0, 65_536);
      if (more.length) held = concat([held, more]);
      else ended = true;
    }
    const end = held.indexOf(10);
    if (ended && !held.length) break;
    const text = decode(end < 0 ? held : held.subarray(0, end));
    held = end < 0 ? EMPTY : held.subarray(end + 1);
    line++;
    if (!sql && text.trimStart().startsWith('.')) {
      const exit = yield* dot(text);
      if (exit !== undefined) return exit;
      continue;
    }
    if (!sql && !text.trim()) continue;
    if (!sql) first = line;
    sql += `${text}\n`;
    if (!isComplete(sql) && !(ended && !held.length)) continue;
    if (!(yield* run(sql, first))) status = 1;
    sql = '';
  }
  if (sql.trim() && !(yield* run(sql, first))) status = 1;
  if (interactive) yield* out('\n');
  database?.close();
  return interactive ? 0 : status;
};
