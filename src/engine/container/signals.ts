// Signals as the daemon reads them from a request: `9`, `KILL`, `sigkill`.

import { ApiError } from '../../api/errors.ts';
import { type Signal, signalName, SIGNALS } from '../../kernel/signal.ts';

/** @throws invalidParameter `invalid signal: NOPE` */
export function parseSignal(text: string): { readonly number: number; readonly signal: Signal | undefined } {
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
  if (number !== undefined) {
    if (number === 0) throw new ApiError('invalidParameter', `invalid signal: ${text}`);
    return { number, signal: signalName(number) };
  }
  const name = `SIG${text.toUpperCase().replace(/^SIG/, '')}`;
  if (!Object.hasOwn(SIGNALS, name)) throw new ApiError('invalidParameter', `invalid signal: ${text}`);
  return { number: SIGNALS[name as Signal], signal: name as Signal };
}
