// What a lesson has just explained, lit up in the picture: until the next command is entered, or the person has seen enough.

import { stillWanted } from '../picture/motion.ts';
import type { StoragePicture } from '../picture/storage-picture.ts';
import type { StowageApp } from '../app/stowage-app.ts';
import type { LessonPane } from './lesson-pane.ts';

/** ms for which a command that was on its way already does not put the light out. */
const LEAST = 3_000;

/** Listens for `light`: keys of the picture, and whether the person wants to be taken there. */
export function lightPicture(app: StowageApp): void {
  const root = app.renderRoot as ShadowRoot;
  const picture = root.querySelector<StoragePicture>('storage-picture')!;
  let since = 0;
  const light = (keys: readonly string[]): void => {
    since = performance.now();
    picture.spotlight = keys;
    root.querySelector<LessonPane>('lesson-pane')!.lit = keys;
  };
  root.addEventListener('light', (event) => {
    const { keys, show = false } = (event as CustomEvent<{ keys: readonly string[]; show?: boolean }>).detail;
    light(keys);
    if (!keys.length) return;
    // Layers on which no container stands are folded away.
    if (keys.some((key) => key.startsWith('layer:'))) picture.idleImages = true;
    if (show && matchMedia('(max-width: 800px)').matches) app.show('picture');
    void picture.updateComplete.then(() => picture.renderRoot.querySelector('.drawing .spot')?.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: stillWanted() ? 'instant' : 'smooth' }));
  });
  root.addEventListener('terminal-keys', (event) => {
    if (picture.spotlight?.length && performance.now() - since > LEAST && /[\r\n]/.test((event as CustomEvent<{ text: string }>).detail.text)) light([]);
  });
  root.addEventListener('open-lesson', () => light([]));
}
