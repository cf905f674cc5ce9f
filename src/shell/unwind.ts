// How control leaves the ordinary flow: jumps of the language, and messages on their way to standard error.

/** Thrown by `break`, `continue`, `return`, `exit`, and by what ends a whole line. Caught by the construct that it aims at. */
export class Unwind {
  readonly kind: 'break' | 'continue' | 'return' | 'exit' | 'line' | 'interrupt';
  /** Loops to leave. */
  levels: number;
  readonly status: number;

  constructor(kind: Unwind['kind'], status: number, levels = 1) {
    this.kind = kind;
    this.status = status;
    this.levels = levels;
  }
}

/** What a message begins with: the shell, its line and the builtin; the shell and its line; only the shell; nothing. */
export type FailureStyle = 'command' | 'shell' | 'short' | 'raw';

/**
 * A complaint that is printed where the command runs. `scope` is what it ends in a script: the command only, the line
 * being run, or the shell.
 */
export class Failure {
  readonly message: string;
  readonly status: number;
  readonly scope: 'command' | 'line' | 'shell';
  readonly style: FailureStyle;

  constructor(message: string, status = 1, scope: Failure['scope'] = 'command', style: FailureStyle = 'command') {
    this.message = message;
    this.status = status;
    this.scope = scope;
    this.style = style;
  }
}
