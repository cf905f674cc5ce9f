// psql's main loop over lines: of a file, of standard input, of the person at the terminal.

import type { Task } from '../../../base/task.ts';
import { KernelError, strerror } from '../../../kernel/errno.ts';
import { toText } from '../../lib/text.ts';
import { runCommand } from './commands.ts';
import { freshState, lex, promptMark, type LexState } from './lexer.ts';
import type { Psql } from './psql-state.ts';
import { runQuery } from './query.ts';

export interface Reader {
  /** The next line, without its end; undefined at the end of all. `prompt` is shown when a person types. */
  line(prompt: string): Task<string | undefined>;
  /** Ctrl-C was pressed while the line was typed: what was begun is dropped. */
  interrupted?: boolean;
}

/** The exit status of a script that was stopped by an error. */
export const STOPPED = 3;

export const prompt = (psql: Psql, state: LexState): string => {
  const { connection } = psql;
  const transaction = connection ? { T: '*', E: '!' }[psql.transaction] ?? '' : '';
  const mark = promptMark(state);
  return `${connection?.target.database ?? ''}${mark === '=' && !connection ? '!' : mark}${mark === '=' || connection ? transaction : ''}${connection?.parameters.get('is_superuser') === 'off' ? '>' : '#'} `;
};

/** Read and carry out, to the end or to `\q`. @returns false when it was stopped by an error */
export function* mainLoop(psql: Psql, reader: Reader): Task<boolean> {
  const state = freshState();
  const file = psql.files.at(-1);
  let status = true;
  while (psql.quitting === undefined) {
    const line = yield* reader.line(psql.interactive ? prompt(psql, state) : '');
    if (reader.interrupted) {
      Object.assign(state, freshState());
      reader.interrupted = false;
      continue;
    }
    if (line === undefined) break;
    if (file) file.line++;
    if (psql.isOn('ECHO_ALL')) yield* psql.out(`${line}\n`);
    if (psql.interactive && !state.text && /^\s*(help|quit|exit)\s*;?\s*$/i.test(line)) {
      if (yield* plainWord(psql, line.trim().replace(';', '').toLowerCase())) continue;
      break;
    }
    let rest = line;
    for (let at = 0; at <= rest.length && psql.quitting === undefined;) {
      const { step, at: next } = lex(state, rest, at, psql.variables);
      at = next;
      let ok = true;
      if (step.kind === 'more') break;
      if (step.kind === 'statement') ok = yield* statement(psql, reader, step.text);
      else {
        const result = yield* runCommand({ psql, state, reader }, rest.slice(at));
        ok = result.ok;
        rest = result.rest;
        at = 0;
        if (result.send && state.text.trim()) {
          const { text } = state;
          Object.assign(state, freshState());
          const before = psql.print;
          if (result.expanded) psql.print = { ...before, expanded: true };
          ok = yield* statement(psql, reader, text);
          psql.print = before;
        }
      }
      status &&= ok;
      if (!ok && psql.isOn('ON_ERROR_STOP') && !psql.interactive) {
        psql.quitting = STOPPED;
        return false;
      }
      if (!psql.connection && !psql.interactive) {
        psql.quitting = 2;
        return false;
      }
      if (!rest) break;
    }
  }
  // What is left without a semicolon is sent at the end of a script.
  if (state.text.trim() && psql.quitting === undefined && !psql.interactive) {
    const ok = yield* statement(psql, reader, state.text);
    if (!ok && psql.isOn('ON_ERROR_STOP')) psql.quitting = STOPPED;
    return ok;
  }
  return status;
}

function* statement(psql: Psql, reader: Reader, text: string): Task<boolean> {
  if (!text.replace(/;\s*$/, '').trim()) return true;
  if (psql.variables.get('ECHO') === 'queries') yield* psql.out(`${text}\n`);
  if (/^\s*copy\b[\s\S]*\bfrom\s+stdin\b/i.test(text) && psql.interactive) yield* psql.out('Enter data to be copied followed by a newline.\nEnd with a backslash and a period on a line by itself, or an EOF signal.\n');
  const file = psql.files.at(-1);
  return (yield* runQuery(psql, text.trim(), { rows: function* () {
    if (file) file.line++;
    return yield* reader.line(psql.interactive ? '>> ' : '');
  } })).ok;
}

/** `help`, `quit` and `exit` without a backslash. @returns whether it goes on */
function* plainWord(psql: Psql, word: string): Task<boolean> {
  if (word !== 'help') {
    psql.quitting = 0;
    return false;
  }
  yield* psql.out('You are using psql, the command-line interface to PostgreSQL.\nType:  \\copyright for distribution terms\n       \\h for help with SQL commands\n       \\? for help with psql commands\n       \\g or terminate with semicolon to execute query\n       \\q to quit\n');
  return true;
}

/** -f FILE and \i FILE. */
export function* readScript(psql: Psql, path: string): Task<boolean> {
  let lines: string[];
  try {
    lines = toText(psql.sys.readFile(path)).split('\n');
    if (lines.at(-1) === '') lines.pop();
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    yield* psql.err(`${psql.files.length || psql.interactive ? psql.place() : 'psql: error: '}${path}: ${strerror(error.errno)}\n`);
    return false;
  }
  psql.files.push({ name: path, line: 0 });
  const interactive = psql.interactive;
  psql.interactive = false;
  let at = 0;
  const ok = yield* mainLoop(psql, { *line() {
    return lines[at++];
  } });
  psql.interactive = interactive;
  psql.files.pop();
  return ok;
}
