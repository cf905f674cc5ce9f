// psql's backslash commands.

import { decode, encode } from '../../../base/bytes.ts';
import type { Task } from '../../../base/task.ts';
import { KernelError, strerror } from '../../../kernel/errno.ts';
import { spawn } from '../../lib/execute.ts';
import { toText } from '../../lib/text.ts';
import { connect, readSecret, targetOf } from '../connect.ts';
import { describeRelations, listDatabases, listExtensions, listFunctions, listRelations, listRoles, listSchemas } from './describe.ts';
import type { LexState } from './lexer.ts';
import type { Psql } from './psql-state.ts';
import { runQuery } from './query.ts';
import { readScript, type Reader } from './script.ts';
import { formatTable, type PrintOptions } from './table.ts';

const HELP = `General
  \\copyright and \\h       not simulated here
  \\g, \\gx                 execute query (\\gx: in expanded output)
  \\q                      quit psql

Informational
  \\d[S+]                  list tables, views, and sequences
  \\d[S+]  NAME            describe table, view, sequence, or index
  \\dt \\dv \\di \\ds \\dm      list tables, views, indexes, sequences, materialized views
  \\df \\dn \\du \\dx          list functions, schemas, roles, extensions
  \\l[+]   [PATTERN]       list databases

Input/Output
  \\copy ...               perform SQL COPY with data stream to the client host
  \\echo \\qecho \\warn      write a string
  \\i FILE                 execute commands from file
  \\o [FILE]               send all query results to file

Formatting
  \\a \\t \\x                 toggle aligned output, rows only, expanded output
  \\pset [NAME [VALUE]]    set border, null, format, fieldsep, footer

Connection
  \\c[onnect] [DBNAME [USER]]   connect to new database
  \\conninfo               display information about current connection

Operating System
  \\timing [on|off]        toggle timing of commands
  \\! [COMMAND]            execute command in shell
  \\cd [DIR]               change the current working directory

Variables
  \\set [NAME [VALUE]]     set internal variable
  \\unset NAME             unset internal variable
`;

/** Words of a command: quoted ones whole, variables put in, up to a `\\`. */
function wordsOf(text: string, variables: ReadonlyMap<string, string>): { words: string[]; rest: string } {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    const space = /^\s*/.exec(text.slice(at))![0].length;
    at += space;
    if (at >= text.length) return { words, rest: '' };
    if (text.startsWith('\\\\', at)) return { words, rest: text.slice(at + 2) };
    if (text[at] === '\\') return { words, rest: text.slice(at) };
    let word = '';
    while (at < text.length && !/\s/.test(text[at]!) && text[at] !== '\\') {
      const rest = text.slice(at);
      const single = /^'((?:[^'\\]|''|\\.)*)'?/.exec(rest), double = /^"([^"]*)"?/.exec(rest), variable = /^:(?:'(\w+)'|"(\w+)"|(\w+))/.exec(rest);
      if (single) {
        word += single[1]!.replaceAll("''", "'").replace(/\\(.)/g, (_, c: string) => ({ n: '\n', t: '\t', r: '\r' })[c] ?? c);
        at += single[0].length;
      } else if (double) {
        word += double[0];
        at += double[0].length;
      } else if (variable && variables.has((variable[1] ?? variable[2] ?? variable[3])!)) {
        word += variables.get((variable[1] ?? variable[2] ?? variable[3])!)!;
        at += variable[0].length;
      } else word += text[at++]!;
    }
    words.push(word);
  }
}

const onOff = (on: boolean): string => (on ? 'on' : 'off');
const isOn = (word: string | undefined, now: boolean): boolean => (word === undefined ? !now : /^(on|true|1|yes)$/i.test(word));

export interface CommandContext {
  readonly psql: Psql;
  readonly state: LexState;
  readonly reader: Reader;
}

