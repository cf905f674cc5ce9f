// psql: PostgreSQL's terminal.

import { concat, decode, EMPTY, type Bytes } from '../../../base/bytes.ts';
import type { Task } from '../../../base/task.ts';
import type { Program } from '../../../kernel/program.ts';
import type { Syscalls } from '../../../kernel/syscalls.ts';
import { connect, readSecret, targetOf } from '../connect.ts';
import { VERSION } from '../lock-file.ts';
import { runCommand } from './commands.ts';
import { LineEditor } from './line-editor.ts';
import { freshState } from './lexer.ts';
import { Psql } from './psql-state.ts';
import { runQuery } from './query.ts';
import { mainLoop, readScript, STOPPED, type Reader } from './script.ts';
import { listDatabases } from './describe.ts';

/** Option letters by long name; those with a value end in `:`. */
const LONG: Readonly<Record<string, string>> = {
  command: 'c:', dbname: 'd:', file: 'f:', list: 'l', set: 'v:', variable: 'v:', version: 'V', 'no-psqlrc': 'X', 'single-transaction': '1', help: '?', 'echo-all': 'a', 'echo-errors': 'b', 'echo-queries': 'e',
  'no-readline': 'n', output: 'o:', quiet: 'q', 'single-line': 'S', 'no-align': 'A', csv: 'C', 'field-separator': 'F:', pset: 'P:', 'record-separator': 'R:', 'tuples-only': 't', expanded: 'x', host: 'h:', port: 'p:',
  username: 'U:', 'no-password': 'w', password: 'W', 'field-separator-zero': 'z', 'record-separator-zero': '0', 'echo-hidden': 'E', 'single-step': 's', html: 'H', 'log-file': 'L:',
};
const SHORT = new Map(Object.values(LONG).map((option) => [option[0]!, option.endsWith(':')]));

interface Asked {
  readonly options: [letter: string, value: string][];
  readonly operands: string[];
  readonly wrong?: string;
}

function parseWords(words: readonly string[]): Asked {
  const options: [string, string][] = [];
  const operands: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const long = /^--([\w-]+)(?:=([\s\S]*))?$/.exec(word);
    if (long) {
      const option = LONG[long[1]!];
      if (!option) return { options, operands, wrong: `unrecognized option '${word.split('=')[0]}'` };
      options.push([option[0]!, option.endsWith(':') ? long[2] ?? words[++i] ?? '' : '']);
    } else if (word.startsWith('-') && word.length > 1) {
      for (let at = 1; at < word.length; at++) {
        const valued = SHORT.get(word[at]!);
        if (valued === undefined) return { options, operands, wrong: `invalid option -- '${word[at]}'` };
        options.push([word[at]!, valued ? word.slice(at + 1) || (words[++i] ?? '') : '']);
        if (valued) break;
      }
    } else operands.push(word);
  }
  return { options, operands };
}

