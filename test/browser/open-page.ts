// The built page in a real browser, and a person's hands and eyes on it.

import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';
import { builtPage, serveFolder } from './built-page.ts';
import { launchChromium } from './chromium.ts';

export interface Served {
  readonly browser: Browser;
  readonly url: string;
  /** What is served; a test may put a newer page in its place. */
  folder: string;
  close(): Promise<void>;
}

/** Build and serve the page, and start a browser. */
export async function servePage(): Promise<Served> {
  const [server, browser] = await Promise.all([builtPage().then((folder) => serveFolder(folder)), launchChromium()]);
  return {
    browser,
    url: server.url,
    get folder() {
      return server.folder;
    },
    set folder(folder) {
      server.folder = folder;
    },
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
  /** What was asked of another origin than the page's own. */
  readonly elsewhere: string[] = [];

  constructor(context: BrowserContext, page: Page, url: string) {
    this.context = context;
    this.page = page;
    // How long something takes decides no test.
    context.setDefaultTimeout(600_000);
    context.on('request', (request) => {
      if (!request.url().startsWith(new URL(url).origin) && !/^(data|blob):/.test(request.url())) this.elsewhere.push(request.url());
    });
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
  }

  static async open({ browser, url }: Served, size = { width: 1440, height: 900 }, options: BrowserContextOptions = {}): Promise<Learner> {
    const context = await browser.newContext({ viewport: size, acceptDownloads: true, ...options });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(url).origin });
    const learner = new Learner(context, await context.newPage(), url);
    await learner.page.goto(url);
    return learner;
  }

  /** What the terminal shows, its scrollback too: all that the host had printed. */
  screen(): Promise<string> {
    return this.page.evaluate(async () => {
      const app = document.querySelector('stowage-app') as unknown as { link?: { ask(question: (id: number) => unknown): Promise<unknown> } } & HTMLElement | null;
      const front = 'terminal-pane:not([hidden])';
      if (app?.link && app.shadowRoot?.querySelector(front)) {
        await app.link.ask((id) => ({ kind: 'ping', id }));
        await (app.shadowRoot.querySelector(front) as unknown as { drawn?(): Promise<void> } | null)?.drawn?.();
      }
      return (app?.shadowRoot?.querySelector(front) as unknown as { screenText?: string } | null)?.screenText ?? '';
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
    await this.page.locator('terminal-pane:not([hidden])').click();
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

  /** Until what was done so far is kept by the browser. @param last and nothing that comes after it */
  async saved(last = false): Promise<void> {
    await this.page.evaluate((release) => (document.querySelector('stowage-app') as unknown as { link: { ask(question: (id: number) => unknown): Promise<unknown> } }).link
      .ask((id) => ({ kind: 'flush', id, release })), last);
  }

  /** Load the page again, with all that was done. */
  async reload(): Promise<void> {
    await this.saved(true);
    await this.page.reload();
  }
}
