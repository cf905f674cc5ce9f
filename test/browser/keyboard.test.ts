// By keyboard alone, with a way out of the terminal; and what a screen reader is told, once each.

import { describe, expect, it } from 'vitest';
import { Learner } from './open-page.ts';
import { usePage } from './use-page.ts';

const served = usePage();

const open = async (): Promise<Learner> => {
  const learner = await Learner.open(served);
  await learner.prompt();
  await learner.page.getByText('None now').first().waitFor();
  return learner;
};

/** What has the focus: its tag, and its label or text. */
const focused = (learner: Learner): Promise<{ tag: string; name: string; part: string }> => learner.page.evaluate(() => {
  let at = document.activeElement, part = '';
  for (;;) {
    part = at?.closest('section[aria-label]')?.getAttribute('aria-label') ?? part;
    if (!at?.shadowRoot?.activeElement) break;
    at = at.shadowRoot.activeElement;
  }
  const label = at?.closest('label')?.textContent;
  const legend = at?.closest('fieldset')?.querySelector('legend')?.textContent ?? '';
  return { tag: at?.localName ?? '', name: at?.getAttribute('aria-label') ?? (label ? `${legend.trim()}: ${label.trim()}` : at?.textContent?.trim()) ?? '', part };
});

/** Tab, until what is looked for has the focus. */
async function tabTo(learner: Learner, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < 120; step++) {
    const at = await focused(learner);
    if (name.test(at.name)) return;
    passed.push(at.name);
    await learner.page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${name}; it passes ${passed.join(' | ')}`);
}

async function part(learner: Learner, name: string): Promise<void> {
  while ((await focused(learner)).part !== name) {
    await learner.page.keyboard.press('F6');
    await learner.page.waitForTimeout(50);
  }
}

describe('by keyboard', () => {
  it('finishes a lesson and begins the next', async () => {
    const learner = await open();
    const { page } = learner;
    // The way out is told where one needs it.
    expect((await focused(learner)).name).toContain('Press F6 to leave');
    await learner.run('docker run -d --name notes1 -v notes-data:/data notes');
    await learner.run('docker exec notes1 add "buy milk"');
    await page.getByText('1 of 3 tasks').first().waitFor();
    await part(learner, 'Lesson');
    for (const [question, key] of ['ArrowRight', 'ArrowRight', 'Space', 'ArrowRight'].entries()) {
      await tabTo(learner, /: (Yes|No)$/);
      await page.keyboard.press(key === 'Space' ? 'Space' : 'Space');
      if (question < 3) await page.keyboard.press('Tab');
    }
    await tabTo(learner, /^Try it on a copy/);
    await page.keyboard.press('Enter');
    await page.getByText(/\d of 4 right/).first().waitFor();
    await part(learner, 'Terminal');
    await learner.run('docker rm -f notes1');
    await page.getByText('2 of 3 tasks').first().waitFor();
    await part(learner, 'Lesson');
    await tabTo(learner, /^Hint$/);
    await page.keyboard.press('Enter');
    await part(learner, 'Terminal');
    await learner.run('docker run --rm -v notes-data:/mnt busybox cat /mnt/notes.txt');
    await page.getByText('all tasks of this lesson are solved').first().waitFor();
    await part(learner, 'Lesson');
    await tabTo(learner, /^Next: /);
    await page.keyboard.press('Enter');
    await page.getByText(/^0 of \d tasks/).first().waitFor();
    await learner.prompt();
    expect(learner.problems).toEqual([]);
    await learner.context.close();
  });

  it('has the palette open in the moment of F1, the first time too', async () => {
    const learner = await open();
    const opens = await learner.page.evaluate(() => {
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'F1' }));
      const { port1, port2 } = new MessageChannel();
      const next = new Promise<boolean>((resolve) => port1.addEventListener('message', () => resolve(document.querySelector('stowage-app')!.shadowRoot!.querySelector('command-palette')?.shadowRoot!.querySelector('dialog')?.open ?? false)));
      port1.start();
      port2.postMessage(0);
      return next;
    });
    expect(opens).toBe(true);
    await learner.context.close();
  });

  it('does by name whatever the page can do, and gives the focus back', async () => {
    const learner = await open();
    const { page } = learner;
    await page.keyboard.type('echo half a li');
    await page.keyboard.press('F1');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.type('dark');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await page.keyboard.type('ne');
    await page.keyboard.press('Enter');
    await learner.until((screen) => screen.includes('\nhalf a line\n'));
    await page.keyboard.press('F1');
    await page.keyboard.type('new terminal');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Terminal 2' }).waitFor();
    await learner.prompt();
    expect(await learner.run('tty')).toBe('/dev/pts/1');
    await page.keyboard.press('F1');
    await page.keyboard.type('what is simulated');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Help' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await learner.run('echo back')).toBe('back');
    // A colour is remembered.
    await learner.reload();
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await learner.context.close();
  });

  it('goes from part to part, the timeline too, and back in time from there', async () => {
    const learner = await open();
    const { page } = learner;
    await learner.run('docker volume create one');
    await learner.run('docker volume create two');
    const press = async (key: string): Promise<string> => {
      await page.keyboard.press(key);
      await page.waitForTimeout(50);
      const { name, part: where } = await focused(learner);
      return where || name;
    };
    expect(await press('F6')).toBe('After step 2: docker volume create two');
    expect(await press('F6')).toBe('Picture of the host');
    expect(await press('F6')).toBe('Lesson');
    expect(await press('F6')).toBe('Terminal');
    expect(await press('Shift+F6')).toBe('Lesson');
    expect(await press('Shift+F6')).toBe('Picture of the host');
    expect(await press('Shift+F6')).toBe('After step 2: docker volume create two');
    expect(await press('ArrowLeft')).toBe('After step 1: docker volume create one');
    await page.keyboard.press('Enter');
    await page.getByText('1 of 2').first().waitFor();
    expect((await focused(learner)).name).toBe('After step 1: docker volume create one');
    expect(await press('Shift+F6')).toBe('Terminal');
    expect(await learner.run('docker volume ls -q')).toBe('one');
    await learner.context.close();
  });

  it('sizes the panes, and remembers', async () => {
    const learner = await open();
    const { page } = learner;
    const width = (): Promise<number> => page.locator('section.lesson').evaluate((pane) => Math.round(pane.getBoundingClientRect().width));
    const before = await width();
    await page.getByRole('separator', { name: 'Width of the lesson' }).focus();
    for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowRight');
    const after = await width();
    expect(after).toBeGreaterThan(before + 100);
    await learner.reload();
    await learner.prompt();
    expect(await width()).toBe(after);
    await page.getByRole('separator', { name: 'Width of the lesson' }).dblclick();
    expect(await width()).toBe(before);
    const { x, y } = (await page.getByRole('separator', { name: 'Height of the picture' }).boundingBox())!;
    const rows = (): Promise<number> => page.locator('terminal-pane').evaluate((pane) => (pane as unknown as { size: { rows: number } }).size.rows);
    const tall = await rows();
    await page.mouse.move(x + 200, y);
    await page.mouse.down();
    await page.mouse.move(x + 200, y - 120, { steps: 5 });
    await page.mouse.up();
    await page.waitForFunction((least) => (document.querySelector('stowage-app')!.shadowRoot!.querySelector('terminal-pane') as unknown as { size: { rows: number } }).size.rows < least, tall);
    await learner.context.close();
  });

  it('tells a screen reader each thing once', async () => {
    const learner = await open();
    const { page } = learner;
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      const watched = new Set<Node>();
      const isLive = (element: Element | null): boolean => {
        for (let at = element; at; at = at.parentElement) {
          if (at.matches('[role="status"], [role="alert"], [role="log"], [aria-live="polite"], [aria-live="assertive"]')) return true;
        }
        return false;
      };
      const watch = (root: Document | ShadowRoot): void => {
        if (watched.has(root)) return;
        watched.add(root);
        new MutationObserver((changes) => {
          for (const { target, addedNodes } of changes) {
            for (const node of [target, ...addedNodes]) if (node instanceof Element) for (const element of [node, ...node.querySelectorAll('*')]) if (element.shadowRoot) watch(element.shadowRoot);
            const element = target instanceof Element ? target : target.parentElement;
            if (isLive(element)) for (const node of addedNodes.length ? addedNodes : [target]) if (node.textContent!.trim()) heard.push(node.textContent!.trim());
          }
        }).observe(root, { subtree: true, childList: true, characterData: true });
        for (const element of root.querySelectorAll('*')) if (element.shadowRoot) watch(element.shadowRoot);
      };
      watch(document);
    });
    await learner.run('docker run -d --name notes1 -v notes-data:/data notes');
    await learner.run('docker exec notes1 add "buy milk"');
    await page.getByText('1 of 3 tasks').first().waitFor();
    await learner.run('echo only-once');
    await page.waitForTimeout(500);
    const heard = (await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).join('\n');
    expect(heard.split('1 of 3 tasks done').length - 1).toBe(1);
    expect(heard.match(/^only-once/gm)?.length ?? 0).toBe(1);
    await learner.context.close();
  });
});
