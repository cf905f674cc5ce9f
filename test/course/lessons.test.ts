// Every lesson keeps its promises.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkContract } from '../../src/course/contract.ts';
import { contractHosts } from '../../src/headless/contract-hosts.ts';
import { readLessons } from '../../src/headless/read-lessons.ts';

describe('lessons', () => {
  for (const { lesson } of readLessons(join(import.meta.dirname, '../../lessons'))) {
    it(lesson.id, () => {
      const report = checkContract(lesson, contractHosts);
      expect(report.failures).toEqual([]);
      expect(report.tasks).toBeGreaterThan(0);
      expect(report.wrong).toBeGreaterThanOrEqual(report.mistakes);
    });
  }
});
