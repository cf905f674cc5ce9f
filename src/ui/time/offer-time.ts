// Time on the page: its commands by name, and its keys, none of which a shell uses.

import './time-line.ts';
import { offer } from '../app/page-command.ts';
import type { StowageApp } from '../app/stowage-app.ts';
import type { TerminalTabs } from '../terminal/terminal-tabs.ts';
import type { TimeLine } from './time-line.ts';

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
export const UNDO_KEYS = MAC ? '⌘Z' : 'Alt+Shift+Z', REDO_KEYS = MAC ? '⌘⇧Z' : 'Alt+Shift+Y';

export function offerTime(app: StowageApp): void {
  const line = (): TimeLine => app.renderRoot.querySelector<TimeLine>('time-line')!;
  offer(
    { name: 'Undo the last command', group: 'Time', keys: UNDO_KEYS, also: 'back rewind', when: () => line().at > 0, run: () => line().undo() },
    { name: 'Redo the next command', group: 'Time', keys: REDO_KEYS, also: 'on again forward', when: () => line().at < line().steps.length, run: () => line().redo() },
    { name: 'Back to the beginning', group: 'Time', also: 'rewind first', when: () => line().at > 0, run: () => line().go(0, 0) },
    { name: 'On to the last step', group: 'Time', also: 'present now end', when: () => line().at < line().steps.length, run: () => line().go(0, line().steps.length) },
    { name: 'Steps, and what each has changed', group: 'Time', also: 'history timeline diff branch', run: () => { line().open = !line().open; } },
    { name: 'Timeline', group: 'Go to', also: 'time steps history', run: () => { app.show(app.view === 'lesson' ? 'terminal' : app.view); void app.updateComplete.then(() => line().focus()); } },
  );
  // Whoever goes back from inside a terminal stays in it, where it is there already.
  let within = 0;
  app.renderRoot.addEventListener('time-jump', () => (within = app.shadowRoot!.activeElement?.localName === 'terminal-pane' ? app.terminal : 0));
  app.addEventListener('host-changed', async () => {
    const terminal = within;
    within = 0;
    // The other terminals have their panes only when all have heard of it.
    await Promise.resolve();
    if (terminal && terminal !== app.terminal && app.panes.has(terminal)) app.renderRoot.querySelector<TerminalTabs>('terminal-tabs')!.show(terminal);
  });
  // Before the terminal takes them. Ctrl-Z is the shell's wherever a shell has the focus.
  document.addEventListener('keydown', (event) => {
    const move = moveOf(event);
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    if (move === 'undo' && line().at > 0) line().undo();
    if (move === 'redo' && line().at < line().steps.length) line().redo();
  }, true);
}

function moveOf(event: KeyboardEvent): 'undo' | 'redo' | undefined {
  const { code, altKey, ctrlKey, metaKey, shiftKey } = event;
  if (altKey && shiftKey && !ctrlKey && !metaKey) return code === 'KeyZ' ? 'undo' : code === 'KeyY' ? 'redo' : undefined;
  if (altKey || !(ctrlKey || metaKey) || !(code === 'KeyZ' || code === 'KeyY')) return undefined;
  const [target] = event.composedPath() as HTMLElement[];
  const isTerminal = target?.matches?.('.xterm-helper-textarea') ?? false;
  if (isTerminal ? !metaKey || ctrlKey : target?.matches?.('input, textarea, [contenteditable]')) return undefined;
  return code === 'KeyY' || shiftKey ? 'redo' : 'undo';
}
