// Whether a guess is right, by the form of its prediction: small enough for the page, which shows it.

import type { Predict } from './lesson.ts';

/** How many questions a prediction asks. */
export const questionsOf = (block: Predict): number => (block.form === 'output' ? 1 : block.form === 'grid' ? block.stores.length * block.events.length : block.rows.length);

/** Spaces and line ends do not matter; an orphaned datum is kept. */
export function isRight(guess: string | null, answer: string): boolean {
  const plain = (text: string): string => text.trim().replace(/\s+/g, ' ');
  return guess !== null && (plain(guess) === plain(answer) || (answer === 'orphaned' && guess === 'kept'));
}
