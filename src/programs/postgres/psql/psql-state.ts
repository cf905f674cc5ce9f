// What a running psql knows: its connection, its settings, where its output goes.

import { encode, type Bytes } from '../../../base/bytes.ts';
import type { Task } from '../../../base/task.ts';
import { KernelError } from '../../../kernel/errno.ts';
import type { Syscalls } from '../../../kernel/syscalls.ts';
import type { Connection } from '../connect.ts';
import type { Report } from '../wire.ts';
import type { PrintOptions } from './table.ts';

export class Psql {
  readonly sys: Syscalls;
  connection: Connection | undefined;
  print: PrintOptions = { format: 'aligned', expanded: false, tuplesOnly: false, footer: true, border: 1, null: '', fieldSeparator: '|', recordSeparator: '\n' };
  readonly variables = new Map<string, string>([['AUTOCOMMIT', 'on'], ['VERSION_NAME', '18.6'], ['FETCH_COUNT', '0'], ['HISTSIZE', '500'], ['PROMPT1', '%/%R%x%# ']]);
  quiet = false;
  timing = false;
  interactive = false;
  /** `I`dle, in a `T`ransaction, or in a failed one (`E`). */
  transaction = 'I';
  lastError: Report | undefined;
  /** Of `-f` and `\i`: the name and the line being read. */
  readonly files: { readonly name: string; line: number }[] = [];
  /** Where `\o` sends results. */
  outputFd = 1;
  quitting: number | undefined;

  constructor(sys: Syscalls) {
    this.sys = sys;
  }

  *outBytes(bytes: Bytes): Task<void> {
    if (bytes.length) yield* this.sys.write(this.outputFd, bytes);
  }

  out(text: string): Task<void> {
    return this.outBytes(encode(text));
  }

  *err(text: string): Task<void> {
    yield* this.sys.write(2, encode(text));
  }

  /** What stands before messages about a script: `psql:init.sql:3: `. */
  place(): string {
    const file = this.files.at(-1);
    return file ? `psql:${file.name}:${file.line}: ` : '';
  }

  /** A boolean variable, as psql reads one. */
  isOn(name: string): boolean {
    return /^(1|on|t|true|y|yes)$/i.test(this.variables.get(name) ?? '');
  }

  redirect(path: string | undefined): string | undefined {
    if (this.outputFd !== 1) this.sys.close(this.outputFd);
    this.outputFd = 1;
    if (!path) return undefined;
    try {
      this.outputFd = this.sys.open(path, 0o1101, 0o666);
      return undefined;
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      return error.errno;
    }
  }
}
