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

/** What must never come about while the lesson (or its task) lasts: it is told at once, and the host can go back to just before. */
export interface Invariant {
  /** True once it has come about. */
  readonly that: string;
  readonly say: Html;
}

/** A rung of the ladder: told on request, and only while `when` holds. */
export interface Hint {
  readonly say: Html;
  readonly when?: string;
  /** The commands that the last rung runs instead of the solution. */
  readonly run?: string;
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
  readonly never: readonly Invariant[];
  readonly mistakes: readonly Mistake[];
  /** From a nudge to the command itself; at least three hold in every state. */
  readonly hints: readonly Hint[];
  readonly solution: string;
  readonly also: readonly string[];
  /** Each with the mistake (its index) or the invariant (the lesson's, then the task's) that must answer; without one, a goal must. */
  readonly wrong: readonly { readonly run: string; readonly says?: number; readonly breaks?: number }[];
  /** Said when all goals hold. */
  readonly done?: Html;
  /** What is understood now, and what the picture shows of it: `spots.ts` says how it is named. */
  readonly aha?: { readonly say: Html; readonly show: readonly string[] };
}

interface Prediction {
  readonly kind: 'predict';
  readonly id: string;
  readonly ask: Html;
  /** Commands that bring about the moment asked about. Everything is run on copies of the host. */
  readonly setup: string;
  readonly because: Html;
}

/** Yes or no for each row: `survives` looks at the copy after `run`. */
export interface RowsPrediction extends Prediction {
  readonly form: 'rows';
  readonly rows: readonly { readonly label: Html; readonly run: string; readonly survives: string }[];
}

/** Stores against events: is the datum still there? */
export interface GridPrediction extends Prediction {
  readonly form: 'grid';
  /** The learner's container; without it one with a datum in each store is made on the copy. */
  readonly container?: string;
  readonly stores: readonly GridStore[];
  readonly events: readonly GridEvent[];
}

export interface GridStore {
  readonly label: Html;
  /** Where the datum lies: `notes1:/data/notes.txt`. */
  readonly at: string;
}

export interface GridEvent {
  readonly label: Html;
  /** Commands; `$c` is the container. */
  readonly run: string;
  /** Further flags of the `docker run` that made the container. */
  readonly flags?: string;
  /** A command that prints the datum when it is still to be had; `$path` is where it lay. Without it, the bytes are searched for on the whole host. */
  readonly check?: string;
}

/** What will this print? */
export interface OutputPrediction extends Prediction {
  readonly form: 'output';
  readonly run: string;
  /** Texts to choose from; when there are none, the learner writes. */
  readonly choices: readonly string[];
}

/** Which store serves each path? */
export interface OwnerPrediction extends Prediction {
  readonly form: 'owner';
  readonly rows: readonly GridStore[];
}

/** A question about what will happen, asked before it does. */
export type Predict = RowsPrediction | GridPrediction | OutputPrediction | OwnerPrediction;

interface Question {
  readonly kind: 'quiz';
  readonly id: string;
  readonly ask: Html;
}

export interface ChooseQuiz extends Question {
  readonly form: 'choose';
  readonly options: readonly { readonly text: Html; readonly right: boolean; readonly because: Html }[];
  /** More than one may be right: all of them have to be found. */
  readonly several: boolean;
  /** What a good explanation mentions; with these, the learner is asked to explain the choice. */
  readonly explain: readonly Html[];
}

/** Which of these statements are myths? */
export interface MythQuiz extends Question {
  readonly form: 'myth';
  readonly statements: readonly { readonly text: Html; readonly myth: boolean; readonly because: Html }[];
}

/** Steps in their order; those of one group may come in any order among themselves. */
export interface OrderQuiz extends Question {
  readonly form: 'order';
  readonly steps: readonly (readonly Html[])[];
  readonly because: Html;
}

export type Quiz = ChooseQuiz | MythQuiz | OrderQuiz;

export interface Note {
  readonly kind: 'note';
  readonly title: string;
  readonly text: Html;
}

/** What one would say to the question of a drill, aloud and in half a minute. */
export interface Answer {
  readonly kind: 'answer';
  readonly say: Html;
  /** What a good answer mentions. */
  readonly points: readonly Html[];
  /** What is often said, and what is not quite right about it. */
  readonly often: Html;
  readonly but: Html;
}

export interface Prose {
  readonly kind: 'prose';
  readonly html: Html;
}

export type Block = Prose | Task | Predict | Quiz | Note | Answer;

/** A file whose bytes must outlive what happens to its container: remembered once the task `when` is done. */
export interface Canary {
  readonly id: string;
  /** `notes1:/data/notes.txt`. */
  readonly at: string;
  readonly when: string;
}

export interface Lesson {
  readonly id: string;
  /** A drill is one question (its title), one task that proves the answer, the answer, and what is asked next. */
  readonly kind: 'lesson' | 'drill';
  readonly title: string;
  readonly track: string;
  readonly minutes: number;
  /** Interview questions that it answers. */
  readonly seed: readonly number[];
  readonly tags: readonly string[];
  readonly summary: string;
  /** Commands that prepare the host. */
  readonly setup: string;
  readonly never: readonly Invariant[];
  readonly canaries: readonly Canary[];
  readonly blocks: readonly Block[];
  /** Of its source: tells whether it has changed since it was done. */
  readonly hash: string;
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
