// Offline and private: the page goes on without its server, takes a newer one only when asked, and talks to nobody else.

import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtPage, serveFolder } from './built-page.ts';
import { Learner } from './open-page.ts';
import { usePage } from './use-page.ts';

const served = usePage();

const open = async (url = served.url): Promise<Learner> => {
  const learner = await Learner.open({ ...served, url });
  await learner.prompt();
  await learner.focusTerminal();
  return learner;
};
const kept = (learner: Learner): Promise<unknown> => learner.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));

describe('offline and private', () => {
  it('goes on without a network in the middle of a lesson', async () => {
    const server = await serveFolder(await builtPage(), '/deep/er/');
    const learner = await open(server.url);
    const { page } = learner;
    await learner.run('docker run -d --name notes1 -v notes-data:/data notes');
    await learner.run('docker exec notes1 add "buy milk"');
    await page.getByText('1 of 3 tasks').first().waitFor();
    await kept(learner);
    await learner.saved();
    await server.close();
    await page.reload();
    await page.getByText('1 of 3 tasks').first().waitFor();
    await learner.prompt();
    await learner.focusTerminal();
    await learner.run('docker rm -f notes1');
    await page.getByText('2 of 3 tasks').first().waitFor();
    await learner.run('docker run --rm -v notes-data:/mnt busybox cat /mnt/notes.txt');
    await page.getByText('all tasks of this lesson are solved').first().waitFor();
    // What was never opened while there was a network is there too.
    await page.getByRole('button', { name: 'Help', exact: true }).click();
    await page.getByRole('heading', { name: 'What is simulated' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Next: / }).click();
    await page.getByText('0 of').first().waitFor();
    expect(learner.elsewhere).toEqual([]);
    await learner.context.close();
  });

  it('offers a newer page, and takes it only when it is asked for', async () => {
    const old = await builtPage();
    const server = await serveFolder(old);
    const learner = await open(server.url);
    const { page } = learner;
    await learner.run('docker run -d --name notes1 -v notes-data:/data notes');
    await learner.run('docker exec notes1 add "buy milk"');
    await page.getByText('1 of 3 tasks').first().waitFor();
    await kept(learner);
    const newer = mkdtempSync(join(tmpdir(), 'stowage-newer-'));
    cpSync(old, newer, { recursive: true });
    for (const [file, from, to] of [['index.html', '<title>Stowage', '<title>Newer Stowage'], ['sw.js', /[0-9a-f]{12}/, 'aaaaaaaaaaaa']] as const) {
      writeFileSync(join(newer, file), readFileSync(join(newer, file), 'utf8').replace(from, to));
    }
    server.folder = newer;
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    const load = page.getByRole('button', { name: 'Load it now' });
    await load.waitFor();
    // Until then the old page has all that it needs.
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.title()).toMatch(/^Stowage/);
    await learner.focusTerminal();
    await learner.run('echo last words > words');
    await load.click();
    await page.waitForFunction(() => document.title.startsWith('Newer'));
    await learner.prompt();
    await page.getByText('1 of 3 tasks').first().waitFor();
    await learner.focusTerminal();
    expect(await learner.run('cat words; docker exec notes1 list')).toMatch(/last words[^]*buy milk/);
    expect(learner.problems).toEqual([]);
    await learner.context.close();
    await server.close();
  });

  it('may not talk to another origin, nor run a script that is written into it', async () => {
    const learner = await open();
    const { page } = learner;
    const refused = await page.evaluate(async () => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
      await fetch('http://127.0.0.1:9/').catch(() => undefined);
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken"';
      document.body.append(script);
      const image = new Image();
      image.src = 'http://127.0.0.1:9/pixel.png';
      await new Promise((resolve) => setTimeout(resolve, 200));
      return { violations, title: document.title };
    });
    expect(refused.violations.toSorted()).toEqual(['connect-src', 'img-src', 'script-src-elem']);
    expect(refused.title).not.toBe('taken');
    await learner.context.close();
  });

  it('can be installed', async () => {
    const learner = await open();
    const manifest = await learner.page.evaluate(async () => {
      const link = document.querySelector<HTMLLinkElement>('link[rel="manifest"]')!;
      const value = await (await fetch(link.href)).json() as { start_url: string; icons: { src: string }[] };
      const icons = await Promise.all(value.icons.map(async ({ src }) => (await fetch(new URL(src, link.href))).ok));
      return { start: new URL(value.start_url, link.href).href, icons };
    });
    expect(manifest).toEqual({ start: served.url, icons: [true, true, true, true] });
    await learner.context.close();
  });

  it('erases everything when it is told to', async () => {
    const learner = await open();
    const { page } = learner;
    await learner.run('docker volume create secret');
    await kept(learner);
    await learner.saved();
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByLabel('Dark').check();
    await page.getByRole('button', { name: 'Erase my data' }).click();
    // What the page kept, seen from a page of the same origin that is not Stowage.
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Erase everything now' }).click()]);
    await learner.prompt();
    expect(await page.evaluate(() => localStorage.getItem('stowage-settings'))).toBeNull();
    await learner.focusTerminal();
    expect(await learner.run('docker volume ls -q')).toBe('');
    await learner.context.close();
  });
});
