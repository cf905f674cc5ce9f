// The picture in the page: it moves with each command, is reached by keyboard, has a table, and can be saved.

import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright';
import { describe, expect, it } from 'vitest';
import { Learner } from './open-page.ts';
import { usePage } from './use-page.ts';

const served = usePage();

const open = async (size?: { width: number; height: number }): Promise<Learner> => {
  const learner = await Learner.open(served, size);
  await learner.prompt();
  await learner.page.locator('storage-picture svg.drawing').waitFor({ state: 'attached' });
  if (!size || size.width > 800) await learner.focusTerminal();
  return learner;
};

const thing = (learner: Learner, name: RegExp | string): Locator => learner.page.locator('storage-picture').getByRole('button', { name });

describe('the picture', () => {
  it('tells the story of a volume that outlives its containers', async () => {
    const learner = await open();
    const { page } = learner;
    await learner.run('docker volume create story');
    await thing(learner, /^Volume story, volume, 0 files, used by no container/).waitFor();
    await learner.run('docker run -d --name writer -v story:/data busybox sh -c "echo kept > /data/f; echo lost > /tmp/g; echo x >> /etc/passwd; rm /bin/vi; sleep 1000"');
    await thing(learner, /^Container writer, running/).waitFor();
    await thing(learner, '/data, volume story').waitFor();
    await thing(learner, /^f “kept”, file/).waitFor();
    await thing(learner, /^etc\/passwd .*copied up from the image/).waitFor();
    await thing(learner, /^bin\/vi .*deleted here, still in the image/).waitFor();
    expect(await page.locator('storage-picture .line.volume').count()).toBe(1);
    await learner.run('docker rm -f writer');
    await thing(learner, /^Volume story, volume, 1 file, used by no container/).waitFor();
    expect(await thing(learner, /^Container writer/).count()).toBe(0);
    // Its layer dissolves, and leaves nothing behind.
    await page.waitForFunction(() => document.querySelector('stowage-app')!.shadowRoot!.querySelector('storage-picture')!.shadowRoot!.querySelector('.ghosts')!.childElementCount === 0);
    await learner.run('docker run -d --name reader -v story:/mnt:ro busybox sleep 1000');
    await thing(learner, '/mnt, volume story, read-only').waitFor();
    expect(await page.locator('storage-picture .line.volume.readonly').count()).toBe(1);
    expect(learner.problems).toEqual([]);
    await learner.context.close();
  });

  it('goes from thing to thing by keyboard, and asks about one', async () => {
    const learner = await open();
    const { page } = learner;
    await learner.run('docker run -d --name web -v data:/data busybox sleep 1000');
    await thing(learner, '/data, volume data').waitFor();
    await page.evaluate(() => document.addEventListener('ask-path', (event) => (document.title = (event as CustomEvent<{ reference: string }>).detail.reference)));
    await page.locator('storage-picture').evaluate((picture) => (picture as HTMLElement).focus());
    const focused = (): Promise<string> => page.evaluate(() => document.querySelector('stowage-app')!.shadowRoot!.querySelector('storage-picture')!.shadowRoot!.activeElement?.getAttribute('aria-label') ?? '');
    await page.keyboard.press('Home');
    expect(await focused()).toMatch(/^Container web, running/);
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('/data, volume data');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.title === 'web:/data');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toMatch(/^Volume data/);
    await page.keyboard.press('ArrowLeft');
    expect(await focused()).toBe('/data, volume data');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('stowage-app')!.shadowRoot!.querySelector('storage-picture')!.shadowRoot!.activeElement?.getAttribute('aria-expanded') === 'false');
    // Exactly one stop for Tab.
    expect(await page.locator('storage-picture svg.drawing [tabindex="0"]').count()).toBe(1);
    await learner.context.close();
  });

  it('is there as tables too', async () => {
    const learner = await open();
    await learner.run('docker run -d --name web -v data:/data --tmpfs /run/x busybox sleep 1000');
    await learner.page.getByRole('button', { name: 'As a table' }).click();
    await learner.page.getByRole('table', { name: 'Containers' }).getByRole('row', { name: /web running busybox .*\/data from volume data/ }).waitFor();
    await learner.page.getByRole('table', { name: 'Where mounts lead' }).getByRole('row', { name: /volume data/ }).waitFor();
    await learner.page.getByRole('table', { name: /^Image layers/ }).waitFor();
    await learner.context.close();
  });

  it('is saved as SVG and as PNG, whole and by themselves', async () => {
    const learner = await open();
    const { page } = learner;
    await learner.run('docker run -d --name web -v data:/data busybox sleep 1000');
    await thing(learner, '/data, volume data').waitFor();
    const save = async (format: string): Promise<Buffer> => {
      await page.getByRole('button', { name: 'Save the picture' }).click();
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: `Save as ${format}` }).click()]);
      expect(download.suggestedFilename()).toBe(`stowage-picture.${format.toLowerCase()}`);
      return readFileSync(await download.path());
    };
    const svg = (await save('SVG')).toString();
    expect(svg).toMatch(/^<svg[^>]* xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain('>web</text>');
    expect(svg).not.toMatch(/var\(--|data-key|tabindex|<!--/);
    const viewer = await learner.context.newPage();
    await viewer.setContent(svg);
    expect(await viewer.locator('svg text', { hasText: /^\/data$/ }).evaluate((text) => getComputedStyle(text).fontSize)).toBe('12.5px');
    const png = await save('PNG');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThan(800);
    expect(learner.problems).toEqual([]);
    await learner.context.close();
  });

  it('keeps still for who wants it still', async () => {
    const learner = await open();
    await learner.page.emulateMedia({ reducedMotion: 'reduce' });
    await learner.run('docker run -d --name web -v data:/data busybox sleep 1000');
    await thing(learner, '/data, volume data').waitFor();
    expect(await learner.page.locator('storage-picture').evaluate((picture) => picture.shadowRoot!.getAnimations().length)).toBe(0);
    await learner.context.close();
  });

  it('finds its way at 360 pixels', async () => {
    const learner = await open({ width: 360, height: 640 });
    await learner.page.getByRole('button', { name: 'Picture', exact: true }).click();
    const view = learner.page.locator('storage-picture .view');
    await view.waitFor();
    await expect.poll(() => view.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    await learner.context.close();
  });
});
