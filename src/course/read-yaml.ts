// YAML checked by a schema, with the line of what is wrong.

import * as v from 'valibot';
import { LineCounter, parseDocument } from 'yaml';
import { LessonError } from './lesson.ts';

/** @param line that of its first line in the file. @throws LessonError */
export function readYaml<S extends v.GenericSchema>(file: string, source: string, line: number, schema: S): v.InferOutput<S> {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter, uniqueKeys: true });
  const lineOf = (offset: number): number => line + lineCounter.linePos(offset).line - 1;
  const [error] = document.errors;
  if (error) throw new LessonError(file, lineOf(error.pos[0]), error.message.split('\n')[0]!);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    throw new LessonError(file, line, 'aliases (*name) are not read here: write it out');
  }
  const result = v.safeParse(schema, value);
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
