// The page, typed at as a person types.

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { Learner } from './open-page.ts';
import { atPrompt, usePage } from './use-page.ts';

const served = usePage();

const open = (): Promise<Learner> => atPrompt(served);

describe('the page', () => {
  it('shows a lesson, a prompt and a picture, and nothing goes wrong', async () => {
    const learner = await open();
    await expect(learner.page.getByRole('heading', { level: 1, name: 'Outlive your container' }).textContent()).resolves.toContain('Outlive');
    await learner.page.getByText('None now.').first().waitFor();
    expect(await learner.run('echo hello')).toBe('hello');
    expect(learner.problems).toEqual([]);
    await learner.context.close();
  });

  it('runs the commands of the interview sheet', async () => {
    const learner = await open();
    expect(await learner.run('docker volume inspect volume_name')).toContain('get volume_name: no such volume');
    for (const start of [1, 2]) {
      await learner.type('docker run -v myvolume:/app/data myapp');
      await learner.until((screen) => screen.trimEnd().endsWith(`myapp: start number ${start}`));
      await learner.page.keyboard.press('Control+c');
      await learner.prompt();
      await learner.run('docker rm $(docker ps -aq)');
    }
    await learner.run('docker volume create volume_name');
    expect(await learner.run('docker volume inspect volume_name')).toContain('"Mountpoint": "/var/lib/docker/volumes/volume_name/_data"');
    await learner.run('docker run --rm -v myvolume:/data -v $(pwd):/backup busybox tar czf /backup/backup.tar.gz /data');
    const listing = await learner.run('tar tzvf backup.tar.gz');
    expect(listing).toContain('data/starts');
    const [download] = await Promise.all([learner.page.waitForEvent('download'), learner.page.getByRole('button', { name: 'Download backup.tar.gz' }).first().click()]);
    expect(download.suggestedFilename()).toBe('backup.tar.gz');
    expect(execFileSync('tar', ['tzf', await download.path()], { encoding: 'utf8' }).split('\n').toSorted()).toEqual(['', 'data/', 'data/README', 'data/starts']);
    expect(learner.problems).toEqual([]);
    await learner.context.close();
  });

  it('edits lines as bash does', async () => {
    const { page, ...rest } = await open();
    const learner = Object.assign(Object.create(Learner.prototype) as Learner, { page, ...rest });
    await page.keyboard.type('echo on two');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Alt+f');
    await page.keyboard.type(' one');
    await page.keyboard.press('Control+e');
    await page.keyboard.press('Control+w');
    await page.keyboard.type('three');
    await page.keyboard.press('Enter');
    await learner.until((screen) => screen.includes('\none on three'));
    await learner.prompt();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await learner.until((screen) => screen.split('\none on three').length === 3);
    await learner.prompt();
    await page.keyboard.press('Control+r');
    await page.keyboard.type('on t');
    await learner.until((screen) => screen.includes("(reverse-i-search)`on t': echo one on three"));
    await page.keyboard.press('Control+g');
    await page.keyboard.press('Control+u');
    await page.keyboard.type('docker vol');
    await page.keyboard.press('Tab');
    await learner.until((screen) => screen.trimEnd().endsWith('docker volume'));
    await page.keyboard.type('insp');
    await page.keyboard.press('Tab');
    await learner.until((screen) => screen.trimEnd().endsWith('docker volume inspect'));
    await learner.context.close();
  });

  it('copies and pastes', async () => {
    const learner = await open();
    const { page } = learner;
    await page.evaluate(() => navigator.clipboard.writeText('echo one\necho two'));
    await page.keyboard.press('Control+v');
    await learner.until((screen) => screen.trimEnd().endsWith('echo one\necho two'));
    // Nothing has run: what is pasted waits for Enter.
    expect(await learner.screen()).not.toMatch(/^one$/m);
    await page.keyboard.press('Enter');
    await learner.until((screen) => /^one\ntwo$/m.test(screen));
    await learner.prompt();
    const word = await page.locator('terminal-pane').evaluate((pane) => {
      const row = [...pane.shadowRoot!.querySelectorAll('.xterm-rows > div')].find((line) => line.textContent!.trim() === 'two')!;
      const { left, top, height } = row.getBoundingClientRect();
      return { x: left + 8, y: top + height / 2 };
    });
    await page.mouse.dblclick(word.x, word.y);
    await page.keyboard.press('Control+c');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('two');
    await learner.context.close();
  });

  it('can be left and entered by keyboard', async () => {
    const learner = await open();
    const { page } = learner;
    const focused = (): Promise<string> => page.evaluate(() => document.querySelector('stowage-app')!.shadowRoot!.activeElement?.localName ?? '');
    await page.getByText('None now.').first().waitFor();
    expect(await focused()).toBe('terminal-pane');
    for (const part of ['time-line', 'storage-picture', 'lesson-pane', 'terminal-pane']) {
      await page.keyboard.press('F6');
      await expect.poll(focused).toBe(part);
    }
    expect(await learner.run('echo back')).toBe('back');
    await learner.context.close();
  });

  it('gives a shell in a container, and gets it back', async () => {
    const learner = await open();
    await learner.type('docker run -it --name box busybox');
    await learner.until((screen) => screen.trimEnd().endsWith('/ #'));
    await learner.type('echo $((6*7)) > /tmp/answer; tty; cat /tmp/answer');
    await learner.until((screen) => screen.includes('/dev/pts/0\n42'));
    await learner.type('exit');
    await learner.prompt();
    expect(await learner.run('docker diff box | sort')).toContain('A /tmp/answer');
    await learner.context.close();
  });

  it('stops what never ends', async () => {
    const learner = await open();
    await learner.type('while :; do :; done');
    await learner.page.waitForTimeout(300);
    await learner.page.keyboard.press('Control+c');
    await learner.prompt();
    await learner.type('yes');
    await learner.until((screen) => screen.includes('y\ny\ny'));
    await learner.page.keyboard.press('Control+c');
    await learner.prompt();
    await learner.run('docker run -d --name ticker busybox sh -c "while :; do date; sleep 1; done"');
    await learner.type('docker logs -f ticker');
    await learner.until((screen) => (screen.match(/ UTC 20\d\d/g)?.length ?? 0) >= 3);
    await learner.page.keyboard.press('Control+c');
    await learner.prompt();
    expect(learner.problems).toEqual([]);
    await learner.context.close();
  });

  it('brings the same host, screen and progress back after a reload', async () => {
    const learner = await open();
    await learner.run('docker run -d --name notes1 -v notes-data:/data notes');
    await learner.run('docker exec notes1 add "buy milk"');
    await learner.page.getByText('1 of 3 tasks').first().waitFor();
    const before = await learner.screen();
    await learner.reload();
    await learner.until((screen) => screen === before);
    await learner.page.getByText('1 of 3 tasks').first().waitFor();
    await learner.focusTerminal();
    expect(await learner.run('docker exec notes1 list')).toContain('buy milk');
    await learner.context.close();
  });

  it('sets a save aside that it cannot read, says so, and starts afresh', async () => {
    const learner = await open();
    await learner.run('touch here');
    await learner.saved(true);
    await learner.page.evaluate(() => new Promise<void>((resolve, reject) => {
      const request = indexedDB.open('stowage');
      request.addEventListener('error', () => reject(new Error('no database')));
      request.addEventListener('success', () => {
        const change = request.result.transaction('hosts', 'readwrite');
        change.objectStore('hosts').put({ version: 99 }, 'current');
        change.addEventListener('complete', () => resolve());
      });
    }));
    await learner.page.reload();
    await learner.page.getByText('could not be read').first().waitFor();
    await learner.prompt();
    await learner.context.close();
  });

  it('plays the lesson from beginning to end', async () => {
    const learner = await open();
    const { page } = learner;
    await page.getByText('there is no container notes1').first().waitFor();
    await learner.run('docker run -d --name notes1 -v notes-data:/app/data notes');
    await page.getByText('not where the app writes').first().waitFor();
    await learner.run('docker rm -f notes1');
    await learner.run('docker run -d --name notes1 -v notes-data:/data notes');
    await learner.run('docker exec notes1 add "buy milk"');
    await page.getByText('1 of 3 tasks').first().waitFor();
    for (const label of ['Yes', 'Yes', 'No', 'Yes'].entries()) await page.locator('predict-block fieldset').nth(label[0]).getByLabel(label[1]).check();
    await page.getByRole('button', { name: 'Try it on a copy of my host' }).click();
    await page.getByText('4 of 4 right').first().waitFor();
    await learner.focusTerminal();
    await learner.run('docker rm -f notes1');
    await page.getByText('2 of 3 tasks').first().waitFor();
    await learner.run('docker run --rm -v notes-data:/mnt busybox cat /mnt/notes.txt');
    await page.getByText('all tasks of this lesson are solved').first().waitFor();
    expect(learner.problems).toEqual([]);
    await learner.context.close();
  });
});
