// axe finds nothing, on any view, in any colours.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { Learner } from './open-page.ts';
import { usePage } from './use-page.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const served = usePage();

interface Axe {
  run(options: unknown): Promise<{ violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary: string }[] }[] }>;
}

async function findings({ page }: Learner): Promise<string[]> {
  await page.evaluate(`globalThis.axe ?? (0, function () { ${AXE} }).call(globalThis)`);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.slice(0, 5).map(({ target, failureSummary }) => `${id}: ${target.flat().join(' > ')}: ${failureSummary.split('\n').slice(1).join(' ').trim()}`));
  });
}

async function open(size: { width: number; height: number }, theme: string, contrast = 'auto'): Promise<Learner> {
  // Colours are judged as they stay: nothing is on its way in or out.
  const learner = await Learner.open(served, size, { reducedMotion: 'reduce' });
  await learner.page.evaluate((settings) => localStorage.setItem('stowage-settings', JSON.stringify(settings)), { theme, contrast });
  await learner.page.reload();
  await learner.prompt();
  await learner.page.getByText('None now').first().waitFor({ state: 'attached' });
  return learner;
}

const WIDE = { width: 1440, height: 900 };

async function work(learner: Learner): Promise<void> {
  await learner.focusTerminal();
  await learner.run('docker run -d --name notes1 -v notes-data:/data --tmpfs /run -v /srv:/srv:ro notes');
  await learner.run('docker exec notes1 add "buy milk"; docker exec notes1 rm /usr/local/bin/notes; docker run busybox rm /etc/group; ls --color=always -l / /nowhere');
  await learner.page.getByText('1 of 3 tasks').first().waitFor();
}

describe('axe', () => {
  it('finds nothing on any view of a wide page', async () => {
    const learner = await open(WIDE, 'light');
    const { page } = learner;
    const found: Record<string, string[]> = {};
    const look = async (view: string): Promise<void> => {
      const problems = await findings(learner);
      if (problems.length) found[view] = problems;
    };
    await look('the first visit');
    await work(learner);
    const hint = page.locator('task-block').getByRole('button', { name: /^(Hint|Another hint)/ });
    while (await hint.count()) await hint.first().click();
    await page.getByRole('button', { name: 'New terminal' }).click();
    await page.getByRole('tab', { name: 'Terminal 2' }).waitFor();
    await learner.prompt();
    await look('at work');
    for (const panel of ['Commands', 'Settings', 'Help']) {
      await page.getByRole('button', { name: panel, exact: true }).click();
      await page.getByRole('dialog').waitFor();
      if (panel === 'Settings') await page.getByRole('button', { name: 'Erase my data' }).click();
      await look(panel);
      await page.keyboard.press('Escape');
    }
    await page.getByRole('button', { name: 'All lessons' }).click();
    await page.getByRole('dialog').waitFor();
    await look('the list of lessons');
    await page.getByRole('button', { name: /^Begin: / }).click();
    await page.getByRole('button', { name: 'I have said it' }).click();
    await page.getByRole('button', { name: 'Read the answer without the proof' }).click();
    await page.getByText('And then they ask').waitFor();
    await look('a drill');
    expect(found).toEqual({});
    expect(learner.problems).toEqual([]);
    await learner.context.close();
  });

  it.each([['dark', 'auto'], ['light', 'more'], ['dark', 'more']])('finds nothing %s, contrast %s', async (theme, contrast) => {
    const learner = await open(WIDE, theme, contrast);
    const { page } = learner;
    await work(learner);
    expect(await findings(learner)).toEqual([]);
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('dialog').waitFor();
    expect(await findings(learner)).toEqual([]);
    await learner.context.close();
  });

  it.each(['light', 'dark'])('finds nothing on a narrow page, %s', async (theme) => {
    const learner = await open({ width: 360, height: 740 }, theme);
    const { page } = learner;
    const go = (part: string): Promise<void> => page.getByRole('navigation', { name: 'Parts of the page' }).getByRole('button', { name: part }).click();
    await go('Terminal');
    await learner.run('docker run -d --name notes1 -v notes-data:/data --tmpfs /run -v /srv:/srv:ro notes');
    for (const part of ['Terminal', 'Picture', 'Lesson']) {
      await go(part);
      expect([part, await findings(learner)]).toEqual([part, []]);
    }
    await learner.context.close();
  });

  it.each(['outlive-your-container', 'five-places', 'numbers-not-names'])('finds nothing in the lesson %s', async (lesson) => {
    const learner = await open(WIDE, 'light');
    const { page } = learner;
    await page.evaluate((id) => document.querySelector('stowage-app')!.shadowRoot!.dispatchEvent(new CustomEvent('open-lesson', { detail: { id } })), lesson);
    await page.getByText(/^0 of \d tasks/).first().waitFor();
    await learner.prompt();
    expect(await findings(learner)).toEqual([]);
    await learner.context.close();
  });
});
