// A text that cannot be parsed: where, and what its dialect says to it.

/** Thrown by the adapter. `incomplete` texts may become right when more lines follow. */
export class SyntaxFailure {
  readonly position: number;
  readonly incomplete: boolean;
  /** ash's words after `syntax error: `, or bash's whole first line after its prefix. */
  readonly message: string;
  /** bash echoes the offending line below. */
  readonly echo: boolean;
  /** Lines from the text's first to the one that bash names. */
  readonly atEnd: boolean;
  readonly status: number;

  constructor(position: number, message: string, options: { incomplete?: boolean; echo?: boolean; atEnd?: boolean; status?: number } = {}) {
    this.position = position;
    this.message = message;
    this.incomplete = options.incomplete ?? false;
    this.echo = options.echo ?? false;
    this.atEnd = options.atEnd ?? false;
    this.status = options.status ?? 2;
  }
}
