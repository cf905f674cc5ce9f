// What an author may write: the front matter and the YAML bodies of the blocks, as schemas.

import * as v from 'valibot';

const text = v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'));
const id = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case words joined by hyphens'));
const commands = v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'));

export const frontMatterSchema = v.strictObject({
  id,
  title: text,
  track: id,
  minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)),
  summary: text,
  seed: v.optional(v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10))), []),
  tags: v.optional(v.array(id), []),
  setup: v.optional(v.string(), ''),
  canaries: v.optional(v.record(v.string(), v.strictObject({ at: text, when: id })), {}),
});

const goal = v.strictObject({ that: text, 'not-yet': v.optional(text), probe: v.optional(commands) });

export const blockSchemas = {
  task: v.strictObject({
    id,
    do: text,
    goals: v.pipe(v.array(goal), v.minLength(1, 'needs at least one goal')),
    mistakes: v.optional(v.array(v.strictObject({ when: text, say: text })), []),
    hints: v.pipe(v.array(text), v.minLength(3, 'needs at least three hints: a nudge, the idea, the command')),
    solution: commands,
    also: v.optional(v.array(commands), []),
    wrong: v.optional(v.array(v.strictObject({ run: commands, says: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))) })), []),
    done: v.optional(text),
  }),
  predict: v.strictObject({
    id,
    ask: text,
    setup: v.optional(v.string(), ''),
    rows: v.pipe(v.array(v.strictObject({ label: text, run: commands, survives: text })), v.minLength(1, 'needs at least one row')),
    because: text,
  }),
  quiz: v.strictObject({
    id,
    ask: text,
    options: v.pipe(
      v.array(v.strictObject({ text, right: v.optional(v.boolean(), false), because: text })),
      v.minLength(2, 'needs at least two options'),
      v.check((options) => options.some((option) => option.right), 'needs a right option'),
    ),
  }),
  note: v.strictObject({ title: text, text }),
} as const;

export type BlockKind = keyof typeof blockSchemas;
