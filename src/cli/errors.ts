// How the command fails: one error for a text and an exit status, and the one place that turns any failure into both.

import { ApiError } from '../api/errors.ts';
import type { Task } from '../base/task.ts';

/** Ends the command: `message` goes to standard error ('' prints nothing), `code` is the exit status. */
export class CliError extends Error {
  readonly code: number;

  constructor(message: string, code = 1) {
    super(message);
    this.code = code;
  }
}

/** Refuse in words of ours: the real command would do it, this one does not. Status 125, as of a docker that did not get to its work. */
export function notSimulated(what: string): CliError {
  return new CliError(`docker: ${what} is not simulated here`, 125);
}

/** The text of an error as the command prints it. Rethrows bugs. */
export function errorText(error: unknown): string {
  if (error instanceof CliError) return error.message;
  if (!(error instanceof ApiError)) throw error;
  if (error.kind === 'connection') return error.message;
  return error.kind === 'notSimulated' ? `not simulated here: ${error.message}` : `Error response from daemon: ${error.message}`;
}

/** A call for which the answer 304, nothing to do, is as good as any. */
export function* unmodified(call: Task<void>): Task<void> {
  try {
    yield* call;
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind !== 'notModified') throw error;
  }
}
