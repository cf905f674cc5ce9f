// A compiled lesson: plain data, made by `compileLesson` at build time (or from a file that a teacher drops on the page).

/** HTML made from markdown: no scripts, no styles, no raw HTML of the author's. */
export type Html = string;

/** A condition on the host's state, in CEL. */
export interface Goal {
  readonly that: string;
  /** What to say while it does not hold; `{…}` holds CEL whose value is put in. Without it, the expression's own failure is told. */
  readonly notYet?: string;
  /** A command run on a copy of the host; `that` may look at `probe.stdout`, `probe.stderr` and `probe.exit`. */
  readonly probe?: string;
}

/** A recognised wrong turn: its answer is said instead of `notYet`. */
export interface Mistake {
  readonly when: string;
  readonly say: Html;
}

export interface Task {
  readonly kind: 'task';
  readonly id: string;
  readonly do: Html;
  readonly goals: readonly Goal[];
  readonly mistakes: readonly Mistake[];
  /** From a nudge to the command itself; at least three. */
  readonly hints: readonly Html[];
  readonly solution: string;
  readonly also: readonly string[];
  /** Each with the mistake (its index) or, without one, the goal that must answer. */
  readonly wrong: readonly { readonly run: string; readonly says?: number }[];
  /** Said when all goals hold. */
  readonly done?: Html;
}

/** A question about what will happen, asked before it does. */
export interface Predict {
  readonly kind: 'predict';
  readonly id: string;
  readonly ask: Html;
  /** Commands that bring about the moment asked about, and for each row a check that is true when the answer is yes. Run on a copy of the host. */
  readonly setup: string;
  readonly rows: readonly { readonly label: Html; readonly run: string; readonly survives: string }[];
  readonly because: Html;
}

export interface Quiz {
  readonly kind: 'quiz';
  readonly id: string;
  readonly ask: Html;
  readonly options: readonly { readonly text: Html; readonly right: boolean; readonly because: Html }[];
}

export interface Note {
  readonly kind: 'note';
  readonly title: string;
  readonly text: Html;
}

export interface Prose {
  readonly kind: 'prose';
  readonly html: Html;
}

export type Block = Prose | Task | Predict | Quiz | Note;

/** A file whose bytes must outlive what happens to its container: remembered once the task `when` is done. */
export interface Canary {
  readonly id: string;
  /** `notes1:/data/notes.txt`. */
  readonly at: string;
  readonly when: string;
}

export interface Lesson {
  readonly id: string;
  readonly title: string;
  readonly track: string;
  readonly minutes: number;
  /** Interview questions that it answers. */
  readonly seed: readonly number[];
  readonly tags: readonly string[];
  readonly summary: string;
  /** Commands that prepare the host. */
  readonly setup: string;
  readonly canaries: readonly Canary[];
  readonly blocks: readonly Block[];
}

/** Where a lesson's file is wrong, and what was expected. */
export class LessonError extends Error {
  readonly file: string;
  /** From 1. */
  readonly line: number;

  constructor(file: string, line: number, reason: string) {
    super(`${file}:${line}: ${reason}`);
    this.file = file;
    this.line = line;
  }
}

export const tasksOf = (lesson: Lesson): readonly Task[] => lesson.blocks.filter((block) => block.kind === 'task');
