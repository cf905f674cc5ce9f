// Dialogs of the page, each loaded when it is first opened: commands, settings, help.

import type { LitElement } from 'lit';
import type { StowageApp } from './stowage-app.ts';

export interface Panel extends LitElement {
  app: StowageApp;
  show(at?: string): void;
}

const PANELS = {
  commands: ['command-palette', () => import('./command-palette.ts')],
  settings: ['settings-panel', () => import('./settings-panel.ts')],
  help: ['help-panel', () => import('./help-panel.ts')],
} as const;

/** @param at a section of it, to begin with */
export async function showPanel(app: StowageApp, name: keyof typeof PANELS, at?: string): Promise<void> {
  const [tag, load] = PANELS[name];
  try {
    await load();
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
