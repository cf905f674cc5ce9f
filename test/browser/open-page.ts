// The built page in a real browser, and a person's hands and eyes on it.

import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { build, preview, type PreviewServer } from 'vite';
import { launchChromium } from './chromium.ts';

const root = join(import.meta.dirname, '../..');

export interface Served {
  readonly browser: Browser;
  readonly url: string;
  close(): Promise<void>;
}

/** Build and serve the page, and start a browser. */
export async function servePage(): Promise<Served> {
  await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error' });
  const server: PreviewServer = await preview({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error', preview: { port: 0, host: '127.0.0.1' } });
  const browser = await launchChromium();
  return {
    browser,
    url: server.resolvedUrls!.local[0] ?? server.resolvedUrls!.network[0]!,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** One learner at the page. */
export class Learner {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly problems: string[] = [];

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
  }

  static async open({ browser, url }: Served, size = { width: 1440, height: 900 }): Promise<Learner> {
    const context = await browser.newContext({ viewport: size, acceptDownloads: true });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(url).origin });
    const learner = new Learner(context, await context.newPage());
    await learner.page.goto(url);
    return learner;
  }

  /** What the terminal shows, its scrollback too. */
  screen(): Promise<string> {
    return this.page.evaluate(() => {
      const pane = document.querySelector('stowage-app')?.shadowRoot?.querySelector('terminal-pane');
      return (pane as unknown as { screenText?: string } | null)?.screenText ?? '';
    });
  }

  /** Until the terminal's last line is a prompt with nothing behind it. */
  async prompt(): Promise<string> {
    return this.until((screen) => /(^|\n)\S+@docker-host:\S+[#$]$/.test(screen.trimEnd()));
  }

  async until(holds: (screen: string) => boolean): Promise<string> {
    for (;;) {
      const screen = await this.screen();
      if (holds(screen)) return screen;
      await this.page.waitForTimeout(30);
    }
  }

  async focusTerminal(): Promise<void> {
    await this.page.locator('terminal-pane').click();
  }

  /** Type a line and press Enter. */
  async type(line: string): Promise<void> {
    await this.page.keyboard.type(line);
    await this.page.keyboard.press('Enter');
  }

  /** Type a command and wait for the next prompt. @returns what it printed */
  async run(command: string): Promise<string> {
    const before = (await this.screen()).trimEnd();
    await this.type(command);
    const after = await this.until((screen) => screen.trimEnd().length > before.length + command.length && /\S+@docker-host:\S+[#$]$/.test(screen.trimEnd()));
    return after.slice(before.length + 1 + command.length).replace(/\n?\S+@docker-host:\S+[#$]\s*$/, '').trim();
  }
}
