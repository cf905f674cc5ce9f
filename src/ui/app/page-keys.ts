// The page's own keys, none of which a shell uses: F1 for commands, F6 from part to part and out of the terminal.

import { showPanel } from './panels.ts';
import type { StowageApp, View } from './stowage-app.ts';

const PARTS: readonly { readonly view: View; readonly part: string }[] = [
  { view: 'lesson', part: 'lesson-pane' }, { view: 'terminal', part: 'terminal-pane' }, { view: 'terminal', part: 'time-line' }, { view: 'picture', part: 'storage-picture' },
];

/** The next part of the page, or the one before it, has the focus. */
export function goOn(app: StowageApp, back = false): void {
  const within = app.shadowRoot!.activeElement;
  const at = PARTS.findIndex(({ part }) => within?.localName === part || within?.closest('section')?.querySelector(part));
  const { view, part } = PARTS[(Math.max(at, 0) + (at < 0 ? 0 : back ? PARTS.length - 1 : 1)) % PARTS.length]!;
  app.show(view);
  void app.updateComplete.then(() => (part === 'terminal-pane' ? app.pane : app.renderRoot.querySelector<HTMLElement>(part))?.focus());
}

export function listenToKeys(app: StowageApp): void {
  document.addEventListener('keydown', (event) => {
    const palette = event.key === 'F1' || (event.key.toLowerCase() === 'p' && event.shiftKey && (event.ctrlKey || event.metaKey));
    if (event.key !== 'F6' && !palette) return;
    event.preventDefault();
    if (palette) showPanel(app, 'commands');
    else if (!app.renderRoot.querySelector(':scope dialog[open]')) goOn(app, event.shiftKey);
  });
}
