// A database of SQLite's, open on a file of the simulation: its calls in C, as few as the shell needs.

import type { Syscalls } from '../../kernel/syscalls.ts';
import type { EmscriptenFs, Platform } from '../postgres/emscripten.ts';
import { ModuleClock } from '../postgres/instance.ts';
import { mountTree } from '../postgres/mounted-files.ts';

export interface SqliteModule {
  readonly FS: EmscriptenFs;
  cwrap(name: string, result: 'number' | null, args: readonly ('number' | 'string')[]): (...args: (number | string)[]) => number;
  stackSave(): number;
  stackRestore(pointer: number): void;
  stackAlloc(size: number): number;
  UTF8ToString(pointer: number): string;
  stringToNewUTF8(text: string): number;
  free(pointer: number): void;
  word(pointer: number): number;
}

export type SqliteFactory = (options: { readonly platform: Platform; readonly print: () => void; readonly printErr: () => void; readonly stdin: () => null }) => SqliteModule;

const ROW = 100, DONE = 101, NULL = 5;

export interface Rows {
  readonly names: readonly string[];
  readonly rows: (string | null)[][];
}

export class SqliteError extends Error {
  /** While it was prepared, or while it ran; and SQLite's number. */
  readonly phase: 'prepare' | 'step';
  readonly code: number;

  constructor(phase: 'prepare' | 'step', code: number, message: string) {
    super(message);
    this.phase = phase;
    this.code = code;
  }
}

export class Database {
  readonly #module: SqliteModule;
  readonly #db: number;
  readonly #calls = new Map<string, (...args: (number | string)[]) => number>();

  constructor(create: SqliteFactory, sys: Syscalls, path: string) {
    this.#module = create({ platform: new ModuleClock(sys), print() { /* it prints nothing */ }, printErr() { /* nor does it complain */ }, stdin: () => null });
    const { FS } = this.#module;
    mountTree(FS, sys);
    if (path !== ':memory:') FS.chdir(sys.getcwd() === '/' ? '/' : sys.getcwd());
    const pointer = this.#module.stackAlloc(4);
    const status = this.#module.cwrap('sqlite3_open', 'number', ['string', 'number'])(path, pointer);
    this.#db = this.#module.word(pointer);
    if (status) throw new SqliteError('prepare', status, `unable to open database "${path}": ${this.#message()}`);
  }

  #call(name: string, ...args: number[]): number {
    let call = this.#calls.get(name);
    if (!call) this.#calls.set(name, (call = this.#module.cwrap(`sqlite3_${name}`, 'number', args.map(() => 'number' as const))));
    return call(...args);
  }

  #message(): string {
    return this.#module.UTF8ToString(this.#call('errmsg', this.#db));
  }

  /** Run one statement after the other. @param each the rows of each that has columns @throws SqliteError */
  run(sql: string, each: (rows: Rows) => void): void {
    const module = this.#module;
    const text = module.stringToNewUTF8(sql), sp = module.stackSave();
    const statement = module.stackAlloc(4), tail = module.stackAlloc(4);
    try {
      for (let at = text; ;) {
        const status = this.#call('prepare_v2', this.#db, at, -1, statement, tail);
        if (status) throw new SqliteError('prepare', status, this.#message());
        const handle = module.word(statement);
        at = module.word(tail);
        if (!handle) {
          if (!module.UTF8ToString(at).trim()) break;
          continue;
        }
        try {
          const columns = this.#call('column_count', handle);
          const names = Array.from({ length: columns }, (_, i) => module.UTF8ToString(this.#call('column_name', handle, i)));
          const rows: (string | null)[][] = [];
          let result: number;
          while ((result = this.#call('step', handle)) === ROW) {
            rows.push(names.map((_, i) => (this.#call('column_type', handle, i) === NULL ? null : module.UTF8ToString(this.#call('column_text', handle, i)))));
          }
          if (rows.length) each({ names, rows });
          if (result !== DONE) throw new SqliteError('step', result, this.#message());
        } finally {
          this.#call('finalize', handle);
        }
      }
    } finally {
      module.stackRestore(sp);
      module.free(text);
    }
  }

  close(): void {
    this.#call('close_v2', this.#db);
  }
}
