// What was done on the host, as files of the person's own.

import type { HostSave } from '../../host/host-api.ts';
import { asciicast } from '../../host/time/asciicast.ts';
import { bashScript } from '../../host/time/bash-script.ts';
import { packSave } from '../../host/time/pack.ts';
import type { Recording } from '../../host/time/recording.ts';
import { markdownReport } from '../../host/time/report.ts';
import type { StowageApp } from '../app/stowage-app.ts';
import { saveFile } from '../lesson/save-file.ts';

/** Characters that a link may have: more is cut by too many programs on its way. */
export const LONGEST_LINK = 16_000;

const saveOf = (app: StowageApp): Promise<HostSave> => app.link.ask((id) => ({ kind: 'save', id })) as Promise<HostSave>;

/** @returns undefined when it is too long for a link */
export async function linkOf(app: StowageApp): Promise<{ readonly link: string | undefined; readonly length: number }> {
  const link = `${location.origin}${location.pathname}#host=${packSave(await saveOf(app))}`;
  return { link: link.length > LONGEST_LINK ? undefined : link, length: link.length };
}

export async function saveHost(app: StowageApp): Promise<void> {
  saveFile('stowage-host.json', JSON.stringify(await saveOf(app)));
}

export async function takeAway(app: StowageApp, kind: 'script' | 'cast' | 'report'): Promise<void> {
  const recording = await app.link.ask((id) => ({ kind: 'recording', id })) as Recording | undefined;
  if (!recording) return app.say({ id: 'share', text: 'The host is still starting.' });
  const title = app.lesson?.title ?? 'Stowage', name = app.current.replace(/\W+/g, '-');
  if (kind === 'script') saveFile(`${name}.sh`, bashScript(recording));
  else if (kind === 'cast') saveFile(`${name}.cast`, asciicast(recording, title));
  else saveFile(`${name}.md`, markdownReport(recording, title));
}
