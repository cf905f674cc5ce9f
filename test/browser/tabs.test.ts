// Two tabs do not overwrite each other; several terminals on one host.

import { describe, expect, it } from 'vitest';
import { Learner } from './open-page.ts';
import { atPrompt, usePage } from './use-page.ts';

const served = usePage();

const open = (): Promise<Learner> => atPrompt(served);
const again = async (learner: Learner): Promise<void> => {
  await learner.page.reload();
  await learner.prompt();
  await learner.focusTerminal();
};

describe('tabs', () => {
  it('keeps the work of one tab, and lets another take it over', async () => {
    const one = await open();
    await one.run('docker volume create first');
    await one.saved();
    const two = new Learner(one.context, await one.context.newPage(), served.url);
    await two.page.goto(served.url);
    await two.page.getByText('Stowage is open in another tab').waitFor();
    await two.prompt();
    await two.focusTerminal();
    expect(await two.run('docker volume ls -q')).toBe('first');
    await two.run('docker volume create second');
    await two.saved();
    await again(one);
    expect(await one.run('docker volume ls -q')).toBe('first');
    await one.run('docker volume create third');

    await Promise.all([two.page.waitForEvent('load'), two.page.getByRole('button', { name: 'Use this tab' }).click()]);
    await one.page.getByText('goes on in another tab').waitFor();
    await two.prompt();
    await two.focusTerminal();
    expect((await two.run('docker volume ls -q')).split('\n')).toEqual(['first', 'third']);
    await two.run('docker volume create fourth');
    await one.run('docker volume create lost');
    await one.saved();
    await two.saved();
    await again(two);
    expect((await two.run('docker volume ls -q')).split('\n')).toEqual(['first', 'fourth', 'third']);
    expect(await two.page.getByText('in another tab').count()).toBe(0);
    expect([...one.problems, ...two.problems]).toEqual([]);
    await one.context.close();
  });

  it('has several terminals on one host, and has them again after a reload', async () => {
    const learner = await open();
    const { page } = learner;
    await learner.run('echo from the first > /tmp/word');
    await page.getByRole('button', { name: 'New terminal' }).click();
    await page.getByRole('tab', { name: 'Terminal 2' }).waitFor();
    await learner.prompt();
    expect(await learner.run('cat /tmp/word; tty')).toMatch(/from the first\s+\/dev\/pts\/1/);
    await learner.type('sleep 1000');
    await page.getByRole('tab', { name: 'Terminal 1' }).click();
    await learner.until((screen) => screen.includes('echo from the first'));
    expect(await learner.run('pgrep sleep | wc -l')).toBe('1');
    await learner.reload();
    await page.getByRole('tab', { name: 'Terminal 2' }).click();
    await learner.until((screen) => screen.includes('sleep 1000'));
    await page.keyboard.press('Control+c');
    await learner.prompt();
    await learner.type('exit');
    await page.getByRole('tab', { name: 'Terminal 2' }).waitFor({ state: 'detached' });
    // The shell of the last one is followed by another.
    await learner.type('exit');
    await learner.until((screen) => /^root@docker-host:~#$/.test(screen.trim()));
    expect(await learner.run('cat /tmp/word')).toBe('from the first');
    expect(learner.problems).toEqual([]);
    await learner.context.close();
  });
});
