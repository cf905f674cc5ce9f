// Every lesson keeps its promises: in two parts, so that two cores can prove them.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkContract } from '../../src/course/contract.ts';
import { contractHosts } from '../../src/headless/contract-hosts.ts';
import { readLessons } from '../../src/headless/read-lessons.ts';

export function proveLessons(part: 0 | 1): void {
  describe('lessons', () => {
    for (const { lesson } of readLessons(join(import.meta.dirname, '../../lessons')).filter((_, index) => index % 2 === part)) {
      it(lesson.id, () => {
        const report = checkContract(lesson, contractHosts);
        expect(report.failures).toEqual([]);
        expect(report.tasks).toBeGreaterThan(0);
        expect(report.wrong).toBeGreaterThanOrEqual(report.mistakes);
        // The others are implied by a later goal, and only say something earlier.
        expect(report.onTheWay.length, report.onTheWay.join('\n')).toBeLessThanOrEqual(1);
      });
    }
  });
}
