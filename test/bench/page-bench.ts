// The page against the floor: bytes before the prompt, time to a prompt, and a keystroke's echo.

import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { launchChromium } from '../browser/chromium.ts';
import { buildPage, servePage, type ServedPage } from './pages.ts';

const ROUNDS = 7;
const PROMPT = 'root@docker-host:~# ';

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Runs in the page: resolves once a row of the terminal shows the text. Shadow roots are looked into. */
const waitForText = (text: string): Promise<number> =>
  new Promise((resolve) => {
    const rows = (root: ParentNode): Element[] => [...root.querySelectorAll('*')].flatMap((element) => [
      ...(element.classList.contains('xterm-rows') ? [element] : []), ...(element.shadowRoot ? rows(element.shadowRoot) : []),
    ]);
    const look = (): void => {
      if (rows(document).some((row) => row.textContent!.replaceAll('\u00a0', ' ').includes(text.trimEnd()))) resolve(performance.now());
      else requestAnimationFrame(look);
    };
    look();
  });

async function load(browser: Browser, served: ServedPage, slowdown: number): Promise<{ bytes: number; ms: number; echo: number }> {
  const context = await browser.newContext();
  // What the compiler of these scripts wraps functions in.
  await context.addInitScript('globalThis.__name = (value) => value');
  const page: Page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  served.takeBytes();
  await page.goto(served.url, { waitUntil: 'commit' });
  const ms = await page.evaluate(waitForText, PROMPT);
  const bytes = served.takeBytes(await page.evaluate((at) => performance.timeOrigin + at, ms));
  await page.waitForTimeout(200);
  const echo: number[] = [];
  await page.evaluate(() => {
    const find = (root: ParentNode): HTMLElement | undefined => {
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        if (element.matches('textarea.xterm-helper-textarea')) return element;
        const inner = element.shadowRoot && find(element.shadowRoot);
        if (inner) return inner;
      }
      return undefined;
    };
    find(document)!.focus();
  });
  for (const letter of ['x', 'xy', 'xyz', 'xyzx', 'xyzxy']) {
    const begun = await page.evaluate(() => performance.now());
    const seen = page.evaluate(waitForText, PROMPT + letter);
    await page.keyboard.type(letter.at(-1)!);
    echo.push((await seen) - begun);
  }
  await context.close();
  return { bytes, ms, echo: median(echo) };
}

export async function benchPage(): Promise<void> {
  const root = join(import.meta.dirname, '../..');
  const [floor, stowage] = await Promise.all([
    buildPage(join(import.meta.dirname, 'floor'), false).then(servePage),
    buildPage(root, join(root, 'vite.config.ts')).then(servePage),
  ]);
  const browser = await launchChromium();
  try {
    for (const slowdown of [1, 4]) {
      const of = { floor: [] as Awaited<ReturnType<typeof load>>[], stowage: [] as Awaited<ReturnType<typeof load>>[] };
      for (let round = 0; round < ROUNDS; round++) {
        of.floor.push(await load(browser, floor, slowdown));
        of.stowage.push(await load(browser, stowage, slowdown));
      }
      const ms = (name: keyof typeof of): number => median(of[name].map((run) => run.ms));
      const echo = (name: keyof typeof of): number => median(of[name].map((run) => run.echo));
      if (slowdown === 1) {
        console.log(`bytes before the prompt (gzip)   ${(median(of.stowage.map((run) => run.bytes)) / 1000).toFixed(1)} kB   floor ${(median(of.floor.map((run) => run.bytes)) / 1000).toFixed(1)} kB   target ≤ 220 kB`);
      }
      console.log(`prompt, CPU ${slowdown}×                   ${ms('stowage').toFixed(0)} ms   floor ${ms('floor').toFixed(0)} ms   ratio ${(ms('stowage') / ms('floor')).toFixed(2)}   target ≤ 1.5`);
      console.log(`key to screen, CPU ${slowdown}×            ${echo('stowage').toFixed(1)} ms   floor ${echo('floor').toFixed(1)} ms`);
    }
  } finally {
    await browser.close();
    floor.close();
    stowage.close();
  }
}
