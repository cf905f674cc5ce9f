// From a lesson's markdown to a Lesson, or a LessonError that says where, what, and what was expected.

import * as v from 'valibot';
import { LineCounter, parseDocument } from 'yaml';
import { checkExpression } from './goals/expression.ts';
import { type Block, type Goal, type Lesson, LessonError, type Task } from './lesson.ts';
import { inlineHtml, proseHtml } from './prose.ts';
import { blockSchemas, frontMatterSchema } from './schema.ts';
import { type Part, splitLesson } from './split.ts';

/** @param file its name, for messages */
export function compileLesson(file: string, source: string): Lesson {
  if (source.length > 200_000) throw new LessonError(file, 1, `a lesson has at most 200 kB; this one has ${Math.round(source.length / 1000)} kB`);
  const { frontMatter, parts } = splitLesson(file, source);
  const front = readYaml(file, frontMatter, 2, frontMatterSchema);
  const blocks = parts.map((part) => compileBlock(file, part));
  checkWhole(file, parts, blocks, Object.values(front.canaries).map((canary) => canary.when));
  return {
    ...front,
    setup: front.setup.trim(),
    canaries: Object.entries(front.canaries).map(([id, canary]) => ({ id, ...canary })),
    blocks,
  };
}

function compileBlock(file: string, part: Part): Block {
  switch (part.kind) {
    case 'prose':
      return { kind: 'prose', html: proseHtml(part.text) };
    case 'note': {
      const { title, text } = readYaml(file, part.text, part.line, blockSchemas.note);
      return { kind: 'note', title, text: proseHtml(text) };
    }
    case 'quiz': {
      const { id, ask, options } = readYaml(file, part.text, part.line, blockSchemas.quiz);
      return { kind: 'quiz', id, ask: inlineHtml(ask), options: options.map((option) => ({ text: inlineHtml(option.text), right: option.right, because: inlineHtml(option.because) })) };
    }
    case 'predict': {
      const { id, ask, setup, rows, because } = readYaml(file, part.text, part.line, blockSchemas.predict);
      for (const row of rows) requireExpression(file, part.line, row.survives);
      return { kind: 'predict', id, ask: inlineHtml(ask), setup: setup.trim(), rows: rows.map((row) => ({ ...row, label: inlineHtml(row.label) })), because: proseHtml(because) };
    }
    case 'task':
      return compileTask(file, part);
  }
}

function compileTask(file: string, part: Part): Task {
  const { id, do: instruction, goals, mistakes, hints, solution, also, wrong, done } = readYaml(file, part.text, part.line, blockSchemas.task);
  for (const expression of [...goals.map((goal) => goal.that), ...mistakes.map((mistake) => mistake.when)]) requireExpression(file, part.line, expression);
  for (const { 'not-yet': notYet } of goals) for (const [, hole] of (notYet ?? '').matchAll(/\{([^{}]+)\}/g)) requireExpression(file, part.line, hole!);
  const outside = wrong.find((route) => route.says !== undefined && route.says >= mistakes.length);
  if (outside) throw new LessonError(file, part.line, `task ${id}: a wrong route says mistake ${outside.says}, but there are ${mistakes.length} mistakes (counted from 0)`);
  return {
    kind: 'task', id, do: proseHtml(instruction), solution, also, wrong: wrong.map(({ run, says }) => (says === undefined ? { run } : { run, says })),
    goals: goals.map(({ that, probe, 'not-yet': notYet }): Goal => ({ that, ...(probe !== undefined && { probe }), ...(notYet !== undefined && { notYet }) })),
    mistakes: mistakes.map((mistake) => ({ when: mistake.when, say: inlineHtml(mistake.say) })),
    hints: hints.map(inlineHtml),
    ...(done !== undefined && { done: inlineHtml(done) }),
  };
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

function requireExpression(file: string, line: number, expression: string): void {
  const reason = checkExpression(expression);
  if (reason) throw new LessonError(file, line, `not a condition: ${expression}\n  ${reason}`);
}

/** YAML, checked. `line` is that of its first line in the file. */
function readYaml<S extends v.GenericSchema>(file: string, source: string, line: number, schema: S): v.InferOutput<S> {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter, uniqueKeys: true });
  const lineOf = (offset: number): number => line + lineCounter.linePos(offset).line - 1;
  const [error] = document.errors;
  if (error) throw new LessonError(file, lineOf(error.pos[0]), error.message.split('\n')[0]!);
  const result = v.safeParse(schema, document.toJS({ maxAliasCount: 0 }));
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  let node: unknown = document.contents;
  for (let depth = path.length; depth > 0; depth--) {
    const found: unknown = document.getIn(path.slice(0, depth), true);
    if (found) {
      node = found;
      break;
    }
  }
  const range = (node as { range?: [number] } | null)?.range;
  throw new LessonError(file, range ? lineOf(range[0]) : line, `${path.join('.') || 'this block'}: ${issue.message}`);
}
