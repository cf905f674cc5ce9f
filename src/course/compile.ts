// From a lesson's markdown to a Lesson, or a LessonError that says where, what, and what was expected.

import { encode } from '../base/bytes.ts';
import { Sha256 } from '../base/sha256.ts';
import { checkExpression } from './goals/expression.ts';
import { namedEvent, namedStore } from './grid.ts';
import { type Block, type Goal, type GridStore, type Hint, type Invariant, type Lesson, LessonError, type Predict, type Quiz, type Task } from './lesson.ts';
import { inlineHtml, proseHtml } from './prose.ts';
import { readYaml } from './read-yaml.ts';
import { blockSchemas, frontMatterSchema } from './schema.ts';
import { type Part, splitLesson } from './split.ts';

/** Characters of a lesson's file. */
export const LONGEST = 200_000;

/** @param file its name, for messages. @throws LessonError */
export function compileLesson(file: string, source: string): Lesson {
  if (source.length > LONGEST) throw new LessonError(file, 1, `a lesson has at most ${LONGEST / 1000} kB; this one has ${Math.round(source.length / 1000)} kB`);
  const { frontMatter, parts } = splitLesson(file, source);
  const front = readYaml(file, frontMatter, 2, frontMatterSchema);
  const never = invariants(file, 2, front.never);
  const blocks = parts.map((part) => compileBlock(file, part, never.length));
  if (front.kind === 'drill') checkDrill(file, blocks);
  checkWhole(file, parts, blocks, Object.values(front.canaries).map((canary) => canary.when));
  return {
    ...front, never,
    setup: front.setup.trim(),
    canaries: Object.entries(front.canaries).map(([id, canary]) => ({ id, ...canary })),
    blocks,
    hash: new Sha256().update(encode(source.trim())).hex().slice(0, 12),
  };
}

function compileBlock(file: string, part: Part, invariantsOfLesson: number): Block {
  switch (part.kind) {
    case 'prose':
      return { kind: 'prose', html: proseHtml(part.text) };
    case 'note': {
      const { title, text } = readYaml(file, part.text, part.line, blockSchemas.note);
      return { kind: 'note', title, text: proseHtml(text) };
    }
    case 'answer': {
      const { say, points, often, but } = readYaml(file, part.text, part.line, blockSchemas.answer);
      return { kind: 'answer', say: proseHtml(say), points: points.map(inlineHtml), often: inlineHtml(often), but: proseHtml(but) };
    }
    case 'quiz':
      return compileQuiz(file, part);
    case 'predict':
      return compilePredict(file, part);
    case 'task':
      return compileTask(file, part, invariantsOfLesson);
  }
}

function compileQuiz(file: string, part: Part): Quiz {
  const { id, ask, options, several, explain, statements, steps, because } = readYaml(file, part.text, part.line, blockSchemas.quiz);
  const base = { kind: 'quiz', id, ask: inlineHtml(ask) } as const;
  if (steps) return { ...base, form: 'order', steps: steps.map((step) => [step].flat().map(inlineHtml)), because: proseHtml(because!) };
  if (statements) return { ...base, form: 'myth', statements: statements.map(({ text, myth, because: why }) => ({ text: inlineHtml(text), myth, because: inlineHtml(why) })) };
  return {
    ...base, form: 'choose', explain: explain.map(inlineHtml), several: several || options!.filter((option) => option.right).length > 1,
    options: options!.map((option) => ({ text: inlineHtml(option.text), right: option.right, because: inlineHtml(option.because) })),
  };
}

function compilePredict(file: string, part: Part): Predict {
  const { id, ask, setup, rows, grid, output, choices, owner, because } = readYaml(file, part.text, part.line, blockSchemas.predict);
  const base = { kind: 'predict', id, ask: inlineHtml(ask), setup: setup.trim(), because: proseHtml(because) } as const;
  if (output !== undefined) return { ...base, form: 'output', run: output, choices: choices ?? [] };
  if (owner) return { ...base, form: 'owner', rows: owner.map((row) => (typeof row === 'string' ? { label: `<code>${inlineHtml(row)}</code>`, at: row } : { label: inlineHtml(row.label), at: row.at })) };
  if (grid) {
    const { container, stores, events } = grid;
    const named = container === undefined ? stores.find((store) => typeof store !== 'string') : stores.find((store) => typeof store === 'string');
    if (named) throw new LessonError(file, part.line, `grid: with a container each store has a label and a path in it; without one, a name such as layer or volume`);
    return {
      ...base, form: 'grid', ...(container !== undefined && { container }),
      stores: stores.map((store): GridStore => (typeof store === 'string' ? namedStore(store) : { label: inlineHtml(store.label), at: store.at })),
      events: events.map((event) => (typeof event === 'string' ? namedEvent(event) : { label: inlineHtml(event.label), run: event.run })),
    };
  }
  for (const row of rows!) requireExpression(file, part.line, row.survives);
  return { ...base, form: 'rows', rows: rows!.map((row) => ({ ...row, label: inlineHtml(row.label) })) };
}

