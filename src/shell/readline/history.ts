// Moving through the history of a shell while a line is edited: up and down, and incremental search.

export class HistoryCursor {
  readonly #entries: readonly string[];
  #at: number;
  /** Lines changed while walking, by position; the new line stands behind the last entry. */
  readonly #edited = new Map<number, string>();

  constructor(entries: readonly string[]) {
    this.#entries = entries;
    this.#at = entries.length;
  }

  /** The line `by` steps away (negative is older), remembering `current`; undefined at either end. */
  move(by: number, current: string): string | undefined {
    const target = this.#at + by;
    if (target < 0 || target > this.#entries.length) return undefined;
    this.#edited.set(this.#at, current);
    this.#at = target;
    return this.#edited.get(target) ?? this.#entries[target] ?? '';
  }

  toEnd(which: 'first' | 'last', current: string): string | undefined {
    return this.move(which === 'first' ? -this.#at : this.#entries.length - this.#at, current);
  }

  /** The nearest entry that holds `text`, from `from` going older (-1) or newer (1). */
  search(text: string, from: number, direction: -1 | 1): { index: number; line: string } | undefined {
    for (let index = Math.min(from, this.#entries.length - 1); index >= 0 && index < this.#entries.length; index += direction) {
      if (this.#entries[index]!.includes(text)) return { index, line: this.#entries[index]! };
    }
    return undefined;
  }

  get length(): number {
    return this.#entries.length;
  }

  /** Continue walking from an entry that a search has found. */
  jump(index: number): void {
    this.#at = index;
  }

  /** The last word of the n-th newest entry (1 the newest), for Alt-`.`. */
  lastWord(back: number): string | undefined {
    const entry = this.#entries[this.#entries.length - back];
    return entry === undefined ? undefined : (/(\S+)\s*$/.exec(entry)?.[1] ?? '');
  }
}
