// What an author may write: the front matter and the YAML bodies of the blocks, as schemas.

import * as v from 'valibot';
import { EVENTS, STORES } from './grid.ts';

const text = v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'));
const id = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case words joined by hyphens'));
const commands = v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'));
const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const list = <const S extends v.GenericSchema>(schema: S) => v.optional(v.array(schema), []);
const flag = v.optional(v.boolean(), false);
const some = <const S extends v.GenericSchema>(schema: S, least: number, message: string) => v.pipe(v.array(schema), v.minLength(least, message));
/** Exactly one of these fields says of what form the block is. */
const oneOf = <T extends object>(...names: (keyof T & string)[]) =>
  v.check<T, string>((block) => names.filter((name) => block[name] !== undefined).length === 1, `needs exactly one of ${names.join(', ')}`);

const never = list(v.strictObject({ that: text, say: text }));

export const frontMatterSchema = v.strictObject({
  id,
  kind: v.optional(v.picklist(['lesson', 'drill']), 'lesson'),
  title: text,
  track: id,
  minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)),
  summary: text,
  seed: list(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10))),
  tags: list(id),
  setup: v.optional(v.string(), ''),
  canaries: v.optional(v.record(v.string(), v.strictObject({ at: text, when: id })), {}),
  never,
});

/** What the picture can light up: see `spots.ts`. */
const spot = v.pipe(v.string(), v.regex(/^(container:[^/]+|volume:[^/]+|image:[^:/][^:]*(:[^/:]+)?(:\/.*)?|[^:/]+:\/.*|\/.+)$/, 'must be container:NAME, volume:NAME, image:NAME, image:NAME:/PATH, CONTAINER:/PATH, or a path of the host'));
const aha = v.strictObject({ say: text, show: some(spot, 1, 'needs at least one thing that the picture shows') });

const goal = v.strictObject({ that: text, 'not-yet': v.optional(text), probe: v.optional(commands) });
const hint = v.union([text, v.strictObject({ when: v.optional(text), say: text, run: v.optional(commands) })], 'must be a text, or have say, and when or run');
const store = v.union([v.picklist(STORES), v.strictObject({ label: text, at: text })], `must be one of ${STORES.join(', ')}, or have label and at`);
const event = v.union([v.picklist(EVENTS), v.strictObject({ label: text, run: commands })], `must be one of ${EVENTS.join(', ')}, or have label and run`);

const predict = v.strictObject({
  id,
  ask: text,
  setup: v.optional(v.string(), ''),
  rows: v.optional(some(v.strictObject({ label: text, run: commands, survives: text }), 1, 'needs at least one row')),
  grid: v.optional(v.strictObject({ container: v.optional(text), stores: some(store, 1, 'needs at least one store'), events: some(event, 1, 'needs at least one event') })),
  output: v.optional(commands),
  choices: v.optional(some(text, 2, 'needs at least two choices')),
  owner: v.optional(some(v.union([text, v.strictObject({ label: text, at: text })], 'must be a path such as web:/data/f, or have label and at'), 1, 'needs at least one path')),
  because: text,
});

const quiz = v.strictObject({
  id,
  ask: text,
  options: v.optional(v.pipe(
    some(v.strictObject({ text, right: flag, because: text }), 2, 'needs at least two options'),
    v.check((options) => options.some((option) => option.right), 'needs a right option'),
  )),
  several: flag,
  explain: list(text),
  statements: v.optional(v.pipe(
    some(v.strictObject({ text, myth: flag, because: text }), 2, 'needs at least two statements'),
    v.check((statements) => statements.some((statement) => statement.myth), 'needs a myth among them'),
  )),
  steps: v.optional(some(v.union([text, some(text, 2, 'a group has at least two steps')], 'must be a text, or a list of texts that may come in any order'), 2, 'needs at least two steps')),
  because: v.optional(text),
});

export const blockSchemas = {
  task: v.strictObject({
    id,
    do: text,
    goals: some(goal, 1, 'needs at least one goal'),
    never,
    mistakes: list(v.strictObject({ when: text, say: text })),
    hints: v.pipe(
      v.array(hint),
      v.check((hints) => hints.filter((each) => typeof each === 'string' || each.when === undefined).length >= 3, 'needs at least three hints that hold in any state: a nudge, the idea, the command'),
    ),
    solution: commands,
    also: list(commands),
    wrong: list(v.strictObject({ run: commands, says: v.optional(index), breaks: v.optional(index) })),
    done: v.optional(text),
    aha: v.optional(aha),
  }),
  predict: v.pipe(
    predict,
    oneOf<v.InferOutput<typeof predict>>('rows', 'grid', 'output', 'owner'),
    v.check((block) => block.choices === undefined || block.output !== undefined, 'choices belong to output'),
  ),
  quiz: v.pipe(
    quiz,
    oneOf<v.InferOutput<typeof quiz>>('options', 'statements', 'steps'),
    v.check((block) => block.steps === undefined || block.because !== undefined, 'steps need a because'),
  ),
  note: v.strictObject({ title: text, text }),
  answer: v.strictObject({ say: text, points: some(text, 2, 'needs at least two points'), often: text, but: text }),
} as const;

export type BlockKind = keyof typeof blockSchemas;
