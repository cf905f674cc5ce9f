// The very first thing that runs: the worker that holds the host starts, and boots, while the rest of the page is still loading.

import type { FromWorker } from './worker/protocol.ts';

declare global {
  var stowageHost: Worker | undefined;
  /** What the worker said before the page listened, and who listens since. */
  var stowageHeard: { readonly early: FromWorker[]; tell?: (message: FromWorker) => void } | undefined;
}

/** Stands alone: the build writes its text into index.html. Once is enough. */
export function startHost(worker: string): Worker {
  if (globalThis.stowageHost) return globalThis.stowageHost;
  let name = 'docker-host';
  try {
    // As progress-store.ts keeps it.
    const kept = localStorage.getItem('stowage-progress');
    if (kept) name = JSON.parse(kept).fresh ? 'fresh-host' : 'returning-host';
  } catch {
    // Nothing is kept.
  }
  const host = new Worker(worker, { type: 'module', name });
  const heard: NonNullable<typeof globalThis.stowageHeard> = { early: [] };
  host.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => (heard.tell ? heard.tell(data) : void heard.early.push(data)));
  globalThis.stowageHeard = heard;
  return (globalThis.stowageHost = host);
}
