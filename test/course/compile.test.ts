// Lessons that are wrong say where, what, and what was expected; lessons of strangers are harmless.

import { describe, expect, it } from 'vitest';
import { compileLesson } from '../../src/course/compile.ts';
import { LessonError } from '../../src/course/lesson.ts';

const FRONT = '---\nid: a\ntitle: A\ntrack: volumes\nminutes: 5\nsummary: s\n---\n';
const TASK = 'id: t\ndo: Do it.\ngoals:\n  - that: hasVolume("v")\nhints: [one, two, three]\nsolution: docker volume create v\n';
const task = (body: string): string => `${FRONT}\n\`\`\`task\n${body}\`\`\`\n`;

const problem = (source: string): string => {
  try {
    compileLesson('a.md', source);
    return 'it compiles';
  } catch (error) {
    if (error instanceof LessonError) return error.message;
    throw error;
  }
};

describe('a lesson', () => {
  it('compiles', () => {
    const lesson = compileLesson('a.md', `${FRONT}Prose *here*.\n\n\`\`\`task\n${TASK}\`\`\`\n`);
    expect(lesson.blocks.map((block) => block.kind)).toEqual(['prose', 'task']);
  });

  const wrong: [name: string, source: string, message: RegExp][] = [
    ['no front matter', 'Hello', /^a\.md:1: expected front matter/],
    ['an endless front matter', '---\nid: a\n', /^a\.md:1: the front matter does not end/],
    ['a field that is missing', task(TASK).replace('title: A\n', ''), /^a\.md:2: title: .*Expected "title"/],
    ['a field of another kind', task(TASK).replace('minutes: 5', 'minutes: long'), /^a\.md:5: minutes: .*Expected number/],
    ['a field nobody knows', task(`${TASK}colour: red\n`), /^a\.md:\d+: colour: /],
    ['an endless block', `${FRONT}\n\`\`\`task\nid: t\n`, /^a\.md:9: this task block does not end/],
    ['YAML that is none', task('id: [\n'), /^a\.md:1\d: /],
    ['too few hints', task(TASK.replace('one, two, three', 'one')), /^a\.md:14: hints: needs at least three hints/],
    ['a goal that is no expression', task(TASK.replace('hasVolume("v")', 'hasVolume(')), /^a\.md:10: not a condition: hasVolume\(/],
    ['a function that does not exist', task(TASK.replace('hasVolume("v")', 'typed("docker")')), /^a\.md:10: not a condition: typed/],
    ['a hole that is no expression', task(TASK.replace('hasVolume("v")', 'hasVolume("v")\n    not-yet: "{volume(}"')), /^a\.md:10: not a condition: volume\(/],
    ['two blocks of one id', `${task(TASK)}\n\`\`\`task\n${TASK}\`\`\`\n`, /^a\.md:19: the id t is used twice/],
    ['a wrong route with a mistake that is not there', task(`${TASK}wrong: [{run: x, says: 0}]\n`), /says mistake 0, but there are 0/],
    ['a canary of no task', task(TASK).replace('summary: s', 'summary: s\ncanaries: {c: {at: "a:/b", when: nope}}'), /^a\.md:1: a canary waits for the task nope/],
    ['no task at all', `${FRONT}Prose.`, /^a\.md:1: a lesson needs at least one task/],
    ['an aha that shows nothing known', task(`${TASK}aha: {say: a, show: [nothing]}\n`), /^a\.md:16: aha\.show\.0: must be container:NAME/],
    ['a drill without an answer', task(TASK).replace('id: a\n', 'id: a\nkind: drill\n'), /^a\.md:1: a drill has one task, one answer/],
    ['a body of 5 MB', `${FRONT}${'x'.repeat(5_000_000)}`, /^a\.md:1: a lesson has at most 200 kB; this one has 5000 kB/],
    ['an endless goal', task(TASK.replace('hasVolume("v")', Array.from({ length: 300 }, () => 'hasVolume("v")').join(' || '))), /^a\.md:10: not a condition/],
  ];
  for (const [name, source, message] of wrong) it(`refuses ${name}`, () => expect(problem(source)).toMatch(message));

  it('of a stranger has no script, no raw HTML, no javascript link, no image', () => {
    const prose = '<script>alert(1)</script>\n\n[click](javascript:alert(1)) <b onclick="x()">b</b> ![i](https://e.example/i.png) [ok](https://docs.docker.com/)\n';
    const [block] = compileLesson('a.md', `${FRONT}${prose}\n\`\`\`task\n${TASK}\`\`\`\n`).blocks;
    const { html } = block as { html: string };
    expect(html).not.toMatch(/<script|<b |<img|href="javascript/i);
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain('<a href="https://docs.docker.com/" target="_blank" rel="noreferrer noopener">ok</a>');
  });
});
