// The detach sequence as text: `ctrl-p,ctrl-q` by default.

import type { Bytes } from '../../base/bytes.ts';
import { ApiError } from '../../api/errors.ts';

/** @throws invalidParameter */
export function parseDetachKeys(text = 'ctrl-p,ctrl-q'): Bytes {
  const keys = text.split(',').map((key) => {
    if (key.length === 1) return key.charCodeAt(0);
    const control = /^ctrl-([a-z@[\\\]^_])$/.exec(key);
    if (!control) throw new ApiError('invalidParameter', `Invalid detach keys (${text}) provided`);
    return control[1]!.toUpperCase().charCodeAt(0) & 31;
  });
  return Uint8Array.from(keys);
}
