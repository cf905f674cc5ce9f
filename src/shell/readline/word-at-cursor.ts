// Which word of which command the cursor stands behind: enough of the grammar for completion, forgiving of unfinished lines.

export interface WordAtCursor {
  /** Index in the text where the word begins, its opening quote included. */
  readonly start: number;
  /** The word without its quoting. */
  readonly word: string;
  /** The words of the same simple command before it, assignments and redirections left out. */
  readonly words: readonly string[];
  /** The quote that is still open, or ''. */
  readonly quote: '' | "'" | '"';
}

/** @param before the line up to the cursor */
export function splitForCompletion(before: string): WordAtCursor {
  let words: string[] = [], word = '', start = 0, quote: '' | "'" | '"' = '', inWord = false, skip = false;
  const end = (): void => {
    if (!inWord) return;
    if (!skip && !(words.length === 0 && /^\w+\+?=/.test(word)) && !(words.length === 0 && /^(sudo|time|then|do|else|if|while|until|!|\{)$/.test(word))) words.push(word);
    skip = false;
    word = '';
    inWord = false;
  };
  for (let i = 0; i < before.length; i++) {
    const character = before[i]!;
    if (quote) {
      if (character === quote) quote = '';
      else if (character === '\\' && quote === '"' && /["\\$`]/.test(before[i + 1] ?? '')) word += before[++i];
      else word += character;
      continue;
    }
    if (character === ' ' || character === '\t') end();
    else if (character === '$' && before[i + 1] === '(') {
      i++;
      [words, word, inWord, skip] = [[], '', false, false];
    } else if (/[|&;()`\n]/.test(character)) {
      end();
      words = [];
    } else if (character === '<' || character === '>') {
      end();
      skip = true;
    } else {
      if (!inWord) start = i;
      inWord = true;
      if (character === "'" || character === '"') quote = character;
      else if (character === '\\') word += before[++i] ?? '';
      else word += character;
    }
  }
  return { start: inWord ? start : before.length, word, words: skip && inWord ? ['', ...words] : words, quote };
}
