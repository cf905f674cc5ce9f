// Asking any path at the page: by keyboard alone and by a click in the picture; what it survives; and the line that tells what typed mounts will be.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Learner } from './open-page.ts';
import { atPrompt, usePage } from './use-page.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const served = usePage();
let learner: Learner;
beforeAll(async () => {
  learner = await atPrompt(served);
  await learner.run("docker run -d --name web -v data:/data --tmpfs /mem myapp && docker exec web sh -c 'echo hello > /data/f; echo m > /mem/f'");
});

async function violations(part: string): Promise<string[]> {
  await learner.page.evaluate(`globalThis.axe ?? (0, function () { ${AXE} }).call(globalThis)`);
  return learner.page.evaluate(async (name) => {
    const { violations } = await (globalThis as unknown as { axe: { run(options: unknown): Promise<{ violations: { id: string; nodes: { target: unknown[]; failureSummary: string }[] }[] }> } }).axe.run({ resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(' > ')} ${failureSummary}`)).filter((text) => text.includes(name));
  }, part);
}

describe('the lens', () => {
  it('says what the typed mounts will be, moves nothing, and goes with the line', async () => {
    const { page } = learner;
    const height = () => page.locator('terminal-pane:not([hidden])').evaluate((pane) => pane.getBoundingClientRect().height);
    const before = await height();
    await page.keyboard.type('docker run -v dat:/x --mount type=bind,src=/nope,dst=/y ');
    const lens = page.locator('mount-lens');
    await lens.getByText('bind source path does not exist: /nope').first().waitFor();
    expect(await height()).toBe(before);
    expect(await violations('mount-lens')).toEqual([]);
    await page.keyboard.press('Control+u');
    await page.keyboard.type('docker run -v data:/app/data myapp');
    await lens.getByText('the volume data, with 1 name in it').waitFor();
    await lens.getByText('hides README of the image').waitFor();
    await page.keyboard.press('Control+u');
    await lens.locator('li').waitFor({ state: 'detached' });
    expect(await height()).toBe(before);
  });
});

describe('the field for a path', () => {
  it('keeps what was chosen when an answer comes late, and forgets it when more is typed', async () => {
    const { page } = learner;
    const answers = (late: boolean) => page.evaluate((isLate) => {
      const { link } = document.querySelector('stowage-app') as unknown as { link: { ask(question: unknown): Promise<unknown>; wait?: Promise<void>; go?: () => void } };
      link.go?.();
      const { prototype } = link.constructor as { prototype: typeof link };
      link.wait = isLate ? new Promise((resolve) => (link.go = resolve)) : Promise.resolve();
      link.ask = (question) => link.wait!.then(() => prototype.ask.call(link, question));
    }, late);
    await page.keyboard.press('F1');
    await page.keyboard.type('ask any');
    await page.keyboard.press('Enter');
    const panel = page.locator('path-panel'), field = panel.getByRole('combobox'), chosen = panel.locator('[aria-selected="true"]');
    await field.waitFor();
    await page.keyboard.type('w');
    await panel.getByRole('option', { name: 'web:/' }).waitFor();
    await answers(true);
    await page.keyboard.type('e');
    await page.keyboard.press('ArrowDown');
    await answers(false);
    await page.waitForTimeout(200);
    expect(await chosen.innerText()).toBe('web:/');
    await answers(true);
    await page.keyboard.type('b');
    await chosen.waitFor({ state: 'detached' });
    await answers(false);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await panel.getByRole('button', { name: 'Ask any path' }).waitFor();
  });
});

describe('ask any path', () => {
  it('is done by keyboard alone, completes, and tries out what the data survive', async () => {
    const { page } = learner;
    await page.keyboard.press('F1');
    await page.keyboard.type('ask any');
    await page.keyboard.press('Enter');
    const panel = page.locator('path-panel');
    await panel.getByRole('combobox').waitFor();
    await page.keyboard.type('we');
    await panel.getByRole('option', { name: 'web:/' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await panel.getByRole('option', { name: 'web:/data/' }).waitFor();
    await page.keyboard.type('data/f');
    await page.keyboard.press('Enter');
    await panel.getByText('the volume data, mounted at /data', { exact: true }).waitFor();
    await panel.getByText('hello', { exact: true }).waitFor();
    await panel.getByRole('button', { name: 'What would it survive?' }).press('Enter');
    await panel.locator('table[aria-busy="false"]').waitFor();
    const row = (name: string) => panel.getByRole('row', { name: new RegExp(`^${name}`) });
    expect(await row('removed by force').innerText()).toMatch(/kept\s+in the volume data/);
    expect(await row('removed, all volumes pruned').innerText()).toContain('lost');
    expect(await row('volume removed').innerText()).toMatch(/refused\s+Error response from daemon: remove data: volume is in use/);
    expect(await panel.locator('survival-table [role=status]').innerText()).toContain('Lost when: container, then volume removed');
    expect(await violations('path-panel')).toEqual([]);
    await page.keyboard.press('Escape');
    await panel.getByRole('button', { name: 'Ask any path' }).waitFor();
  });

  it('is done by a click in the picture, and follows what is done in the terminal', async () => {
    const { page } = learner;
    const panel = page.locator('path-panel');
    await page.evaluate(() => document.querySelector('stowage-app')!.shadowRoot!.querySelector('storage-picture')!
      .dispatchEvent(new CustomEvent('ask-path', { bubbles: true, composed: true, detail: { reference: 'web:/mem/f' } })));
    await panel.getByText('memory (tmpfs), mounted at /mem', { exact: true }).waitFor();
    await learner.focusTerminal();
    await learner.run('docker stop -t 0 web');
    await panel.getByText('its memory at /mem is gone until it starts').waitFor();
    expect(learner.problems).toEqual([]);
  });
});
