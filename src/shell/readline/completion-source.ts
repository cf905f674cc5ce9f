// What completion asks of the shell whose line is edited.

import type { Task } from '../../base/task.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';

export interface CompletionSource {
  readonly sys: Syscalls;
  /** Names that can stand as a command without a file: builtins, keywords, functions, aliases. */
  commandNames(): Iterable<string>;
  variableNames(): Iterable<string>;
  variable(name: string): string | undefined;
  /** Candidates of a `complete` specification (-C, -W, -F) for this command; undefined when it has none. */
  programmed(command: string, request: CompletionRequest): Task<readonly string[] | undefined>;
}

/** As bash passes it on: COMP_LINE, COMP_POINT, the word so far and the one before it. */
export interface CompletionRequest {
  readonly line: string;
  readonly point: number;
  readonly word: string;
  readonly previous: string;
}
