// A save that could not be read: said, kept, and to be had.

import { saveFile } from '../lesson/save-file.ts';
import type { StowageApp } from './stowage-app.ts';

const ask = (app: StowageApp, retry: boolean): Promise<unknown> => app.link.ask((id) => ({ kind: 'aside', id, retry }));

/** What can be done about it, for the notice and for the settings. */
export const asideActions = (app: StowageApp): readonly { readonly label: string; run(): void }[] => [
  { label: 'Save it as a file', run: () => void ask(app, false).then((save) => saveFile('stowage-host.json', JSON.stringify(save))) },
  { label: 'Try it again', run: () => void ask(app, true).then(() => location.reload()) },
];

export const isAside = async (app: StowageApp): Promise<boolean> => (await ask(app, false).catch(() => undefined)) !== undefined;

/** The notice that the worker gave gets its actions. */
export function offerAside(app: StowageApp): void {
  const notice = app.notices.find(({ id }) => id === 'aside');
  if (notice) app.say({ ...notice, actions: asideActions(app).slice(0, 1) });
}
