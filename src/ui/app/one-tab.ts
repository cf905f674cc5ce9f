// Of several tabs one keeps the work. The others say so, and can take it over.

import { progressStore } from '../lesson/progress-store.ts';
import type { StowageApp } from './stowage-app.ts';

/** ms that a tab has to hand over before its work is taken as it was last kept. */
const PATIENCE = 3_000;

type Word = 'hand-over' | 'handed-over' | 'erased';

/** Everything the person did is kept now. */
export const flush = (app: StowageApp, release = false): Promise<unknown> => app.link.ask((id) => ({ kind: 'flush', id, release }));

/** One for the page: it does not hear itself. */
const words = new BroadcastChannel('stowage');

export const tellErased = (): void => words.postMessage('erased' satisfies Word);

export async function keepInOneTab(app: StowageApp): Promise<void> {
  let keeps = false;
  words.addEventListener('message', ({ data }: MessageEvent<Word>) => {
    if (data === 'erased') {
      globalThis.stowageHost?.terminate();
      app.say({ id: 'tab', text: 'Your data were erased in another tab. What you see here is gone.', actions: [{ label: 'Begin afresh', run: () => location.reload() }] });
    } else if (data === 'hand-over' && keeps) {
      void flush(app, true).then(() => {
        words.postMessage('handed-over' satisfies Word);
        lost('Your work goes on in another tab. This one shows a copy: nothing that you do here is kept.');
      });
    }
  });
  const lost = (text: string): void => {
    keeps = false;
    progressStore.detach();
    app.say({ id: 'tab', text, actions: [{ label: 'Use this tab', run: takeOver }] });
  };
  app.link.onLost(() => {
    if (keeps) lost('Your work goes on in another tab. This one shows a copy: nothing that you do here is kept.');
  });
  keeps = Boolean(await app.link.ask((id) => ({ kind: 'claim', id })));
  if (!keeps) lost('Stowage is open in another tab, which keeps your work. This one has a copy of it: nothing that you do here is kept.');
}

/** The other tab keeps what it has and lets go; this one begins with that. */
function takeOver(): void {
  const begin = (): void => location.reload();
  words.addEventListener('message', ({ data }: MessageEvent<Word>) => {
    if (data === 'handed-over') begin();
  });
  // It may be asleep.
  setTimeout(() => void navigator.locks.request('stowage', { steal: true }, async () => begin()).catch(begin), PATIENCE);
  words.postMessage('hand-over' satisfies Word);
}
