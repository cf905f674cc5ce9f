// "Erase my data": every host, all progress, the settings and the copy for offline use.

import { progressStore } from '../lesson/progress-store.ts';
import { tellErased } from './one-tab.ts';
import type { StowageApp } from './stowage-app.ts';

export async function eraseEverything(app: StowageApp): Promise<void> {
  tellErased();
  progressStore.clear();
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith('stowage'))) localStorage.removeItem(key);
  sessionStorage.clear();
  await app.link.ask((id) => ({ kind: 'forget', id })).catch(() => undefined);
  const registration = await navigator.serviceWorker?.getRegistration(document.baseURI);
  await registration?.unregister();
  if (globalThis.caches) for (const name of await caches.keys()) if (name.startsWith('stowage')) await caches.delete(name);
  location.replace(location.pathname);
}
