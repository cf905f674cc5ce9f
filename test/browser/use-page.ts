// The page for a file of tests: built and served before the first one, gone after the last.

import { afterAll, beforeAll } from 'vitest';
import { Learner, servePage, type Served } from './open-page.ts';

export function usePage(): Served {
  let served: Served;
  beforeAll(async () => {
    served = await servePage();
  });
  afterAll(() => served?.close());
  return {
    get browser() {
      return served.browser;
    },
    get url() {
      return served.url;
    },
    get folder() {
      return served.folder;
    },
    set folder(folder) {
      served.folder = folder;
    },
    close: () => served.close(),
  };
}

/** A learner at the prompt, with the hands on the terminal. */
export async function atPrompt(...page: Parameters<typeof Learner.open>): Promise<Learner> {
  const learner = await Learner.open(...page);
  await learner.prompt();
  await learner.focusTerminal();
  return learner;
}
