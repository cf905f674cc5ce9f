// On a phone: 360 CSS pixels, taps, and a bar of keys. The same widths are a desktop at 200 % and 400 %.

import { describe, expect, it } from 'vitest';
import { Learner } from './open-page.ts';
import { usePage } from './use-page.ts';

const served = usePage();

const PHONE = { width: 360, height: 740 };
const open = async (size = PHONE): Promise<Learner> => {
  const learner = await Learner.open(served, size, { hasTouch: true, isMobile: true });
  await learner.prompt();
  return learner;
};
const go = (learner: Learner, part: 'Lesson' | 'Terminal' | 'Picture'): Promise<void> =>
  learner.page.getByRole('navigation', { name: 'Parts of the page' }).getByRole('button', { name: part }).tap();
/** What reaches out of the window without being inside something that scrolls. */
const sticksOut = (learner: Learner): Promise<string[]> => learner.page.evaluate(() => {
  const out: string[] = [];
  const look = (root: ParentNode): void => {
    for (const element of root.children) {
      const { display, visibility, overflowX } = getComputedStyle(element);
      if (display === 'none' || (visibility === 'hidden' && !element.shadowRoot)) continue;
      const { right, left, width } = element.getBoundingClientRect();
      if (width > 0 && display !== 'contents' && (right > innerWidth + 1 || left < -1)) out.push(`${element.localName}.${element.getAttribute('class') ?? ''} ${Math.round(left)} to ${Math.round(right)}`);
      else if (!/auto|scroll|hidden|clip/.test(overflowX)) look(element.shadowRoot ?? element);
    }
  };
  look(document.body);
  return out;
});

describe('a narrow page', () => {
  it('finishes a lesson with taps alone', async () => {
    const learner = await open();
    const { page } = learner;
    for (const done of [1, 2, 3]) {
      const hint = page.locator('task-block').getByRole('button', { name: /^(Hint|Another hint)/ });
      await page.locator('task-block').getByRole('button', { name: /hint|run/i }).first().waitFor();
      while (await hint.count()) await hint.first().tap();
      await page.getByRole('button', { name: /^Run th/ }).tap();
      // The terminal has come to the front.
      await page.getByRole('button', { name: 'Enter' }).waitFor();
      if (done < 3) await page.getByText(`${done} of 3 tasks`).first().waitFor({ state: 'attached' });
      else await page.getByText('all tasks of this lesson are solved').first().waitFor({ state: 'attached' });
      await go(learner, 'Lesson');
    }
    await page.getByRole('button', { name: /^Next: / }).tap();
    await page.getByText(/^0 of \d tasks/).first().waitFor();
    expect(learner.problems).toEqual([]);
    await learner.context.close();
  });

  it('has the keys that a phone lacks', async () => {
    const learner = await open();
    const { page } = learner;
    const tap = (name: string): Promise<void> => page.getByRole('toolbar', { name: 'Keys for the terminal' }).getByRole('button', { name, exact: true }).tap();
    await go(learner, 'Terminal');
    await page.keyboard.type('docker vol');
    await tap('Tab');
    await learner.until((screen) => screen.trimEnd().endsWith('docker volume'));
    await page.keyboard.type('ls ');
    await tap('Hyphen');
    await page.keyboard.type('q ');
    await tap('Pipe');
    await page.keyboard.type(' wc ');
    await tap('Hyphen');
    await page.keyboard.type('l; echo ');
    await tap('Tilde');
    await tap('Enter');
    await learner.until((screen) => screen.includes('\n0\n/root\n'));
    await tap('Up: the command before');
    await learner.until((screen) => screen.replaceAll('\n', '').trimEnd().endsWith('docker volume ls -q | wc -l; echo ~'));
    await tap('Ctrl');
    await page.keyboard.type('u');
    await learner.prompt();
    await page.keyboard.type('sleep 1000');
    await tap('Enter');
    await tap('Ctrl');
    await page.keyboard.type('c');
    await learner.until((screen) => screen.includes('^C'));
    await learner.prompt();
    expect(learner.problems).toEqual([]);
    await learner.context.close();
  });

  it.each([[360, 740], [320, 480], [640, 400], [720, 450]])('nothing sticks out at %i × %i', async (width, height) => {
    const learner = await open({ width, height });
    const { page } = learner;
    await go(learner, 'Terminal');
    await learner.run('docker run -d --name notes-of-a-rather-long-name -v notes-data:/data --tmpfs /run -v /srv:/srv:ro notes');
    for (const part of ['Lesson', 'Terminal', 'Picture'] as const) {
      await go(learner, part);
      expect([part, await sticksOut(learner)]).toEqual([part, []]);
    }
    for (const panel of ['Commands', 'Settings', 'Help']) {
      await page.getByRole('button', { name: panel, exact: true }).tap();
      await page.getByRole('dialog').waitFor();
      expect([panel, await sticksOut(learner)]).toEqual([panel, []]);
      await page.keyboard.press('Escape');
    }
    // There is room for a few lines whatever the size.
    expect(await page.locator('terminal-pane').evaluate((pane) => (pane as unknown as { size: { rows: number } }).size.rows)).toBeGreaterThanOrEqual(4);
    await learner.context.close();
  });
});
