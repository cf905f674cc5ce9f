// Dates, sizes, modes, quotes and differences as text, in tables.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { busyboxDate, parseDate } from '../../../src/programs/lib/date-parse.ts';
import { diffLines } from '../../../src/programs/lib/diff-lines.ts';
import { parseMode } from '../../../src/base/mode-change.ts';
import { modeText } from '../../../src/programs/lib/mode.ts';
import { quoteAlways, quoteIfNeeded } from '../../../src/programs/lib/quote.ts';
import { busyboxSize, humanSize, parseSize } from '../../../src/programs/lib/size-format.ts';
import { civil, listingTime, strftime, timegm } from '../../../src/programs/lib/time-format.ts';
import { compareVersions } from '../../../src/programs/lib/version-sort.ts';

/** Tuesday, 24 November 2026, 12:34:56 UTC. */
const NOW = timegm(2026, 11, 24, 12, 34, 56) * 1000;

describe('dates', () => {
  const day = 86_400_000;
  it.each([
    ['2001-02-03 04:05:06', timegm(2001, 2, 3, 4, 5, 6) * 1000], ['2020-01-01', timegm(2020, 1, 1) * 1000], ['@123.5', 123_500],
    ['2020-01-01T10:00:00Z', timegm(2020, 1, 1, 10) * 1000], ['yesterday', NOW - day], ['2 days ago', NOW - 2 * day], ['-1 hour', NOW - 3_600_000],
    ['10:20', timegm(2026, 11, 24, 10, 20) * 1000], ['2020-01-01 10:00 +0200', timegm(2020, 1, 1, 8) * 1000], ['1 month ago', timegm(2026, 10, 24, 12, 34, 56) * 1000],
    ['Nov 24 2020', timegm(2020, 11, 24) * 1000], ['24 Nov 2020 5:00', timegm(2020, 11, 24, 5) * 1000], ['next friday', timegm(2026, 11, 27) * 1000], ['friday', timegm(2026, 11, 27) * 1000],
    ['zz', undefined], ['2020-02-30', undefined],
  ])('%s', (text, time) => expect(parseDate(text, NOW)).toBe(time));

  it('reads what BusyBox reads, a date alone at this time of day', () => {
    expect(busyboxDate('2020-01-01', NOW)).toBe(timegm(2020, 1, 1, 12, 34, 56) * 1000);
    expect(busyboxDate('1 day ago', NOW)).toBeUndefined();
  });

  it('prints them', () => {
    expect(strftime('%a %b %e %T %Z %Y|%F|%j|%V|%-d|%10s|%N', NOW)).toBe('Tue Nov 24 12:34:56 UTC 2026|2026-11-24|328|48|24|1795523696|000000000');
    expect([listingTime(NOW - 1000, NOW), listingTime(0, NOW)]).toEqual(['Nov 24 12:34', 'Jan  1  1970']);
  });

  it('knows the calendar', () => {
    fc.assert(fc.property(fc.integer({ min: -(10 ** 10), max: 10 ** 11 }), (seconds) => {
      const t = civil(seconds * 1000);
      expect(timegm(t.year, t.month, t.day, t.hour, t.minute, t.second)).toBe(seconds);
    }));
  });
});

describe('sizes', () => {
  it.each([[0, '0', '0'], [1023, '1023', '1023'], [1025, '1.1K', '1.0K'], [10_240, '10K', '10.0K'], [1_048_575, '1.0M', '1024.0K'], [999_999_999, '954M', '953.7M']])('%i', (bytes, gnu, busybox) => {
    expect([humanSize(bytes), busyboxSize(bytes)]).toEqual([gnu, busybox]);
  });
  it.each([['10', 10], ['4k', 4096], ['1MB', 1e6], ['1MiB', 1_048_576], ['2b', 1024], ['K', 1024], ['x', undefined]])('%s', (text, bytes) => expect(parseSize(text)).toBe(bytes));
});

describe('modes', () => {
  it.each([['u+x', 0o100644, 0o744], ['ug=rw,o=', 0o101777, 0o660], ['a+X', 0o100644, 0o644], ['a+X', 0o040644, 0o755], ['755', 0o042700, 0o2755], ['g=u-w', 0o100640, 0o640 & ~0o20 | 0o40]])('%s', (text, mode, after) => {
    expect(parseMode(text, 0o022)!(mode)).toBe(after);
  });
  it('shows them', () => expect([0o104755, 0o041777, 0o120777, 0o100644].map(modeText)).toEqual(['-rwsr-xr-x', 'drwxrwxrwt', 'lrwxrwxrwx', '-rw-r--r--']));
});

it('quotes names as the shell reads them', () => {
  expect(['a', 'a b', "a'b", 'a\nb', '\n', "'\"", '#', 'a#', ''].map(quoteIfNeeded)).toEqual(['a', "'a b'", `"a'b"`, `'a'$'\\n''b'`, `''$'\\n'`, `''\\''"'`, "'#'", 'a#', "''"]);
  expect(quoteAlways('a')).toBe("'a'");
});

it('sorts versions', () => expect(['a10', 'a9', 'a9.tar', 'a', '.b', 'a~'].toSorted(compareVersions)).toEqual(['.b', 'a~', 'a', 'a9', 'a9.tar', 'a10']));

describe('differences', () => {
  it('turn one file into the other, and are as short as can be', () => {
    const lines = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 });
    const common = (a: readonly number[], b: readonly number[]): number => {
      const rows = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
      for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) rows[i]![j] = a[i] === b[j] ? rows[i + 1]![j + 1]! + 1 : Math.max(rows[i + 1]![j]!, rows[i]![j + 1]!);
      return rows[0]![0]!;
    };
    fc.assert(fc.property(lines, lines, (a, b) => {
      const result: number[] = [];
      let at = 0;
      let removed = 0;
      for (const change of diffLines(a, b)) {
        result.push(...a.slice(at, change.from), ...b.slice(change.to, change.to + change.added));
        at = change.from + change.removed;
        removed += change.removed;
      }
      result.push(...a.slice(at));
      expect(result).toEqual(b);
      expect(a.length - removed).toBe(common(a, b));
    }), { numRuns: 500 });
  });
});
