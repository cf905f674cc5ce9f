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

export function* traceWords(sh: Shell, words: readonly string[]): Task<void> {
  yield* traceText(sh, words.map(sh.dialect.name === 'bash' ? quoteIfNeeded : ashQuoteIfNeeded).join(' '));
}

export function* traceArithmetic(sh: Shell, text: string): Task<void> {
  yield* traceText(sh, `(( ${text.trim()} ))`);
}
