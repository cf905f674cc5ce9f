// A file of the host, to the person's own disk.

import type { StowageApp } from './stowage-app.ts';

/** Listens for `fetch-file` ({ path }). */
export function fetchFiles(app: StowageApp): void {
  app.renderRoot.addEventListener('fetch-file', async (event) => {
    const { path } = (event as CustomEvent<{ path: string }>).detail;
    try {
      const bytes = await app.link.readFile(path);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
      link.download = path.slice(path.lastIndexOf('/') + 1);
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (error) {
      app.say({ id: 'file', text: `${path} could not be fetched: ${(error as Error).message}.` });
    }
  });
}
