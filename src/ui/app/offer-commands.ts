// The page's own commands: to each part, lesson and setting.

import course from 'virtual:course';
import type { TerminalTabs } from '../terminal/terminal-tabs.ts';
import { showLessons, startOver } from './lesson-switch.ts';
import { offer, type PageCommand } from './page-command.ts';
import { goOn } from './page-keys.ts';
import { showPanel } from './panels.ts';
import { change, settings, type Settings } from './settings.ts';
import type { StowageApp, View } from './stowage-app.ts';

const SETTINGS: readonly { readonly name: string; readonly also?: string; readonly to: Partial<Settings> }[] = [
  { name: 'Light', also: 'theme colours', to: { theme: 'light' } }, { name: 'Dark', also: 'theme colours night', to: { theme: 'dark' } }, { name: 'Light or dark as the system is', also: 'theme colours auto', to: { theme: 'auto' } },
  { name: 'High contrast', to: { contrast: 'more' } }, { name: 'Contrast as the system is', to: { contrast: 'auto' } },
  { name: 'Projector: very large type', also: 'presentation teacher', to: { size: 'projector' } }, { name: 'Large type', to: { size: 'large' } }, { name: 'Type of the usual size', to: { size: 'normal' } },
];

export function offerCommands(app: StowageApp): void {
  const tabs = (): TerminalTabs => app.renderRoot.querySelector<TerminalTabs>('terminal-tabs')!;
  const part = (view: View): PageCommand => ({ name: `${view[0]!.toUpperCase()}${view.slice(1)}`, group: 'Go to', also: 'show focus', run: () => focusPart(app, view) });
  const several = (): boolean => app.panes.size > 1;
  offer(
    part('lesson'), part('terminal'), part('picture'),
    { name: 'The next part of the page', group: 'Go to', keys: 'F6', also: 'leave terminal', run: () => goOn(app) },
    { name: 'All lessons', group: 'Go to', also: 'list course tracks progress', run: () => showLessons(app) },
    { name: 'Start this lesson over on a fresh host', group: 'Lesson', also: 'reset throw away', run: () => startOver(app) },
    { name: 'New terminal', group: 'Terminal', also: 'tab shell open', run: () => tabs().open() },
    { name: 'Next terminal', group: 'Terminal', also: 'tab', when: several, run: () => tabs().go(1) },
    { name: 'Close this terminal', group: 'Terminal', also: 'tab shell', when: several, run: () => tabs().close() },
    { name: 'One part at a time', group: 'View', also: 'full screen maximise layout only', when: () => !app.only, run: () => (app.only = true) },
    { name: 'All parts side by side', group: 'View', also: 'layout', when: () => app.only, run: () => (app.only = false) },
    ...SETTINGS.map(({ name, also, to }): PageCommand => ({
      name, group: 'View', ...(also && { also }), run: () => change(to), when: () => Object.entries(to).some(([key, value]) => settings()[key as keyof Settings] !== value),
    })),
    { name: 'Settings', group: 'View', also: 'erase data privacy offline', run: () => showPanel(app, 'settings') },
    { name: 'Help', group: 'Help', also: 'about how', run: () => showPanel(app, 'help') },
    { name: 'Keys', group: 'Help', also: 'keyboard shortcuts', run: () => showPanel(app, 'help', 'keys') },
    { name: 'What is simulated, and what is not', group: 'Help', also: 'version docker real', run: () => showPanel(app, 'help', 'simulated') },
    ...course.tracks.flatMap((track) => track.lessons.map((lesson): PageCommand => ({
      name: lesson.title, group: 'Lesson', also: `${track.title} ${lesson.summary}`, run: () => app.renderRoot.dispatchEvent(new CustomEvent('open-lesson', { detail: { id: lesson.id } })),
    }))),
  );
}

function focusPart(app: StowageApp, view: View): void {
  app.show(view);
  void app.updateComplete.then(() => app.renderRoot.querySelector<HTMLElement>({ lesson: 'lesson-pane', terminal: 'terminal-pane:not([hidden])', picture: 'storage-picture' }[view])?.focus());
}