export const psql: Program = function* (sys, argv) {
  sys.sigaction('SIGPIPE', 'ignore');
  const { options, operands, wrong } = parseWords(argv.slice(1));
  const state = new Psql(sys);
  if (wrong) {
    yield* state.err(`psql: ${wrong}\npsql: hint: Try "psql --help" for more information.\n`);
    return 1;
  }
  const last = (letter: string): string | undefined => options.findLast(([name]) => name === letter)?.[1];
  const has = (letter: string): boolean => last(letter) !== undefined;
  if (has('V')) {
    yield* state.out(`psql (PostgreSQL) ${VERSION}\n`);
    return 0;
  }
  const not = options.find(([letter]) => 'SHLEs?'.includes(letter));
  if (not) {
    yield* state.err(`stowage: psql: not simulated: -${not[0]}\n`);
    return 69;
  }
  for (const [letter, value] of options) {
    const print = (change: Partial<Psql['print']>): void => {
      state.print = { ...state.print, ...change };
    };
    if (letter === 'A') print({ format: 'unaligned' });
    else if (letter === 'C') print({ format: 'csv' });
    else if (letter === 't') print({ tuplesOnly: true });
    else if (letter === 'x') print({ expanded: true });
    else if (letter === 'F') print({ fieldSeparator: value });
    else if (letter === 'R') print({ recordSeparator: value });
    else if (letter === 'z') print({ fieldSeparator: '\0' });
    else if (letter === '0') print({ recordSeparator: '\0' });
    else if (letter === 'q') state.quiet = true;
    else if (letter === 'a') state.variables.set('ECHO_ALL', 'on');
    else if (letter === 'e') state.variables.set('ECHO', 'queries');
    else if (letter === 'v') {
      const at = value.indexOf('=');
      if (at < 0) state.variables.delete(value);
      else state.variables.set(value.slice(0, at), value.slice(at + 1));
    } else if (letter === 'P') {
      const [name, ...rest] = value.split('=');
      const quiet = state.quiet;
      state.quiet = true;
      yield* runCommand({ psql: state, state: freshState(), reader: { *line() {
        return undefined;
      } } }, `pset ${name} ${rest.length ? `'${rest.join('=').replaceAll("'", "''")}'` : ''}`);
      state.quiet = quiet;
    }
  }
  const list = has('l');
  const target = targetOf(sys, { host: last('h'), port: last('p'), user: last('U') ?? operands[1], database: last('d') ?? operands[0] ?? (list ? 'postgres' : undefined) });
  const connection = yield* connect(sys, target, { application_name: 'psql' }, has('w') ? none : () => readSecret(sys, `Password for user ${target.user}: `));
  if (typeof connection === 'string') {
    yield* state.err(`psql: error: ${connection}\n`);
    return 2;
  }
  state.connection = connection;
  state.variables.set('DBNAME', target.database).set('USER', target.user).set('HOST', target.host).set('PORT', target.port);
  if (has('o') && state.redirect(last('o'))) yield* state.err(`psql: error: could not open output file\n`);
  if (list) return (yield* listDatabases(state, undefined, false)) ? 0 : 1;
  const actions = options.filter(([letter]) => letter === 'c' || letter === 'f');
  if (actions.length) return yield* act(state, actions, has('1'));
  state.interactive = sys.isatty(0) && sys.isatty(1);
  if (state.interactive && !state.quiet) yield* state.out(`psql (${VERSION})\nType "help" for help.\n\n`);
  const ok = yield* mainLoop(state, state.interactive ? new LineEditor(sys) : new InputReader(sys));
  return state.quitting ?? (state.connection ? (ok || !state.isOn('ON_ERROR_STOP') ? 0 : STOPPED) : 2);
};

// oxlint-disable-next-line require-yield
function* none(): Task<undefined> {
  return undefined;
}

/** -c and -f, in their order. */
function* act(state: Psql, actions: readonly (readonly [string, string])[], single: boolean): Task<number> {
  let status = 0;
  const stopping = (): boolean => state.isOn('ON_ERROR_STOP');
  if (single) yield* runQuery(state, 'BEGIN', { print: false });
  for (const [letter, value] of actions) {
    let ok: boolean;
    const reader = new InputReader(state.sys);
    if (letter === 'f') ok = value === '-' ? yield* mainLoop(state, reader) : yield* readScript(state, value);
    else if (value.startsWith('\\')) ({ ok } = yield* runCommand({ psql: state, state: freshState(), reader }, value.slice(1)));
    else ({ ok } = yield* runQuery(state, value, { rows: () => reader.line() }));
    status = ok ? 0 : letter === 'f' ? (stopping() ? STOPPED : state.files.length === 0 && state.lastError ? 0 : 1) : 1;
    if (state.quitting !== undefined && state.quitting !== 0) return state.quitting;
    if (!ok && stopping()) break;
    state.quitting = undefined;
  }
  if (single) yield* runQuery(state, status && stopping() ? 'ROLLBACK' : 'COMMIT', { print: false });
  return status;
}

/** Lines of standard input. */
class InputReader implements Reader {
  readonly #sys: Syscalls;
  #held: Bytes = EMPTY;
  #ended = false;

  constructor(sys: Syscalls) {
    this.#sys = sys;
  }

  *line(): Task<string | undefined> {
    for (;;) {
      const end = this.#held.indexOf(10);
      if (end >= 0 || this.#ended) {
        if (end < 0 && !this.#held.length) return undefined;
        const line = decode(end < 0 ? this.#held : this.#held.subarray(0, end));
        this.#held = end < 0 ? EMPTY : this.#held.subarray(end + 1);
        return line;
      }
      const more = yield* this.#sys.read(0, 65_536);
      if (!more.length) this.#ended = true;
      else this.#held = this.#held.length ? concat([this.#held, more]) : more;
    }
  }
}

