// The page against the floor: bytes before the prompt, time to a prompt on a first and on a later visit, a keystroke's echo, and memory.

import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { launchChromium } from '../browser/chromium.ts';
import { median } from './measure.ts';
import { memoryAfterCommands } from './page-memory.ts';
import { buildPage, servePage, type Network, type ServedPage } from './pages.ts';

const PROMPT = 'root@docker-host:~# ';

interface Profile {
  readonly name: string;
  /** How much slower than this machine. */
  readonly slowdown: number;
  readonly network?: Network;
  readonly rounds: number;
  /** Ratios to the floor: on a first visit, on a later one. */
  readonly target: number;
}

const PROFILES: readonly Profile[] = [
  { name: 'no throttle', slowdown: 1, rounds: 7, target: 1.4 },
  { name: 'CPU 4×', slowdown: 4, rounds: 7, target: 1.4 },
  { name: 'Fast 4G, CPU 4×', slowdown: 4, network: { latency: 165, bytesPerSecond: 1_000_000 }, rounds: 5, target: 1.5 },
  { name: 'Slow 4G, CPU 4×', slowdown: 4, network: { latency: 562, bytesPerSecond: 180_000 }, rounds: 5, target: 1.5 },
];

/** Runs in the page from its very beginning: `seen(text)` resolves, in page time, in the frame in which a row of the terminal shows it. */
const WATCH = `(() => {
  let rows;
  const find = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.classList.contains('xterm-rows')) return element;
      const inner = element.shadowRoot && find(element.shadowRoot);
      if (inner) return inner;
    }
  };
  globalThis.seen = (text) => new Promise((resolve) => {
    const look = () => {
      rows ??= find(document);
      if (rows?.textContent.replaceAll('\\u00a0', ' ').includes(text.trimEnd())) resolve(performance.now());
      else requestAnimationFrame(look);
    };
    look();
  });
  globalThis.prompted = globalThis.seen(${JSON.stringify(PROMPT)});
})()`;

interface Watched {
  seen(text: string): Promise<number>;
  readonly prompted: Promise<number>;
}

/** Nothing is asked of the page until it has surely shown its prompt: a question in between would be measured too. */
const LONG = 1_000;

async function openPage(context: BrowserContext, served: ServedPage, { slowdown, network }: Profile): Promise<{ page: Page; ms: number }> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  served.network = network;
  await page.goto(served.url, { waitUntil: 'commit' });
  await page.waitForTimeout(network ? 3 * LONG : LONG);
  return { page, ms: await page.evaluate(() => (globalThis as unknown as Watched).prompted) };
}

/** ms from a key to its letter on the screen. */
async function echo(page: Page): Promise<number> {
  await page.waitForTimeout(200);
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
  const times: number[] = [];
  for (const letter of ['x', 'xy', 'xyz', 'xyzx', 'xyzxy']) {
    const begun = await page.evaluate(() => performance.now());
    const seen = page.evaluate((text) => (globalThis as unknown as Watched).seen(text), PROMPT + letter);
    await page.keyboard.type(letter.at(-1)!);
    times.push((await seen) - begun);
  }
  return median(times);
}

interface Visits {
  readonly bytes: number;
  readonly first: number;
  readonly later: number;
  readonly laterBytes: number;
  readonly echo: number;
}

/** A first visit, until the page has kept what it keeps; then a second one. */
async function visit(browser: Browser, served: ServedPage, profile: Profile, keeps: boolean): Promise<Visits> {
  const context = await browser.newContext();
  await context.addInitScript(WATCH);
  served.takeBytes();
  const { page, ms: first } = await openPage(context, served, profile);
  const bytes = served.takeBytes(await page.evaluate((at) => performance.timeOrigin + at, first));
  const key = profile.network ? NaN : await echo(page);
  served.network = undefined;
  if (keeps) {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.evaluate(() => (document.querySelector('stowage-app') as unknown as { link: { ask(question: (id: number) => unknown): Promise<unknown> } }).link.ask((id) => ({ kind: 'flush', id, release: false })));
  }
  await page.close();
  served.takeBytes();
  const { page: again, ms: later } = await openPage(context, served, profile);
  const laterBytes = served.takeBytes();
  await again.close();
  await context.close();
  return { bytes, first, later, laterBytes, echo: key };
}

export async function benchPage(): Promise<void> {
  const root = join(import.meta.dirname, '../..');
  const [floor, stowage] = await Promise.all([
    buildPage(join(import.meta.dirname, 'floor'), false).then(servePage),
    buildPage(root, join(root, 'vite.config.ts')).then(servePage),
  ]);
  const browser = await launchChromium();
  try {
    for (const profile of PROFILES) {
      const of = { floor: [] as Visits[], stowage: [] as Visits[] };
      for (let round = 0; round < profile.rounds; round++) {
        of.floor.push(await visit(browser, floor, profile, false));
        of.stowage.push(await visit(browser, stowage, profile, true));
      }
      const middle = (name: keyof typeof of, what: keyof Visits): number => median(of[name].map((run) => run[what]));
      const row = (label: string, what: 'first' | 'later', target: number): void => console.log(
        `${`${label}, ${profile.name}`.padEnd(34)}${middle('stowage', what).toFixed(0)} ms   floor ${middle('floor', what).toFixed(0)} ms   ratio ${(middle('stowage', what) / middle('floor', what)).toFixed(2)}   target ≤ ${target}`);
      if (profile === PROFILES[0]) {
        for (const [label, what, target] of [['bytes before the prompt (gzip)', 'bytes', '   target ≤ 220 kB'], ['bytes on a later visit', 'laterBytes', '']] as const) {
          console.log(`${label.padEnd(34)}${(middle('stowage', what) / 1000).toFixed(1)} kB   floor ${(middle('floor', what) / 1000).toFixed(1)} kB${target}`);
        }
      }
      row('first prompt', 'first', profile.target);
      row('later prompt', 'later', 3);
      if (!profile.network) console.log(`${`key to screen, ${profile.name}`.padEnd(34)}${middle('stowage', 'echo').toFixed(1)} ms   floor ${middle('floor', 'echo').toFixed(1)} ms`);
    }
    for (const { commands, page, worker } of await memoryAfterCommands(browser, stowage.url)) {
      console.log(`${`heap after ${commands} commands`.padEnd(34)}page ${(page / 1e6).toFixed(1)} MB   worker ${(worker / 1e6).toFixed(1)} MB   target ≤ 15 MB with a lesson`);
    }
  } finally {
    await browser.close();
    floor.close();
    stowage.close();
  }
}
