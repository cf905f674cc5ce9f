// Dialogs of the page, each loaded when it is first opened, but for the palette: what is typed behind F1 is meant for it.

import type { LitElement } from 'lit';
import './command-palette.ts';
import type { StowageApp } from './stowage-app.ts';

export interface Panel extends LitElement {
  app: StowageApp;
  show(at?: string): void;
}

const PANELS = {
  commands: ['command-palette', () => Promise.resolve()],
  settings: ['settings-panel', () => import('./settings-panel.ts')],
  help: ['help-panel', () => import('./help-panel.ts')],
  share: ['share-panel', () => import('../share/share-panel.ts')],
  files: ['files-panel', () => import('../share/files-panel.ts')],
  editor: ['file-editor', () => import('../share/file-editor.ts')],
} as const;

/** At once when it is there: what is typed next is meant for it. @param at what of it to begin with: a section, a path */
export async function showPanel(app: StowageApp, name: keyof typeof PANELS, at?: string): Promise<void> {
  const [tag, load] = PANELS[name];
  const known = (): Panel | null => app.renderRoot.querySelector<Panel>(tag);
  if (known()) return known()!.show(at);
  try {
    await load();
  } catch (error) {
    return app.say({ id: 'panel', text: `This part of the page could not be loaded. Look whether there is a network, and try again. (${String(error)})` });
  }
  if (!known()) {
    const panel = document.createElement(tag) as Panel;
    panel.app = app;
    app.renderRoot.append(panel);
    await panel.updateComplete;
  }
  known()!.show(at);
}
