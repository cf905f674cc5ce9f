// The very first script: the worker that holds the host starts, and boots, while the rest of the page is still loading.

import { progressStore } from './lesson/progress-store.ts';
import type { FromWorker } from './worker/protocol.ts';

declare global {
  var stowageHost: Worker | undefined;
  /** What the worker said before the page listened. */
  var stowageEarly: FromWorker[] | undefined;
}

const name = progressStore.read().fresh ? 'fresh-host' : 'docker-host';
const worker = new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module', name });
const early: FromWorker[] = [];
worker.onmessage = (event: MessageEvent<FromWorker>) => early.push(event.data);
globalThis.stowageHost = worker;
globalThis.stowageEarly = early;
