// `set -x`: commands on standard error as they run, after PS4.

import type { Task } from '../../base/task.ts';
import { ashQuoteIfNeeded, quoteIfNeeded } from '../expand/quote.ts';
import { prompt } from '../prompt.ts';
import type { Shell } from '../shell.ts';

export function* traceText(sh: Shell, text: string): Task<void> {
  const saved = sh.options.xtrace;
  sh.options.xtrace = false;
  const ps4 = yield* prompt(sh, 'PS4');
  sh.options.xtrace = saved;
  // bash repeats PS4's first character for every level of substitution.
  const first = [...ps4][0] ?? '';
  const depth = sh.dialect.name === 'bash' ? sh.substitutionDepth : 0;
  yield* sh.complain(`${first.repeat(depth)}${ps4}${text}\n`);
}

export function* traceWords(sh: Shell, words: readonly string[], assignments: readonly (readonly [string, string])[] = []): Task<void> {
  const quote = sh.dialect.name === 'bash' ? quoteIfNeeded : ashQuoteIfNeeded;
  yield* traceText(sh, [...assignments.map(([name, value]) => `${name}=${quote(value)}`), ...words.map(quote)].join(' '));
}

/** One condition of `[[ … ]]`. */
export function* traceTest(sh: Shell, words: readonly string[]): Task<void> {
  if (sh.dialect.name === 'ash') yield* traceWords(sh, ['[[', ...words, ']]']);
  else yield* traceText(sh, `[[ ${words.map((word) => word || "''").join(' ')} ]]`);
}

export function* traceArithmetic(sh: Shell, text: string): Task<void> {
  yield* traceText(sh, `(( ${text.trim()} ))`);
}
