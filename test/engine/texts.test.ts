// Times, durations, filters and paths as the daemon writes and reads them.
import { expect, it } from 'vitest';
import { parseTime, rfc3339, rfc3339Nano } from '../../src/engine/clock-text.ts';
import { FilterArgs } from '../../src/engine/filters.ts';
import { humanDuration } from '../../src/engine/human-duration.ts';
import { cleanPath, joinPath } from '../../src/engine/path.ts';

it('writes RFC 3339', () => {
  for (const ms of [0, 1_795_546_261_882, 951_782_400_000, -1000]) expect(rfc3339(ms)).toBe(new Date(ms).toISOString().replace(/\.\d+Z/, 'Z'));
  expect(rfc3339Nano(1_795_546_261_882.5)).toBe('2026-11-24T18:51:01.8825Z');
  expect(rfc3339Nano(1_795_546_261_000)).toBe('2026-11-24T18:51:01Z');
});

it('reads RFC 3339 and Unix seconds', () => {
  for (const text of ['2026-11-24T18:51:01.882Z', '2024-02-29T00:00:00+02:00', '1999-12-31']) expect(parseTime(text)).toBe(Date.parse(text));
  expect(parseTime('1795546261.5')).toBe(1_795_546_261_500);
  expect(parseTime('yesterday')).toBeUndefined();
});

it('says durations as people do', () => {
  const said = [[400, 'Less than a second'], [1000, '1 second'], [45_000, '45 seconds'], [60_000, 'About a minute'], [3_000_000, '50 minutes'],
    [3_600_000, 'About an hour'], [90 * 3_600_000, '3 days'], [24 * 3_600_000 * 40, '5 weeks'], [24 * 3_600_000 * 400, '13 months'], [24 * 3_600_000 * 800, '2 years']] as const;
  for (const [ms, text] of said) expect(humanDuration(ms)).toBe(text);
});

it('matches filters', () => {
  const args = new FilterArgs({ name: ['^dev', 'plain'], label: ['env', 'team=db'], dangling: ['1'] }, ['name', 'label', 'dangling']);
  expect([args.match('name', 'devdata'), args.match('name', 'mydev'), args.match('name', 'plain')]).toEqual([true, false, true]);
  expect([args.labels({ env: 'x', team: 'db' }), args.labels({ env: 'x' }), args.labels(null)]).toEqual([true, false, false]);
  expect(args.bool('dangling')).toBe(true);
  expect(() => new FilterArgs({ colour: ['red'] }, ['name'])).toThrow("invalid filter 'colour'");
  expect(() => new FilterArgs({ dangling: ['maybe'] }, ['dangling']).bool('dangling')).toThrow("invalid filter 'dangling=[maybe]'");
});

it('cleans paths as Go does', () => {
  expect(['', '/', '/a/../b//c/.', '../a/..', 'a/../..', '/..'].map(cleanPath)).toEqual(['.', '/', '/b/c', '..', '..', '/']);
  expect(joinPath('/a', '', '../b')).toBe('/b');
});
