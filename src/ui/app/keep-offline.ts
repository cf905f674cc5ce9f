// The page's side of working offline: has the whole of it kept, and says when a newer one is ready. A running lesson is never taken away.

import type { Word } from '../offline/service-worker.ts';
import { flush } from './one-tab.ts';
import type { StowageApp } from './stowage-app.ts';

/** ms after the prompt: nothing that the person waits for should compete with it. */
const LATER = 1_500;

export function keepOffline(app: StowageApp): void {
  const { serviceWorker } = navigator;
  if (!serviceWorker || import.meta.env.DEV) return;
  setTimeout(async () => {
    try {
      const registration = await serviceWorker.register(new URL('./sw.js', document.baseURI), { updateViaCache: 'none' });
      if (registration.waiting && serviceWorker.controller) offerUpdate(app, registration.waiting);
      registration.addEventListener('updatefound', () => {
        const { installing } = registration;
        installing?.addEventListener('statechange', () => {
          if (installing.state === 'installed' && serviceWorker.controller) offerUpdate(app, installing);
        });
      });
    } catch (error) {
      console.warn('The page is not kept for offline use:', error);
    }
  }, LATER);
}

function offerUpdate(app: StowageApp, next: ServiceWorker): void {
  app.say({
    id: 'update', text: 'A newer Stowage is here. Your host and your lesson stay as they are.',
    actions: [{
      label: 'Load it now', run: () => {
        navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
        void flush(app).finally(() => next.postMessage('take-over' satisfies Word));
      },
    }],
  });
}
