// Taking things away and bringing them: the page's commands for it, files that are dropped, and the link that the page was opened with.

import { offer } from '../app/page-command.ts';
import type { Panel } from '../app/panels.ts';
import type { StowageApp } from '../app/stowage-app.ts';

const LINK = '#host=';

const PANELS = {
  'share-panel': () => import('./share-panel.ts'),
  'files-panel': () => import('./files-panel.ts'),
  'file-editor': () => import('./file-editor.ts'),
} as const;

/** Each is loaded when it is first opened. @param at a path, for those that begin with one */
export async function showShare(app: StowageApp, tag: keyof typeof PANELS, at?: string): Promise<void> {
  try {
    await PANELS[tag]();
  } catch (error) {
    return app.say({ id: 'panel', text: `This part of the page could not be loaded: ${String(error)}` });
  }
  let panel = app.renderRoot.querySelector<Panel>(tag);
  if (!panel) {
    panel = document.createElement(tag) as Panel;
    panel.app = app;
    app.renderRoot.append(panel);
    await panel.updateComplete;
  }
  panel.show(at);
}

export function offerShare(app: StowageApp): void {
  const take = async (kind: 'script' | 'cast' | 'report'): Promise<void> => (await import('./take-away.ts')).takeAway(app, kind);
  offer(
    { name: 'Share this host by a link', group: 'Share', also: 'copy url permalink send', run: () => showShare(app, 'share-panel') },
    { name: 'Save this host as a file', group: 'Share', also: 'export download backup', run: async () => (await import('./take-away.ts')).saveHost(app) },
    { name: 'Open a host from a file', group: 'Share', also: 'import load restore', run: async () => (await import('./bring.ts')).chooseHost(app) },
    { name: 'The commands as a bash script for a real Docker', group: 'Share', also: 'export sh', run: () => take('script') },
    { name: 'The terminal as an asciicast', group: 'Share', also: 'export record replay asciinema', run: () => take('cast') },
    { name: 'A report in Markdown', group: 'Share', also: 'export lab notes md', run: () => take('report') },
    { name: 'Files of the host', group: 'Share', also: 'download upload edit browse directory', run: () => showShare(app, 'files-panel', app.snapshot?.cwd) },
  );
  app.link.onEdit((path) => void showShare(app, 'file-editor', path));
  app.renderRoot.addEventListener('edit-file', (event) => void showShare(app, 'file-editor', (event as CustomEvent<{ path: string }>).detail.path));
  app.renderRoot.addEventListener('show-files', () => void showShare(app, 'files-panel', app.snapshot?.cwd));
  app.renderRoot.addEventListener('show-share', () => void showShare(app, 'share-panel'));
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
