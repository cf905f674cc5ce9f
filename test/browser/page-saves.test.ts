// What this browser kept may be damaged, or be from a newer page: it says so, keeps it aside, and starts.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Learner } from './open-page.ts';
import { usePage } from './use-page.ts';

const served = usePage();

const put = (learner: Learner, save: unknown): Promise<void> => learner.page.evaluate((value) => new Promise<void>((resolve, reject) => {
  const request = indexedDB.open('stowage');
  request.addEventListener('error', () => reject(new Error('no database')));
  request.addEventListener('success', () => {
    const change = request.result.transaction('hosts', 'readwrite');
    change.objectStore('hosts').put(value, 'current');
    change.addEventListener('complete', () => {
      request.result.close();
      resolve();
    });
  });
}), save);

const options = { seed: 1, startTime: 1_700_000_000_000 };

describe('what was kept', () => {
  it.each<[string, unknown]>([
    ['is from a newer page', { version: 99, options, log: [] }],
    ['is no save at all', 'rubbish'],
    ['has a log with holes', { version: 1, options, log: [{ at: options.startTime, kind: 'open', columns: 80, rows: 24 }, null] }],
    ['names a terminal that never was', { version: 1, options, log: [{ at: options.startTime, kind: 'keys', terminal: 7, text: 'ls\r' }] }],
  ])('%s: it is said, kept aside, and the app starts', async (_, save) => {
    const learner = await Learner.open(served);
    const { page } = learner;
    await learner.prompt();
    await page.getByText('None now').first().waitFor();
    await learner.saved(true);
    await put(learner, save);
    await page.reload();
    await page.getByText('could not be read').first().waitFor();
    await learner.prompt();
    await learner.focusTerminal();
    expect(await learner.run('echo here')).toBe('here');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save it as a file' }).click()]);
    expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toEqual(save);
    // The next visit has no such trouble.
    await learner.reload();
    await learner.until((screen) => screen.includes('echo here'));
    expect(await page.getByText('could not be read').count()).toBe(0);
    await learner.context.close();
  });

  it.each<[string, string]>([['is no JSON', '{"current": "outl'], ['has another shape', '{"current": 7, "lessons": "all"}'], ['is a list', '[1, 2]'], ['is nothing', 'null']])('progress that %s is kept aside, and the app starts', async (_, text) => {
    const learner = await Learner.open(served);
    const { page } = learner;
    await learner.prompt();
    await page.evaluate((value) => {
      localStorage.setItem('stowage-progress', value);
      localStorage.setItem('stowage-settings', value);
    }, text);
    await page.reload();
    await learner.prompt();
    await page.getByText('0 of 3 tasks').first().waitFor();
    expect(await page.evaluate(() => localStorage.getItem('stowage-progress-set-aside'))).toBe(text);
    expect(learner.problems).toEqual([]);
    await learner.context.close();
  });
});
