// From one lesson to another, each with a host of its own; starting one over; forgetting all.

import lessons from 'virtual:lessons';
import type { LessonList } from '../lesson/lesson-list.ts';
import { progressStore } from '../lesson/progress-store.ts';
import type { StowageApp } from './stowage-app.ts';

interface Entering {
  readonly practise?: boolean;
  /** Go on where it was left. */
  readonly resume?: boolean;
  /** The lesson for which the host that is left is kept. */
  readonly keep?: string;
}

export function enterLesson(app: StowageApp, id: string, { practise = false, resume = false, keep }: Entering): void {
  if (app.current.startsWith('own/')) void import('./own-lessons.ts').then(({ leave }) => leave());
  if (!resume) progressStore.forget(id, false);
  progressStore.enter(id, practise);
  app.leaveTerminals();
  app.current = id;
  app.practise = practise;
  app.lesson = undefined;
  app.link.send({ kind: 'reset', keep: keep === id ? undefined : keep, resume: resume ? id : undefined });
  app.load();
}

/** The same lesson on a fresh host; answers go too. */
export function startOver(app: StowageApp): void {
  progressStore.forget(app.current, true);
  enterLesson(app, app.current, { practise: app.practise });
}

export const showLessons = (app: StowageApp): void => app.renderRoot.querySelector<LessonList>('lesson-list')!.show();

const MARKDOWN = /\.(md|markdown)$/i;

/** Listens to what the lesson, the list and the header ask for, and takes files that are dropped. */
export function switchLessons(app: StowageApp): void {
  const root = app.renderRoot as ShadowRoot;
  const on = <T>(type: string, act: (detail: T) => void): void => root.addEventListener(type, (event) => act((event as CustomEvent<T>).detail));
  const openFile = (file: File): void => void import('./own-lessons.ts').then((own) => own.openFile(app, file));
  on('show-lessons', () => showLessons(app));
  on('start-over', () => startOver(app));
  on<{ file: File }>('open-file', ({ file }) => openFile(file));
  on<{ id: string; practise?: boolean; fresh?: boolean }>('open-lesson', ({ id, practise = false, fresh = false }) => {
    if (fresh) progressStore.forget(id, true);
    if (Object.hasOwn(lessons, id) || id.startsWith('own/')) enterLesson(app, id, { practise, resume: !practise && progressStore.lesson(id) !== undefined, keep: app.current });
    app.show('lesson');
  });
  app.addEventListener('dragover', (event) => event.preventDefault());
  app.addEventListener('drop', (event) => {
    event.preventDefault();
    const file = [...event.dataTransfer?.files ?? []].find((each) => MARKDOWN.test(each.name));
    if (file) openFile(file);
    else app.say({ id: 'lesson', text: 'A lesson is a file whose name ends in .md: nothing else can be dropped here.' });
  });
}
