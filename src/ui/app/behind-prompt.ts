// Everything of the page that nobody needs before the first prompt: loaded in one go once it is on the screen.

import '../lesson/lesson-blocks.ts';
import { lessonAfter } from '../lesson/lesson-list.ts';
import { offerDrills } from '../lesson/drills.ts';
import { lightPicture } from '../lesson/light-picture.ts';
import '../lens/mount-lens.ts';
import '../path/path-panel.ts';
import '../picture/storage-picture.ts';
import '../terminal/key-bar.ts';
import type { KeyBar } from '../terminal/key-bar.ts';
import { speakOutput } from '../terminal/speak.ts';
import '../terminal/terminal-tabs.ts';
import { offerShare } from '../share/offer-share.ts';
import { offerTime } from '../time/offer-time.ts';
import type { TerminalTabs } from '../terminal/terminal-tabs.ts';
import { fetchFiles } from './fetch-file.ts';
import { keepOffline } from './keep-offline.ts';
import { switchLessons } from './lesson-switch.ts';
import { offerCommands } from './offer-commands.ts';
import { keepInOneTab } from './one-tab.ts';
import { listenToKeys } from './page-keys.ts';
import './pane-splitter.ts';
import { showPanel } from './panels.ts';
import { offerAside } from './set-aside.ts';
import type { StowageApp } from './stowage-app.ts';

let furnished = false;

/** Once, when the first prompt is on the screen. */
export function furnish(app: StowageApp): void {
  if (furnished) return;
  furnished = true;
  app.lessonAfter = lessonAfter;
  app.renderRoot.querySelector<TerminalTabs>('terminal-tabs')!.app = app;
  app.renderRoot.querySelector<KeyBar>('key-bar')!.app = app;
  speakOutput(app);
  switchLessons(app);
  lightPicture(app);
  fetchFiles(app);
  listenToKeys(app);
  offerCommands(app);
  offerDrills(app);
  offerTime(app);
  offerShare(app);
  offerAside(app);
  void keepInOneTab(app);
  keepOffline(app);
  for (const panel of ['commands', 'settings', 'help'] as const) app.renderRoot.addEventListener(`show-${panel}`, () => void showPanel(app, panel));
}
