// What helps an author: a new lesson that keeps its promises, and a schema for editors that is the compiler's own.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkContract } from '../../src/course/contract.ts';
import { contractHosts } from '../../src/headless/contract-hosts.ts';
import { beginLesson } from '../../src/headless/lessons-new.ts';
import { lessonSchema, SCHEMA_FILE } from '../../src/headless/lessons-schema.ts';
import { readLesson } from '../../src/headless/read-lessons.ts';

const folder = mkdtempSync(join(tmpdir(), 'stowage-lessons-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a new lesson', () => {
  it('is begun once, and keeps its promises from the start', () => {
    expect(beginLesson(folder, 'on-the-shelf')).toContain('lessons/on-the-shelf.md');
    const { lesson } = readLesson(join(folder, 'on-the-shelf.md'));
    expect(lesson.title).toBe('On the shelf');
    expect(checkContract(lesson, contractHosts).failures).toEqual([]);
    expect(() => beginLesson(folder, 'on-the-shelf')).toThrow('already');
  });
  it('needs a name that can be an id', () => {
    expect(() => beginLesson(folder, undefined)).toThrow('needs a name');
    expect(() => beginLesson(folder, '../x')).toThrow('lower-case words');
  });
});

describe('the schema for editors', () => {
  it('is that of the compiler', () => {
    const kept: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../lessons', SCHEMA_FILE), 'utf8'));
    expect(kept, 'write it anew with: npm run lessons -- schema').toEqual(lessonSchema());
  });
  it('says what is required, and nothing else is allowed', () => {
    const schema = lessonSchema() as { required: string[]; additionalProperties: boolean; $defs: Record<string, { required: string[] }> };
    expect(schema.required).toEqual(['id', 'title', 'track', 'minutes', 'summary']);
    expect(schema.additionalProperties).toBe(false);
    expect(schema.$defs['task']!.required).toEqual(['id', 'do', 'goals', 'hints', 'solution']);
  });
});
