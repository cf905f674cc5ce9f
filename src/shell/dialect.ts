// The two dialects of one interpreter: their words, their builtins, and how their complaints begin.

import type { Task } from '../base/task.ts';
import type { Errno } from '../kernel/errno.ts';
import type { Shell } from './shell.ts';
import type { Assignment } from './syntax.ts';
import type { Failure } from './unwind.ts';

export type DialectName = 'bash' | 'ash';

/** What a builtin gets besides its words: `name=(…)` arguments by their position in `args`. */
export interface BuiltinCall {
  readonly name: string;
  readonly arrays: ReadonlyMap<number, Assignment>;
}

/** `args` without the name. @returns the exit status. @throws Failure for a complaint that ends it */
export type Builtin = (sh: Shell, args: readonly string[], call: BuiltinCall) => number | Task<number>;

export interface Dialect {
  readonly name: DialectName;
  readonly version: string;
  /** Those that start-up files need; the others are added by `every-builtin.ts`. */
  readonly builtins: Map<string, Builtin>;
  /** Failing one of these ends a script (ash), and assignments before them last. */
  readonly special: ReadonlySet<string>;
  readonly declarations: ReadonlySet<string>;
  /** Programs that the shell finds without PATH (BusyBox's own applets). */
  readonly applets: ReadonlySet<string>;
  /** Number of the first line of a `-c` text. */
  readonly firstLine: number;
  /** What comes before a message of the shell, or of a builtin of it. */
  prefix(sh: Shell, command?: string): string;
  badSubstitution(text: string): Failure;
  unset(sh: Shell, name: string): Failure;
  required(sh: Shell, name: string, message: string, colon: boolean): Failure;
  redirection(target: string, errno: Errno, creating: boolean): string;
  /** A command that could not be executed: message and status. */
  unexecutable(sh: Shell, name: string, errno: Errno, interpreter: string | undefined): { readonly message: string; readonly status: number; readonly short?: boolean };
}

const known = new Map<DialectName, Dialect>();

export function addDialect(dialect: Dialect): void {
  known.set(dialect.name, dialect);
}

/** @throws Error when the dialect is not loaded */
export function dialectOf(name: DialectName): Dialect {
  const dialect = known.get(name);
  if (!dialect) throw new Error(`the dialect ${name} is not loaded`);
  return dialect;
}
