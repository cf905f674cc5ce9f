// The line being edited: its characters, the cursor, the kill ring and undo. No terminal in here.

/** A word, as readline's Alt-B and Alt-F see it. */
const isWordCharacter = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);

export class LineBuffer {
  /** By character, so that the cursor never stands inside one. */
  characters: string[] = [];
  cursor = 0;
  #killed = '';
  readonly #undo: { characters: string[]; cursor: number }[] = [];

  get text(): string {
    return this.characters.join('');
  }

  get beforeCursor(): string {
    return this.characters.slice(0, this.cursor).join('');
  }

  set(text: string, cursor?: number): void {
    this.#remember();
    this.characters = [...text];
    this.cursor = Math.min(cursor ?? this.characters.length, this.characters.length);
  }

  insert(text: string): void {
    this.#remember();
    const inserted = [...text];
    this.characters.splice(this.cursor, 0, ...inserted);
    this.cursor += inserted.length;
  }

  moveTo(position: number): void {
    this.cursor = Math.max(0, Math.min(position, this.characters.length));
  }

  /** Delete between two positions; `kill` puts it where `yank` finds it. */
  delete(from: number, to: number, kill = false): void {
    const start = Math.max(0, from), end = Math.min(to, this.characters.length);
    if (start >= end) return;
    this.#remember();
    const removed = this.characters.splice(start, end - start).join('');
    if (kill) this.#killed = removed;
    this.cursor = start;
  }

  yank(): void {
    this.insert(this.#killed);
  }

  transpose(): void {
    const at = Math.min(this.cursor, this.characters.length - 1);
    if (at < 1) return;
    this.#remember();
    const [left, right] = [this.characters[at - 1]!, this.characters[at]!];
    this.characters.splice(at - 1, 2, right, left);
    this.cursor = at + 1;
  }

  wordLeft(): number {
    let at = this.cursor;
    while (at > 0 && !isWordCharacter(this.characters[at - 1])) at--;
    while (at > 0 && isWordCharacter(this.characters[at - 1])) at--;
    return at;
  }

  wordRight(): number {
    let at = this.cursor;
    while (at < this.characters.length && !isWordCharacter(this.characters[at])) at++;
    while (at < this.characters.length && isWordCharacter(this.characters[at])) at++;
    return at;
  }

  /** Where Ctrl-W cuts: words between blanks. */
  blankLeft(): number {
    let at = this.cursor;
    while (at > 0 && /\s/.test(this.characters[at - 1]!)) at--;
    while (at > 0 && !/\s/.test(this.characters[at - 1]!)) at--;
    return at;
  }

  undo(): void {
    const last = this.#undo.pop();
    if (last) Object.assign(this, last);
  }

  #remember(): void {
    this.#undo.push({ characters: [...this.characters], cursor: this.cursor });
    if (this.#undo.length > 200) this.#undo.shift();
  }
}
