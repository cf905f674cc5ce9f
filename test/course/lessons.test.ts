// Every lesson keeps its promises.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkContract } from '../../src/course/contract.ts';
import { readLessons } from '../../src/headless/read-lessons.ts';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import { createHost, restoreHost } from '../../src/host/create-host.ts';

describe('lessons', () => {
  for (const { lesson } of readLessons(join(import.meta.dirname, '../../lessons'))) {
    it(lesson.id, () => {
      const report = checkContract(lesson, { create: () => createHost(SIM_OPTIONS), copy: (host) => restoreHost(host.save()) });
      expect(report.failures).toEqual([]);
      expect(report.tasks).toBeGreaterThan(0);
      expect(report.wrong).toBeGreaterThanOrEqual(report.mistakes);
    });
  }
});