/** @param text after the backslash. @returns whether it went well, and what is left of the line */
export function* runCommand({ psql, state, reader }: CommandContext, text: string): Task<{ readonly ok: boolean; readonly rest: string; readonly send?: boolean; readonly expanded?: boolean }> {
  const name = /^(!|\?|[^\s\\]+)/.exec(text)?.[0] ?? '';
  const after = text.slice(name.length);
  if (name === '!') return { ok: yield* shell(psql, after.trim()), rest: '' };
  if (name === 'copy') return { ok: yield* copy(psql, after.trim(), reader), rest: '' };
  const { words, rest } = wordsOf(after, psql.variables);
  const unquoted = words.map((word) => word.replace(/^"(.*)"$/s, '$1'));
  const [first, second] = unquoted;
  const say = (line: string): Task<void> => (psql.quiet ? nothing() : psql.out(line));
  const set = (change: Partial<PrintOptions>): void => {
    psql.print = { ...psql.print, ...change };
  };
  const done = { ok: true, rest };
  const lists = /^d([tvmisE]*)(S?\+?S?)$/.exec(name);
  if (lists) {
    const options = { system: lists[2]!.includes('S'), verbose: lists[2]!.includes('+') };
    return { ok: lists[1] || words[0] === undefined ? yield* listRelations(psql, lists[1]!, words[0], options) : yield* describeRelations(psql, words[0], options.verbose), rest };
  }
  switch (name) {
    case 'q': case 'quit':
      psql.quitting = 0;
      return done;
    case '?':
      yield* psql.out(HELP);
      return done;
    case 'l': case 'l+': case 'list': case 'list+':
      return { ok: yield* listDatabases(psql, words[0], name.endsWith('+')), rest };
    case 'du': case 'dg': case 'du+':
      return { ok: yield* listRoles(psql, words[0]), rest };
    case 'dn': case 'dn+':
      return { ok: yield* listSchemas(psql, words[0]), rest };
    case 'dx':
      return { ok: yield* listExtensions(psql, words[0]), rest };
    case 'df':
      return { ok: yield* listFunctions(psql, words[0]), rest };
    case 'c': case 'connect':
      return { ok: yield* reconnect(psql, first, second), rest };
    case 'conninfo':
      return { ok: yield* connectionInfo(psql), rest };
    case 'x':
      set({ expanded: isOn(first, psql.print.expanded) });
      yield* say(`Expanded display is ${onOff(psql.print.expanded)}.\n`);
      return done;
    case 'a':
      set({ format: psql.print.format === 'aligned' ? 'unaligned' : 'aligned' });
      yield* say(`Output format is ${psql.print.format}.\n`);
      return done;
    case 't':
      set({ tuplesOnly: isOn(first, psql.print.tuplesOnly) });
      yield* say(`Tuples only is ${onOff(psql.print.tuplesOnly)}.\n`);
      return done;
    case 'f':
      if (first !== undefined) set({ fieldSeparator: first });
      yield* say(`Field separator is "${psql.print.fieldSeparator}".\n`);
      return done;
    case 'pset':
      return { ok: yield* pset(psql, first, second, say, set), rest };
    case 'timing':
      psql.timing = isOn(first, psql.timing);
      yield* say(`Timing is ${onOff(psql.timing)}.\n`);
      return done;
    case 'echo': case 'qecho': case 'warn': {
      const line = first === '-n' ? unquoted.slice(1).join(' ') : `${unquoted.join(' ')}\n`;
      yield* name === 'warn' ? psql.err(line) : name === 'echo' ? psql.sys.write(1, encode(line)) : psql.out(line);
      return done;
    }
    case 'set':
      if (first === undefined) yield* psql.out([...psql.variables].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key} = '${value}'\n`).join(''));
      else psql.variables.set(first, unquoted.slice(1).join(''));
      return done;
    case 'unset':
      if (first !== undefined) psql.variables.delete(first);
      return done;
    case 'o': case 'out': {
      const failed = psql.redirect(first);
      if (failed) yield* psql.err(`${psql.place()}${first}: ${strerror(failed as never)}\n`);
      return { ok: !failed, rest };
    }
    case 'i': case 'include': case 'ir':
      return { ok: yield* readScript(psql, first ?? ''), rest };
    case 'cd':
      try {
        psql.sys.chdir(first ?? psql.sys.env['HOME'] ?? '/');
        return done;
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        yield* psql.err(`${psql.place()}\\cd: could not change directory to "${first}": ${strerror(error.errno)}\n`);
        return { ok: false, rest };
      }
    case 'g': case 'gx':
      return { ok: true, rest, send: true, expanded: name === 'gx' };
    case 'p': case 'print':
      yield* psql.out(state.text.trim() ? `${state.text.trimEnd()}\n` : 'Query buffer is empty.\n');
      return done;
    case 'r': case 'reset':
      Object.assign(state, { text: '', open: '', depth: 0, parens: 0, bodies: 0 });
      yield* say('Query buffer reset (cleared).\n');
      return done;
    case 'encoding':
      yield* psql.out('UTF8\n');
      return done;
    // What a dump of pg_dump holds around its commands.
    case 'restrict': case 'unrestrict':
      return done;
    default:
  }
  const known = /^(h|help|watch|gset|gexec|gdesc|crosstabview|e|edit|ef|ev|s|w|z|dp|dd[a-z]*|d[A-Za-z]+\+?|sf|sv|lo_\w+|password|prompt|errverbose|if|elif|else|endif|bind|parse|copyright|setenv|getenv|H|html|C|T)$/;
  yield* psql.err(known.test(name) ? `stowage: psql: not simulated: \\${name}\n` : `${psql.place()}invalid command \\${name}\n${psql.interactive ? 'Try \\? for help.\n' : ''}`);
  return { ok: false, rest: known.test(name) ? rest : '' };
}

// oxlint-disable-next-line require-yield
function* nothing(): Task<void> { /* said nothing */ }

function* pset(psql: Psql, name: string | undefined, value: string | undefined, say: (line: string) => Task<void>, set: (change: Partial<PrintOptions>) => void): Task<boolean> {
  const { print } = psql;
  switch (name) {
    case 'border':
      if (value !== undefined) set({ border: Math.min(2, Number(value) || 0) });
      yield* say(`Border style is ${psql.print.border}.\n`);
      return true;
    case 'null':
      if (value !== undefined) set({ null: value });
      yield* say(`Null display is "${psql.print.null}".\n`);
      return true;
    case 'format':
      if (value && !/^(aligned|unaligned|csv)$/.test(value)) {
        yield* psql.err(`stowage: psql: not simulated: \\pset format ${value}\n`);
        return false;
      }
      if (value) set({ format: value as PrintOptions['format'] });
      yield* say(`Output format is ${psql.print.format}.\n`);
      return true;
    case 'expanded': case 'x':
      set({ expanded: isOn(value, print.expanded) });
      yield* say(`Expanded display is ${onOff(psql.print.expanded)}.\n`);
      return true;
    case 'tuples_only': case 't':
      set({ tuplesOnly: isOn(value, print.tuplesOnly) });
      yield* say(`Tuples only is ${onOff(psql.print.tuplesOnly)}.\n`);
      return true;
    case 'footer':
      set({ footer: isOn(value, print.footer) });
      yield* say(`Default footer is ${onOff(psql.print.footer)}.\n`);
      return true;
    case 'fieldsep':
      if (value !== undefined) set({ fieldSeparator: value });
      yield* say(`Field separator is "${psql.print.fieldSeparator}".\n`);
      return true;
    case 'pager':
      yield* say('Pager usage is off.\n');
      return true;
    default:
      yield* psql.err(`stowage: psql: not simulated: \\pset ${name ?? ''}\n`);
      return false;
  }
}

export function* reconnect(psql: Psql, database: string | undefined, user: string | undefined): Task<boolean> {
  const before = psql.connection?.target;
  const keep = (word: string | undefined): string | undefined => (word === '-' ? undefined : word);
  const target = { ...targetOf(psql.sys, { host: before?.host, port: before?.port, user: keep(user) ?? before?.user, database: keep(database) ?? before?.database }), password: before?.password };
  const connection = yield* connect(psql.sys, target, { application_name: 'psql' }, () => readSecret(psql.sys, `Password for user ${target.user}: `));
  if (typeof connection === 'string') {
    if (psql.interactive) yield* psql.err(`${connection}\nPrevious connection kept\n`);
    else {
      // A script would go on in the wrong database.
      yield* psql.err(`${psql.place()}\\connect: ${connection}\n`);
      if (psql.connection) psql.sys.close(psql.connection.fd);
      psql.connection = undefined;
    }
    return false;
  }
  if (psql.connection) psql.sys.close(psql.connection.fd);
  psql.connection = connection;
  psql.transaction = 'I';
  if (!psql.quiet) yield* psql.out(`You are now connected to database "${target.database}" as user "${target.user}".\n`);
  return true;
}

function* connectionInfo(psql: Psql): Task<boolean> {
  const { connection } = psql;
  if (!connection) {
    yield* psql.out('You are currently not connected to a database.\n');
    return true;
  }
  const { target, parameters, pid } = connection;
  const local = target.host.startsWith('/');
  const rows: [string, string][] = [
    ['Database', target.database], ['Client User', target.user], [local ? 'Socket Directory' : 'Host', target.host], ['Server Port', target.port], ['Options', ''], ['Protocol Version', '3.0'],
    ['Password Used', 'false'], ['GSSAPI Authenticated', 'false'], ['Backend PID', String(pid)], ['SSL Connection', 'false'],
    ['Superuser', parameters.get('is_superuser') ?? 'on'], ['Hot Standby', parameters.get('in_hot_standby') ?? 'off'],
  ];
  yield* psql.out(formatTable({ title: 'Connection Information', headers: ['Parameter', 'Value'], right: [false, false], rows }, psql.print));
  return true;
}

function* shell(psql: Psql, command: string): Task<boolean> {
  const { sys } = psql;
  try {
    const child = yield* spawn(sys, command ? ['/bin/sh', '-c', command] : ['/bin/sh'], sys.env);
    const { code } = yield* sys.wait(child);
    return code === 0;
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    yield* psql.err('\\!: failed\n');
    return false;
  }
}

/** \copy: COPY with a file of the client's. */
function* copy(psql: Psql, text: string, reader: Reader): Task<boolean> {
  const parts = /^([\s\S]+?)\s+(from|to)\s+('(?:[^']|'')*'|\S+)([\s\S]*)$/i.exec(text);
  if (!parts) {
    yield* psql.err(`${psql.place()}\\copy: ${text ? `parse error at "${text.split(/\s+/).pop()}"` : 'arguments required'}\n`);
    return false;
  }
  const [, table, direction, file, options] = parts;
  const path = file!.replace(/^'(.*)'$/s, '$1').replaceAll("''", "'");
  const { sys } = psql;
  if (direction!.toLowerCase() === 'to') {
    const sql = `COPY ${table} TO STDOUT ${options!.trim()}`;
    if (/^(stdout|pstdout)$/i.test(path)) return (yield* runQuery(psql, sql)).ok;
    let fd: number;
    try {
      fd = sys.open(path, 0o1101, 0o666);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      yield* psql.err(`${psql.place()}${path}: ${strerror(error.errno)}\n`);
      return false;
    }
    const gathered: Uint8Array[] = [];
    const { ok } = yield* runQuery(psql, sql, { copyOut: (bytes) => gathered.push(bytes) });
    for (const bytes of gathered) yield* sys.write(fd, bytes);
    sys.close(fd);
    if (ok && !psql.quiet) yield* psql.out(`COPY ${gathered.length}\n`);
    return ok;
  }
  let lines: string[] | undefined;
  if (!/^(stdin|pstdin)$/i.test(path)) {
    try {
      const content = toText(sys.readFile(path));
      lines = decode(encode(content)).split('\n');
      if (lines.at(-1) === '') lines.pop();
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      yield* psql.err(`${psql.place()}${path}: ${strerror(error.errno)}\n`);
      return false;
    }
  }
  const rows = lines && (function* (): Task<string | undefined> {
    return lines.shift();
  });
  return (yield* runQuery(psql, `COPY ${table} FROM STDIN ${options!.trim()}`, { rows: rows ?? (() => reader.line('')) })).ok;
}
