// The very first script: the worker that holds the host starts while the rest of the page is still loading.

declare global {
  var stowageHost: Worker | undefined;
}

globalThis.stowageHost = new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module', name: 'docker-host' });