function compileTask(file: string, part: Part, invariantsOfLesson: number): Task {
  const { id, do: instruction, goals, never, mistakes, hints, solution, also, wrong, done, aha } = readYaml(file, part.text, part.line, blockSchemas.task);
  for (const expression of [...goals.map((goal) => goal.that), ...mistakes.map((mistake) => mistake.when)]) requireExpression(file, part.line, expression);
  for (const { 'not-yet': notYet } of goals) for (const [, hole] of (notYet ?? '').matchAll(/\{([^{}]+)\}/g)) requireExpression(file, part.line, hole!);
  for (const [what, count, named] of [['says mistake', mistakes.length, 'says'], ['breaks rule', invariantsOfLesson + never.length, 'breaks']] as const) {
    const outside = wrong.find((route) => route[named] !== undefined && route[named] >= count);
    if (outside) throw new LessonError(file, part.line, `task ${id}: a wrong route ${what} ${outside[named]}, but there are ${count} (counted from 0)`);
  }
  return {
    kind: 'task', id, do: proseHtml(instruction), solution, also, wrong: wrong.map(({ run, says, breaks }) => ({ run, ...(says !== undefined && { says }), ...(breaks !== undefined && { breaks }) })),
    goals: goals.map(({ that, probe, 'not-yet': notYet }): Goal => ({ that, ...(probe !== undefined && { probe }), ...(notYet !== undefined && { notYet }) })),
    never: invariants(file, part.line, never),
    mistakes: mistakes.map((mistake) => ({ when: mistake.when, say: inlineHtml(mistake.say) })),
    hints: hints.map((hint): Hint => {
      if (typeof hint === 'string') return { say: inlineHtml(hint) };
      if (hint.when !== undefined) requireExpression(file, part.line, hint.when);
      return { say: inlineHtml(hint.say), ...(hint.when !== undefined && { when: hint.when }), ...(hint.run !== undefined && { run: hint.run }) };
    }),
    ...(done !== undefined && { done: inlineHtml(done) }),
    ...(aha && { aha: { say: inlineHtml(aha.say), show: aha.show } }),
  };
}

function invariants(file: string, line: number, never: readonly Invariant[]): Invariant[] {
  return never.map(({ that, say }) => {
    requireExpression(file, line, that);
    return { that, say: inlineHtml(say) };
  });
}

function checkWhole(file: string, parts: readonly Part[], blocks: readonly Block[], referred: readonly string[]): void {
  const seen = new Set<string>();
  blocks.forEach((block, index) => {
    if (!('id' in block)) return;
    if (seen.has(block.id)) throw new LessonError(file, parts[index]!.line, `the id ${block.id} is used twice`);
    seen.add(block.id);
  });
  if (!blocks.some((block) => block.kind === 'task')) throw new LessonError(file, 1, 'a lesson needs at least one task block');
  const missing = referred.find((id) => !blocks.some((block) => block.kind === 'task' && block.id === id));
  if (missing) throw new LessonError(file, 1, `a canary waits for the task ${missing}, which is not in this lesson`);
}

function checkDrill(file: string, blocks: readonly Block[]): void {
  const count = (kind: Block['kind']): number => blocks.filter((block) => block.kind === kind).length;
  if (count('task') !== 1 || count('answer') !== 1 || !count('quiz')) throw new LessonError(file, 1, 'a drill has one task, one answer, and a quiz with what is asked next');
}

function requireExpression(file: string, line: number, expression: string): void {
  const reason = checkExpression(expression);
  if (reason) throw new LessonError(file, line, `not a condition: ${expression}\n  ${reason}`);
}
