// From the undo key to the picture: when its drawing has changed, and the frame that shows it.

import { join } from 'node:path';
import type { Page } from 'playwright';
import { launchChromium } from '../browser/chromium.ts';
import { median } from './measure.ts';
import { buildPage, servePage } from './pages.ts';

const root = join(import.meta.dirname, '../..');
const STEPS = 8;

const HOSTS: readonly [string, readonly string[]][] = [
  ['1 container', ['docker run -d --name web busybox sleep 1000000']],
  ['20 containers', ['for i in $(seq 20); do docker run -d --name web$i -v data$i:/data busybox sleep 1000000; done']],
  ['10,000 files', ['mkdir files; for i in $(seq 10000); do echo $i > files/$i; done']],
];

/** Runs in the page. */
interface Watched {
  /** ms from the key until the drawing was another one, and until that was on the screen. */
  readonly undone: Promise<readonly [number, number]>;
}

async function undo(page: Page): Promise<readonly [number, number]> {
  await page.evaluate(() => {
    const picture = document.querySelector('stowage-app')!.shadowRoot!.querySelector('storage-picture')!.shadowRoot!;
    const undone = new Promise<readonly [number, number]>((resolve) => {
      addEventListener('keydown', function pressedKey({ code }) {
        if (code !== 'KeyZ') return;
        removeEventListener('keydown', pressedKey, { capture: true });
        const pressed = performance.now();
        const observer = new MutationObserver(() => {
          observer.disconnect();
          const changed = performance.now() - pressed;
          requestAnimationFrame(() => setTimeout(() => resolve([changed, performance.now() - pressed])));
        });
        observer.observe(picture.querySelector('svg.drawing')!, { subtree: true, childList: true, characterData: true });
      }, { capture: true });
    });
    Object.assign(globalThis, { watched: { undone } });
  });
  await page.keyboard.press('Alt+Shift+Z');
  return page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched.undone);
}

export async function benchUndo(): Promise<void> {
  const served = await servePage(await buildPage(root, join(root, 'vite.config.ts')));
  const browser = await launchChromium();
  try {
    for (const [what, commands] of HOSTS) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.goto(served.url);
      await page.getByText('None now').first().waitFor();
      const run = async (command: string, step: number): Promise<void> => {
        await page.locator('terminal-pane').click();
        await page.keyboard.type(`${command}\r`);
        await page.getByText(`${step} step${step === 1 ? '' : 's'}`, { exact: true }).first().waitFor({ timeout: 300_000 });
        await page.waitForTimeout(400);
      };
      let step = 0;
      for (const command of commands) await run(command, ++step);
      for (let i = 0; i < STEPS; i++) await run(`touch a${i}`, ++step);
      // As a person pauses, here and to look at each step: hosts are made ready meanwhile.
      await page.waitForTimeout(10_000);
      const times: (readonly [number, number])[] = [];
      for (let i = 0; i < STEPS; i++) {
        times.push(await undo(page));
        await page.waitForTimeout(3_000);
      }
      const told = (values: readonly number[]): string => `${median(values).toFixed(1)} ms, most ${Math.max(...values).toFixed(1)} ms`;
      console.log(`${`undo key to the picture, ${what}`.padEnd(42)}${told(times.map(([changed]) => changed)).padEnd(28)}   painted ${told(times.map(([, painted]) => painted)).padEnd(28)}target ≤ 16 ms`);
      await context.close();
    }
  } finally {
    await browser.close();
    served.close();
  }
}
