// Every lesson keeps its promises: in two parts, so that two cores can prove them.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkContract } from '../../src/course/contract.ts';
import { contractHosts } from '../../src/headless/contract-hosts.ts';
import { readLessons } from '../../src/headless/read-lessons.ts';
import { pictureModel } from '../../src/ui/picture/picture-model.ts';

/** The keys of all that the picture can light up. */
function keysOf(snapshot: Parameters<typeof pictureModel>[0]): Set<string> {
  const { containers, places, layers } = pictureModel(snapshot);
  const mounts = containers.flatMap((box) => box.mounts.map(({ key }) => key));
  return new Set([...[...containers, ...places, ...layers].map(({ key }) => key), ...mounts, ...mounts.map((key) => `line:${key}`), ...[...containers, ...places].flatMap(({ files }) => files.items.map(({ key }) => key))]);
}

export function proveLessons(part: 0 | 1): void {
  describe('lessons', () => {
    for (const { lesson } of readLessons(join(import.meta.dirname, '../../lessons')).filter((_, index) => index % 2 === part)) {
      it(lesson.id, () => {
        const report = checkContract(lesson, contractHosts);
        expect(report.failures).toEqual([]);
        expect(report.shown).toHaveLength(lesson.kind === 'drill' ? 0 : 1);
        for (const { snapshot, keys } of report.shown) expect(keys.filter((key) => !keysOf(snapshot).has(key)), 'what its aha shows').toEqual([]);
        expect(report.tasks).toBeGreaterThan(0);
        expect(report.wrong).toBeGreaterThanOrEqual(report.mistakes);
        // The others are implied by a later goal, and only say something earlier.
        expect(report.onTheWay.length, report.onTheWay.join('\n')).toBeLessThanOrEqual(1);
      });
    }
  });
}
