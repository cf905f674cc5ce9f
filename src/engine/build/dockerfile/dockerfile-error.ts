// The error of a Dockerfile that cannot be read: the text, and the lines it is about.

import { ApiError } from '../../../api/errors.ts';

/** What is wrong with a Dockerfile, and where; `where` 0 for the whole. */
export class DockerfileError extends ApiError {
  readonly first: number;
  readonly last: number;

  constructor(message: string, first: number, last = first) {
    super('invalidParameter', message);
    this.first = first;
    this.last = last;
  }
}
