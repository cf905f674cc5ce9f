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

/**
 * A complaint that is printed where the command runs. `scope` is what it ends in a script: the command only, the line
 * being run, or the shell. `bare` messages do not get the shell's name and line in front.
 */
export class Failure {
  readonly message: string;
  readonly status: number;
  readonly scope: 'command' | 'line' | 'shell';
  readonly bare: boolean;

  constructor(message: string, status = 1, scope: Failure['scope'] = 'command', bare = false) {
    this.message = message;
    this.status = status;
    this.scope = scope;
    this.bare = bare;
  }
}
