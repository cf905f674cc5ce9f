// Every lesson can be done at home: its script is one that bash accepts.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileLesson } from '../../src/course/compile.ts';
import { labScript } from '../../src/course/lab-script.ts';
import { readLessons } from '../../src/headless/read-lessons.ts';

const check = (script: string) => spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });

describe('the script of a lesson', () => {
  for (const { lesson } of readLessons(join(import.meta.dirname, '../../lessons'))) {
    it(`is accepted by bash -n: ${lesson.id}`, () => {
      const script = labScript(lesson);
      expect(check(script)).toMatchObject({ status: 0, stderr: '' });
      expect(script).toContain(lesson.setup);
      expect(script).not.toMatch(/<\/?(p|code|strong)>|&quot;/);
    });
  }

  it('is not led astray by what a stranger writes', () => {
    const source = '---\nid: a\ntitle: "T\\nrm -rf /tmp/x"\ntrack: volumes\nminutes: 5\nsummary: "s\\ntouch /tmp/owned"\n---\n```task\nid: t\ndo: |\n  a\n\n  STOWAGE\n\n  touch /tmp/owned\ngoals: [{that: \'hasVolume("vv")\'}]\nhints: [one, two, three]\nsolution: docker volume create vv\n```\n';
    const lines = labScript(compileLesson('a.md', source)).split('\n');
    expect(lines.filter((line) => /^(rm|touch) /.test(line))).toEqual(['touch /tmp/owned']);
    expect(lines.indexOf('STOWAGE')).toBeGreaterThan(lines.indexOf('touch /tmp/owned'));
  });
});
