// Taking things away and bringing them: the page's commands for it, files that are dropped, and the link that the page was opened with.

import { offer } from '../app/page-command.ts';
import { showPanel } from '../app/panels.ts';
import type { StowageApp } from '../app/stowage-app.ts';

const LINK = '#host=';

export function offerShare(app: StowageApp): void {
  const take = async (kind: 'script' | 'cast' | 'report'): Promise<void> => (await import('./take-away.ts')).takeAway(app, kind);
  offer(
    { name: 'Share this host by a link', group: 'Share', also: 'copy url permalink send', run: () => showPanel(app, 'share') },
    { name: 'Save this host as a file', group: 'Share', also: 'export download backup', run: async () => (await import('./take-away.ts')).saveHost(app) },
    { name: 'Open a host from a file', group: 'Share', also: 'import load restore', run: async () => (await import('./bring.ts')).chooseHost(app) },
    { name: 'The commands as a bash script for a real Docker', group: 'Share', also: 'export sh', run: () => take('script') },
    { name: 'The terminal as an asciicast', group: 'Share', also: 'export record replay asciinema', run: () => take('cast') },
    { name: 'A report in Markdown', group: 'Share', also: 'export lab notes md', run: () => take('report') },
    { name: 'Files of the host', group: 'Share', also: 'download upload edit browse directory', run: () => showPanel(app, 'files', app.snapshot?.cwd) },
  );
  app.link.onEdit((path) => void showPanel(app, 'editor', path));
  app.renderRoot.addEventListener('edit-file', (event) => void showPanel(app, 'editor', (event as CustomEvent<{ path: string }>).detail.path));
  app.renderRoot.addEventListener('show-files', () => void showPanel(app, 'files', app.snapshot?.cwd));
  app.renderRoot.addEventListener('show-share', () => void showPanel(app, 'share'));
  // Before the page takes what is dropped for a lesson.
  app.addEventListener('drop', (event) => {
    const files = [...event.dataTransfer?.files ?? []];
    const onTerminal = event.composedPath().some((target) => target instanceof Element && target.matches('section.terminal'));
    const isHost = files.length === 1 && /\.stowage(\.json)?$|^stowage-host.*\.json$/i.test(files[0]!.name);
    if (!files.length || !(onTerminal || isHost)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void import('./bring.ts').then(async ({ openHost, uploadFiles }) => {
      if (isHost) await openHost(app, files[0]!);
      else await uploadFiles(app, files, app.snapshot?.cwd ?? '/root');
    });
  }, true);
  const opened = (): void => {
    if (!location.hash.startsWith(LINK)) return;
    const text = location.hash.slice(LINK.length);
    history.replaceState(null, '', location.pathname + location.search);
    void import('./bring.ts').then((bring) => bring.openLink(app, text));
  };
  addEventListener('hashchange', opened);
  opened();
}
