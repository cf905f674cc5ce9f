// The timeline in a real browser, by keyboard alone: undo and redo from inside the terminal, a jump, a branch, and all of it after a reload.

import { expect, it } from 'vitest';
import { Learner } from './open-page.ts';
import { usePage } from './use-page.ts';

const served = usePage();

const count = (learner: Learner): Promise<string> => learner.page.locator('time-line .count').innerText();

async function counts(learner: Learner, text: string): Promise<void> {
  await expect.poll(() => count(learner)).toBe(text);
}

it('goes back, on, and another way, and remembers it', async () => {
  const learner = await Learner.open(served);
  const { page } = learner;
  await learner.prompt();
  await learner.focusTerminal();
  for (const command of ['docker volume create first', 'docker run --rm -v first:/d busybox touch /d/f', 'docker volume create second']) await learner.run(command);
  await counts(learner, '3 steps');
  // In the middle of a program, and with a letter typed.
  await learner.type('sleep 1000');
  await counts(learner, '4 steps');
  await page.keyboard.press('Alt+Shift+KeyZ');
  await counts(learner, '3 of 4');
  expect(await learner.prompt()).not.toContain('sleep');
  await page.keyboard.press('Alt+Shift+KeyZ');
  await counts(learner, '2 of 4');
  const screen = await learner.prompt();
  expect(screen).toContain('touch /d/f');
  expect(screen).not.toContain('second');
  expect(await learner.run('docker volume ls -q')).toBe('first');
  // The way that was left is a branch now.
  await counts(learner, '3 steps');
  await page.keyboard.press('F1');
  await page.locator('command-palette dialog[open]').waitFor();
  await page.keyboard.type('what each has changed');
  await page.keyboard.press('Enter');
  const panel = page.locator('time-line .panel');
  await expect.poll(() => panel.innerText()).toContain('Another way, from behind step 2');
  expect(await panel.innerText()).toContain('volume first/f');
  // The last step of the branch: `sleep` runs there.
  await panel.locator('.step').last().click();
  await counts(learner, '4 steps');
  await learner.until((text) => text.trimEnd().endsWith('sleep 1000'));
  await learner.reload();
  await learner.until((text) => text.trimEnd().endsWith('sleep 1000'));
  await counts(learner, '4 steps');
  await learner.focusTerminal();
  await page.keyboard.press('Control+c');
  await learner.prompt();
  expect(await learner.run('docker volume ls -q')).toBe('first\nsecond');
  expect(learner.problems).toEqual([]);
  await learner.context.close();
});

it('hears the host it has come back to once, and the one it has left no more', async () => {
  const learner = await Learner.open(served);
  const { page } = learner;
  await learner.prompt();
  await learner.focusTerminal();
  for (const [index, text] of ['one', 'two', 'three'].entries()) {
    await learner.run(`echo ${text}`);
    await counts(learner, `${index + 1} step${index ? 's' : ''}`);
  }
  for (const [key, at] of [['Z', '2 of 3'], ['Y', '3 steps'], ['Z', '2 of 3'], ['Y', '3 steps']]) {
    await page.keyboard.press(`Alt+Shift+Key${key}`);
    await counts(learner, at!);
  }
  const before = await learner.prompt();
  expect(await learner.run('echo four')).toBe('four');
  await page.keyboard.press('Alt+Shift+KeyZ');
  await counts(learner, '3 of 4');
  await page.keyboard.press('Alt+Shift+KeyZ');
  await counts(learner, '2 of 4');
  // Meanwhile those hosts are brought to where somebody may go next.
  await page.waitForTimeout(1500);
  expect(await learner.prompt()).toBe(before.slice(0, before.lastIndexOf(' echo three')).trimEnd());
  await learner.context.close();
});

it('leaves Ctrl-Z to the shell', async () => {
  const learner = await Learner.open(served);
  await learner.prompt();
  await learner.focusTerminal();
  // Before it runs, Ctrl-Z would stop nothing.
  await learner.type("sh -c 'echo runs; exec sleep 1000'");
  await learner.until((screen) => screen.trimEnd().endsWith('\nruns'));
  await learner.page.keyboard.press('Control+z');
  expect(await learner.until((screen) => screen.includes('Stopped'))).toContain('sleep 1000');
  await learner.context.close();
});
