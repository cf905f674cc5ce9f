// How an engine refuses: the kinds of moby's errdefs, which stand for HTTP status codes.

export type ApiErrorKind =
  | 'notFound' // 404
  | 'invalidParameter' // 400
  | 'conflict' // 409
  | 'notModified' // 304
  | 'forbidden' // 403
  | 'unavailable' // 503
  | 'notImplemented' // 501
  | 'system' // 500
  | 'connection' // the engine could not be reached: the message is the whole text, without "Error response from daemon: "
  | 'notSimulated'; // ours: the real engine would do it, this one does not; the message says what

/** What every failing call of an `EngineClient` throws. `message` is the engine's, without the CLI's prefixes. */
export class ApiError extends Error {
  readonly kind: ApiErrorKind;

  constructor(kind: ApiErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
