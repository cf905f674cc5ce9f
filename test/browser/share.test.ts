// A host that is handed on, and files that come and go, in a real browser.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Learner } from './open-page.ts';
import { usePage } from './use-page.ts';

const served = usePage();

async function begin(): Promise<Learner> {
  const learner = await Learner.open(served);
  await learner.prompt();
  await learner.focusTerminal();
  return learner;
}

const notices = (learner: Learner): Promise<string> => learner.page.locator('stowage-app .notice').allInnerTexts().then((texts) => texts.join('\n'));

async function says(learner: Learner, text: string): Promise<void> {
  await expect.poll(() => notices(learner)).toContain(text);
}

it('a link opens at once, keeps the own host, and gives it back', async () => {
  const giver = await begin();
  await giver.run('docker volume create given');
  await giver.page.locator('time-line').getByRole('button', { name: 'Share' }).click();
  const field = giver.page.locator('share-panel input');
  await field.waitFor();
  const link = await field.inputValue();
  const [download] = await Promise.all([giver.page.waitForEvent('download'), giver.page.locator('share-panel').getByRole('button', { name: 'The host', exact: true }).click()]);
  const file = readFileSync(await download.path(), 'utf8');
  await giver.context.close();

  const taker = await begin();
  await taker.run('echo mine > mine');
  await taker.page.goto(link);
  await says(taker, 'Your own is kept');
  await taker.focusTerminal();
  expect(await taker.run('ls; docker volume ls -q')).toBe('given');
  await taker.page.getByRole('button', { name: 'Back to mine' }).click();
  await says(taker, 'your own host again');
  await taker.focusTerminal();
  expect(await taker.run('ls; docker volume ls -q')).toBe('mine');

  // Damaged, newer: nothing is lost.
  await taker.page.goto(link.slice(0, -50));
  await says(taker, 'a part of it is missing');
  await taker.page.goto(link.replace('#host=1.', '#host=9.'));
  await says(taker, 'made by a newer Stowage');
  const drop = (name: string, text: string): Promise<void> => taker.page.evaluate(([name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text!], name!));
    document.querySelector('stowage-app')!.shadowRoot!.querySelector('terminal-pane')!.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, composed: true, cancelable: true }));
  }, [name, text]);
  await drop('stowage-host.json', file.slice(0, 100));
  await says(taker, 'it is damaged');
  await drop('stowage-host.json', file.replace('"version":1', '"version":7'));
  await says(taker, 'made by a newer Stowage (version 7');
  await taker.focusTerminal();
  expect(await taker.run('ls')).toBe('mine');

  // A file for the host.
  await drop('brought.txt', 'from outside\n');
  await says(taker, '/root/brought.txt');
  await taker.focusTerminal();
  expect(await taker.run('cat brought.txt')).toBe('from outside');
  await drop('stowage-host.json', file);
  await says(taker, 'This host came from stowage-host.json');
  await taker.focusTerminal();
  expect(await taker.run('docker volume ls -q')).toBe('given');
  expect(taker.problems).toEqual([]);
  await taker.context.close();
});

it('edit FILE opens an editor, by keyboard alone', async () => {
  const learner = await begin();
  const { page } = learner;
  await learner.type('edit notes.md');
  await page.locator('file-editor textarea').waitFor();
  await expect.poll(() => page.evaluate(() => document.querySelector('stowage-app')!.shadowRoot!.querySelector('file-editor')?.shadowRoot!.activeElement?.localName)).toBe('textarea');
  await page.keyboard.type('one line\n');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('file-editor .foot').innerText()).toContain('It is not saved');
  await page.keyboard.press('Control+s');
  await expect.poll(() => page.locator('file-editor .foot').innerText()).toContain('Saved');
  await page.keyboard.press('Escape');
  await learner.focusTerminal();
  expect(await learner.run('cat notes.md')).toBe('one line');
  expect(learner.problems).toEqual([]);
  await learner.context.close();
});
